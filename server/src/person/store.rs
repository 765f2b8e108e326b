//! How the server keeps guests and users.
//!
//! The law: nobody is ever found by an address (D7). Authors point here for ever, so a row is never deleted.

/// Addresses: labels.
mod address;
/// Taking away who somebody is.
mod erase;
/// People as admins see them.
mod listing;
/// Somebody as their export says them.
mod particulars;

pub use address::{Address, find_address, find_host_user};
pub use erase::{delete_claims, is_erased, update_erased};
pub use listing::{PeopleAsked, PeopleKind, find_person_row, list_people};
pub(crate) use listing::{people_asked, person_columns, read_person_row};
pub use particulars::get_particulars;

use super::{email::Email, search::folded};
use crate::database::{AnyConnection, read_id};
use shared::ids::{PersonId, Time};
use shared::text::Name;
use sqlx::{Error, Row, any::AnyRow};

/// What a guest may never become by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonKind {
    Guest,
    User,
}

/// A row of `person`, without the normalised address, which is for comparing only.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    pub person_id: PersonId,
    pub kind: PersonKind,
    pub name: String,
    /// As typed, or as the host said.
    pub email: Option<String>,
    /// The host's `sub`; `None` for guests.
    pub external_id: Option<String>,
    pub admin_since: Option<Time>,
    pub disabled_at: Option<Time>,
}

/// An address, and whether its owner was seen to own it.
#[derive(Clone, Copy)]
pub struct KnownEmail<'a> {
    pub email: &'a Email,
    pub is_verified: bool,
}

/// The person of an id.
pub async fn find_person(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Option<Person>, Error> {
    let row = sqlx::query(
        "select person_id, kind, display_name, email_as_typed, external_id, admin_since, disabled_at
        from person
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_person).transpose()
}

/// The user whom the host site calls `external_id`.
pub async fn find_user(
    connection: &mut AnyConnection,
    external_id: &str,
) -> Result<Option<Person>, Error> {
    let row = sqlx::query(
        "select person_id, kind, display_name, email_as_typed, external_id, admin_since, disabled_at
        from person
        where external_id = $1",
    )
    .bind(external_id)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_person).transpose()
}

/// **Shape**: users by name, at most `limit`.
pub async fn list_users(connection: &mut AnyConnection, limit: i64) -> Result<Vec<Person>, Error> {
    let rows = sqlx::query(
        "select person_id, kind, display_name, email_as_typed, external_id, admin_since, disabled_at
        from person
        where kind = 'user'
        order by display_name, person_id
        limit $1",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_person).collect()
}

/// **Shape**: admins who are not disabled, the longest-serving first.
pub async fn list_admins(connection: &mut AnyConnection) -> Result<Vec<Person>, Error> {
    let rows = sqlx::query(
        "select person_id, kind, display_name, email_as_typed, external_id, admin_since, disabled_at
        from person
        where admin_since is not null and disabled_at is null
        order by admin_since, person_id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_person).collect()
}

/// A new guest: somebody who said who they are, and is believed nothing more.
pub async fn insert_guest(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    name: &Name,
    email: &Email,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into person
            (person_id, kind, display_name, search_name, email, email_as_typed, email_verified, created_at, updated_at)
        values ($1, 'guest', $2, $6, $3, $4, false, $5, $5)",
    )
    .bind(person_id.as_str())
    .bind(name.as_str())
    .bind(email.normalised())
    .bind(email.as_typed())
    .bind(now.0)
    .bind(folded(name.as_str()))
    .execute(connection)
    .await?;
    Ok(())
}

/// A new user. `external_id`: what the host site calls them; `None` for whom no host knows.
///
/// **Errors**: violates `person_external_id_unique` where the host's id is taken.
pub async fn insert_user(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    external_id: Option<&str>,
    name: &Name,
    email: Option<KnownEmail<'_>>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into person
            (person_id, kind, display_name, search_name, email, email_as_typed, email_verified, external_id, created_at,
            updated_at)
        values ($1, 'user', $2, $8, cast($3 as text), cast($4 as text), $5, cast($6 as text), $7, $7)",
    )
    .bind(person_id.as_str())
    .bind(name.as_str())
    .bind(email.map(|known| known.email.normalised().to_owned()))
    .bind(email.map(|known| known.email.as_typed().to_owned()))
    .bind(email.is_some_and(|known| known.is_verified))
    .bind(external_id.map(str::to_owned))
    .bind(now.0)
    .bind(folded(name.as_str()))
    .execute(connection)
    .await?;
    Ok(())
}

/// What the host says now of a user's name.
pub async fn update_name(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    name: &Name,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update person
        set display_name = $2, search_name = $4, updated_at = $3
        where person_id = $1 and display_name <> $2",
    )
    .bind(person_id.as_str())
    .bind(name.as_str())
    .bind(now.0)
    .bind(folded(name.as_str()))
    .execute(connection)
    .await?;
    Ok(())
}

/// What the host says now of a user's address. That it is another one than before stays noted until it is verified
/// (C11).
pub async fn update_email(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    known: KnownEmail<'_>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update person
        set email = $2,
            email_as_typed = $3,
            email_verified = $4,
            email_changed_at = case
                when $4 then null
                when email <> $2 then $5
                else email_changed_at end,
            updated_at = $5
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .bind(known.email.normalised())
    .bind(known.email.as_typed())
    .bind(known.is_verified)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a guest showed the mailbox of this address. `false`: it is not theirs, or that was known.
pub async fn update_email_proven(
    connection: &mut AnyConnection,
    guest: &PersonId,
    email: &str,
    now: Time,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update person
        set email_verified = true, updated_at = $3
        where person_id = $1 and kind = 'guest' and email = $2 and not email_verified",
    )
    .bind(guest.as_str())
    .bind(email)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Makes a user an admin, or takes it back.
pub async fn update_admin_since(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    admin_since: Option<Time>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update person
        set admin_since = cast($2 as bigint), updated_at = $3
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .bind(admin_since.map(|time| time.0))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Shuts a user out, or lets them in again.
pub async fn update_disabled_at(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    disabled_at: Option<Time>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update person
        set disabled_at = cast($2 as bigint), updated_at = $3
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .bind(disabled_at.map(|time| time.0))
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

fn read_person(row: &AnyRow) -> Result<Person, Error> {
    let kind: String = row.try_get("kind")?;
    Ok(Person {
        person_id: read_id(row, "person_id")?,
        kind: if kind == "user" {
            PersonKind::User
        } else {
            PersonKind::Guest
        },
        name: row.try_get("display_name")?,
        email: row.try_get("email_as_typed")?,
        external_id: row.try_get("external_id")?,
        admin_since: row.try_get::<Option<i64>, _>("admin_since")?.map(Time),
        disabled_at: row.try_get::<Option<i64>, _>("disabled_at")?.map(Time),
    })
}
