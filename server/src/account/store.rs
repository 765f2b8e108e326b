//! How the server keeps accounts; links and invitations stand in files of their own.
//!
//! The law: a password is here as an argon2id hash only, and a link's token as its SHA-256.

/// What somebody's export says of their account.
mod exported;
/// Invitations, and links for a new password.
pub mod invitation;
/// The one link that lets the first admin in.
pub mod setup_link;

pub use exported::{find_account_part, list_link_parts};

use crate::database::{AnyConnection, read_id};
use shared::ids::{PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// A row of `account`, with what signing in asks of its person.
#[derive(Clone)]
pub struct Account {
    pub person_id: PersonId,
    /// The address that is typed to sign in, normalised.
    pub login: String,
    /// argon2id, as a PHC string.
    pub password_hash: String,
    pub name: String,
    pub is_admin: bool,
    pub is_disabled: bool,
}

/// The account that an address opens, normalised.
pub async fn find_account_by_login(
    connection: &mut AnyConnection,
    login: &str,
) -> Result<Option<Account>, Error> {
    let row = sqlx::query(
        "select a.person_id, a.login, a.password_hash, p.display_name, p.admin_since, p.disabled_at
        from account a
        join person p on p.person_id = a.person_id
        where a.login = $1",
    )
    .bind(login)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_account).transpose()
}

/// Somebody's account.
pub async fn find_account(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Option<Account>, Error> {
    let row = sqlx::query(
        "select a.person_id, a.login, a.password_hash, p.display_name, p.admin_since, p.disabled_at
        from account a
        join person p on p.person_id = a.person_id
        where a.person_id = $1",
    )
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_account).transpose()
}

/// A new account.
///
/// **Errors**: violates `account_login_unique` where the address is taken.
pub async fn insert_account(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    login: &str,
    password_hash: &str,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into account (person_id, login, password_hash, created_at, password_changed_at)
        values ($1, $2, $3, $4, $4)",
    )
    .bind(person_id.as_str())
    .bind(login)
    .bind(password_hash)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A new password.
pub async fn update_password(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    password_hash: &str,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update account
        set password_hash = $2, password_changed_at = $3
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .bind(password_hash)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes somebody's account away.
pub async fn delete_account(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<(), Error> {
    sqlx::query("delete from account where person_id = $1")
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

fn read_account(row: &AnyRow) -> Result<Account, Error> {
    Ok(Account {
        person_id: read_id(row, "person_id")?,
        login: row.try_get("login")?,
        password_hash: row.try_get("password_hash")?,
        name: row.try_get("display_name")?,
        is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
        is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
    })
}
