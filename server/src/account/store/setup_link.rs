//! How the server keeps the one link that lets the first admin in.
//!
//! The law: there is at most one; a new one ends the one before it.

use crate::{database::AnyConnection, identity::token::TokenHash};
use shared::ids::Time;
use sqlx::Error;

/// Makes this the link.
pub async fn replace_setup_link(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    expires_at: Time,
) -> Result<(), Error> {
    delete_setup_link(connection).await?;
    sqlx::query("insert into setup_link (token_hash, expires_at) values ($1, $2)")
        .bind(token_hash.as_str())
        .bind(expires_at.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether this is the link, and still works.
pub async fn has_setup_link(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    now: Time,
) -> Result<bool, Error> {
    let row =
        sqlx::query("select token_hash from setup_link where token_hash = $1 and expires_at > $2")
            .bind(token_hash.as_str())
            .bind(now.0)
            .fetch_optional(connection)
            .await?;
    Ok(row.is_some())
}

/// Ends the link, where there is one.
pub async fn delete_setup_link(connection: &mut AnyConnection) -> Result<(), Error> {
    sqlx::query("delete from setup_link")
        .execute(connection)
        .await?;
    Ok(())
}
