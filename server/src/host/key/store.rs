//! How the server keeps the keys of the host's server.
//!
//! The law: only hashes are stored. Who reads the database can call nothing.

use crate::{database::AnyConnection, identity::token::TokenHash};
use shared::{
    host::{HostKeyRow, HostScope},
    ids::{HostKeyId, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// A key that is there, as far as a call cares.
#[derive(Clone, Debug)]
pub struct FoundKey {
    pub host_key_id: HostKeyId,
    pub scopes: Vec<HostScope>,
    pub last_used_at: Option<Time>,
}

/// The key of a hash.
pub async fn find_key(
    connection: &mut AnyConnection,
    key_hash: &TokenHash,
) -> Result<Option<FoundKey>, Error> {
    let row = sqlx::query(
        "select host_key_id, scopes, last_used_at
        from host_key
        where key_hash = $1",
    )
    .bind(key_hash.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_found).transpose()
}

/// **Shape**: all of them, the newest first.
pub async fn list_keys(connection: &mut AnyConnection) -> Result<Vec<HostKeyRow>, Error> {
    let rows = sqlx::query(
        "select host_key_id, key_name, scopes, created_at, last_used_at
        from host_key
        order by created_at desc, host_key_id desc",
    )
    .fetch_all(connection)
    .await?;
    let read = |row: &AnyRow| {
        let found = read_found(row)?;
        Ok(HostKeyRow {
            host_key_id: found.host_key_id,
            name: row.try_get("key_name")?,
            scopes: found.scopes,
            created_at: Time(row.try_get("created_at")?),
            last_used_at: found.last_used_at,
        })
    };
    rows.iter().map(read).collect()
}

/// A new key.
pub async fn insert_key(
    connection: &mut AnyConnection,
    host_key_id: &HostKeyId,
    key_hash: &TokenHash,
    name: &str,
    scopes: &[HostScope],
    now: Time,
) -> Result<(), Error> {
    let scopes = serde_json::to_string(scopes).map_err(|error| Error::Encode(error.into()))?;
    sqlx::query(
        "insert into host_key (host_key_id, key_hash, key_name, scopes, created_at)
        values ($1, $2, $3, $4, $5)",
    )
    .bind(host_key_id.as_str())
    .bind(key_hash.as_str())
    .bind(name)
    .bind(scopes)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes that a key was used. One that was revoked meanwhile stays so.
pub async fn update_key_used(
    connection: &mut AnyConnection,
    host_key_id: &HostKeyId,
    used_at: Time,
) -> Result<(), Error> {
    sqlx::query("update host_key set last_used_at = $2 where host_key_id = $1")
        .bind(host_key_id.as_str())
        .bind(used_at.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Revokes a key. `false`: there is none of that id.
pub async fn delete_key(
    connection: &mut AnyConnection,
    host_key_id: &HostKeyId,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from host_key where host_key_id = $1")
        .bind(host_key_id.as_str())
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

fn read_found(row: &AnyRow) -> Result<FoundKey, Error> {
    let (id, scopes): (String, String) = (row.try_get("host_key_id")?, row.try_get("scopes")?);
    Ok(FoundKey {
        host_key_id: HostKeyId::parse(&id)
            .ok_or_else(|| Error::Decode("host_key_id holds no id".into()))?,
        scopes: serde_json::from_str(&scopes)
            .map_err(|_| Error::Decode("scopes holds no scopes".into()))?,
        last_used_at: row.try_get::<Option<i64>, _>("last_used_at")?.map(Time),
    })
}
