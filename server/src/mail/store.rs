//! How the server keeps the mail server's password.
//!
//! The law: it is written, used and forgotten; nothing shows it.

use crate::{database::AnyConnection, identity::secret::Secret, settings::MAIL_PASSWORD};
use shared::ids::Time;
use sqlx::{Error, Row};

/// The password, for signing in at the mail server.
pub async fn find_mail_password(connection: &mut AnyConnection) -> Result<Option<Secret>, Error> {
    let row = sqlx::query("select secret_value from site_secret where secret_name = $1")
        .bind(MAIL_PASSWORD)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(Secret::new(row.try_get::<String, _>("secret_value")?)))
        .transpose()
}

/// Keeps a password in place of any other.
pub async fn replace_mail_password(
    connection: &mut AnyConnection,
    password: &Secret,
    now: Time,
) -> Result<(), Error> {
    let value =
        std::str::from_utf8(password.expose()).map_err(|error| Error::Encode(error.into()))?;
    sqlx::query(
        "insert into site_secret (secret_name, secret_value, updated_at)
        values ($1, $2, $3)
        on conflict (secret_name) do update set secret_value = excluded.secret_value, updated_at = excluded.updated_at",
    )
    .bind(MAIL_PASSWORD)
    .bind(value)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets it.
pub async fn delete_mail_password(connection: &mut AnyConnection) -> Result<(), Error> {
    sqlx::query("delete from site_secret where secret_name = $1")
        .bind(MAIL_PASSWORD)
        .execute(connection)
        .await?;
    Ok(())
}
