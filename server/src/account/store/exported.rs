//! What somebody's export says of their account.
//!
//! The law: no hash is read here, neither of a password nor of a link's token.

use crate::{
    database::AnyConnection,
    person::export::document::{AccountPart, LinkPart, Stamp},
};
use shared::ids::PersonId;
use sqlx::{Error, Row};

pub async fn find_account_part(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Option<AccountPart>, Error> {
    let row = sqlx::query(
        "select login, created_at, password_changed_at
        from account
        where person_id = $1",
    )
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(AccountPart {
        login: row.try_get("login")?,
        created_at: Stamp::of(row.try_get("created_at")?),
        password_changed_at: Stamp::of(row.try_get("password_changed_at")?),
    }))
}

/// **Shape**: links for a new password that wait for somebody, the oldest first.
pub async fn list_link_parts(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<LinkPart>, Error> {
    let rows = sqlx::query(
        "select created_at, expires_at
        from invitation
        where person_id = $1
        order by created_at, invitation_id",
    )
    .bind(person_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(LinkPart {
                created_at: Stamp::of(row.try_get("created_at")?),
                expires_at: Stamp::of(row.try_get("expires_at")?),
            })
        })
        .collect()
}
