//! How the server keeps the keys that were made on the admin page.
//!
//! The law: what a key is checked with leaves this file for checking only; admins see its name and its dates.

use crate::{
    database::AnyConnection,
    identity::{keys::IdentityKey, secret::Secret},
};
use shared::{
    ids::Time,
    settings::{KeyAlgorithm, KeyRow},
};
use sqlx::{Error, Row, any::AnyRow};

/// **Shape**: all of them, retired ones too, the newest first.
pub async fn list_keys(connection: &mut AnyConnection) -> Result<Vec<KeyRow>, Error> {
    let rows = sqlx::query(
        "select key_id, algorithm, created_at, retired_at
        from identity_key
        order by created_at desc, key_id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(KeyRow {
                key_id: row.try_get("key_id")?,
                algorithm: read_algorithm(row)?,
                created_at: Some(Time(row.try_get("created_at")?)),
                retired_at: row.try_get::<Option<i64>, _>("retired_at")?.map(Time),
            })
        })
        .collect()
}

/// **Shape**: those that are not retired, the oldest first. One that cannot be read any more signs nothing.
pub async fn list_signing_keys(connection: &mut AnyConnection) -> Result<Vec<IdentityKey>, Error> {
    let rows = sqlx::query(
        "select key_id, algorithm, key_text
        from identity_key
        where retired_at is null
        order by created_at, key_id",
    )
    .fetch_all(connection)
    .await?;
    let mut keys = Vec::with_capacity(rows.len());
    for row in &rows {
        let (key_id, text): (String, String) = (row.try_get("key_id")?, row.try_get("key_text")?);
        keys.extend(IdentityKey::of(&key_id, read_algorithm(row)?, &text).ok());
    }
    Ok(keys)
}

/// Whether there is a key of that name that is not retired.
pub async fn is_signing_key(connection: &mut AnyConnection, key_id: &str) -> Result<bool, Error> {
    let row =
        sqlx::query("select key_id from identity_key where key_id = $1 and retired_at is null")
            .bind(key_id)
            .fetch_optional(connection)
            .await?;
    Ok(row.is_some())
}

/// A new key. `text`: for `HS256` the secret in base64url, else the public half as PEM.
pub async fn insert_key(
    connection: &mut AnyConnection,
    key_id: &str,
    algorithm: KeyAlgorithm,
    text: &Secret,
    now: Time,
) -> Result<(), Error> {
    let text = std::str::from_utf8(text.expose()).map_err(|error| Error::Encode(error.into()))?;
    sqlx::query(
        "insert into identity_key (key_id, algorithm, key_text, created_at) values ($1, $2, $3, $4)",
    )
    .bind(key_id)
    .bind(algorithm.name())
    .bind(text)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Retires a key. `false`: there is none of that name that signs.
pub async fn update_key_retired(
    connection: &mut AnyConnection,
    key_id: &str,
    now: Time,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update identity_key set retired_at = $2 where key_id = $1 and retired_at is null",
    )
    .bind(key_id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Forgets a key. `false`: there is none of that name.
pub async fn delete_key(connection: &mut AnyConnection, key_id: &str) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from identity_key where key_id = $1")
        .bind(key_id)
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

fn read_algorithm(row: &AnyRow) -> Result<KeyAlgorithm, Error> {
    let name: String = row.try_get("algorithm")?;
    [
        KeyAlgorithm::Hs256,
        KeyAlgorithm::Es256,
        KeyAlgorithm::EdDsa,
    ]
    .into_iter()
    .find(|algorithm| algorithm.name() == name)
    .ok_or_else(|| Error::Decode("algorithm holds no algorithm".into()))
}
