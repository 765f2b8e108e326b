//! Sessions as their owner sees them, and ending many at once.

use super::{SessionKind, ended::note_ended};
use crate::{
    database::AnyConnection,
    identity::{keys::SignedBy, token::TokenHash},
};
use shared::ids::{PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// One of somebody's sessions.
pub struct ListedSession {
    pub token_hash: TokenHash,
    pub kind: SessionKind,
    /// Browser and system, as far as the browser said.
    pub device: String,
    pub created_at: Time,
    pub last_used_at: Time,
}

/// **Shape**: the sessions of a person that have not ended, the latest used first.
pub async fn list_sessions_of(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    now: Time,
) -> Result<Vec<ListedSession>, Error> {
    let rows = sqlx::query(
        "select token_hash, kind, device, created_at, last_used_at
        from session
        where person_id = $1 and expires_at > $2
        order by last_used_at desc, created_at desc, token_hash",
    )
    .bind(person_id.as_str())
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let kind: String = row.try_get("kind")?;
            Ok(ListedSession {
                token_hash: TokenHash::stored(row.try_get("token_hash")?),
                kind: SessionKind::named(&kind)
                    .ok_or_else(|| Error::Decode("kind holds no kind of session".into()))?,
                device: row.try_get("device")?,
                created_at: Time(row.try_get("created_at")?),
                last_used_at: Time(row.try_get("last_used_at")?),
            })
        })
        .collect()
}

/// Ends the sessions of a person, save those. **Shape**: the ones that it ended.
pub async fn delete_sessions_but(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    kept: &[TokenHash],
    now: Time,
) -> Result<Vec<TokenHash>, Error> {
    let mut ended = Vec::new();
    for session in list_sessions_of(connection, person_id, now).await? {
        if !kept.contains(&session.token_hash)
            && super::delete_session(connection, session.kind, &session.token_hash, now).await?
        {
            ended.push(session.token_hash);
        }
    }
    Ok(ended)
}

/// Ends all sessions of a person, also those whose time is over. **Shape**: the ones that it ended.
pub async fn delete_sessions_of(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    now: Time,
) -> Result<Vec<TokenHash>, Error> {
    let statement = "delete from session where person_id = $1 returning token_hash";
    delete_noting(connection, statement, person_id.as_str(), now).await
}

/// Ends every session that this key signed for last. **Shape**: the ones that it ended.
pub async fn delete_sessions_of_key(
    connection: &mut AnyConnection,
    key: &SignedBy,
    now: Time,
) -> Result<Vec<TokenHash>, Error> {
    let (statement, key_id) = match key {
        SignedBy::Kept(key_id) => (
            "delete from session where identity_key = $1 returning token_hash",
            key_id,
        ),
        SignedBy::Operators(key_id) => (
            "delete from session where operator_key = $1 returning token_hash",
            key_id,
        ),
    };
    delete_noting(connection, statement, key_id, now).await
}

async fn delete_noting(
    connection: &mut AnyConnection,
    statement: &'static str,
    of: &str,
    now: Time,
) -> Result<Vec<TokenHash>, Error> {
    let rows = sqlx::query(statement)
        .bind(of)
        .fetch_all(&mut *connection)
        .await?;
    let hash = |row: &AnyRow| Ok(TokenHash::stored(row.try_get("token_hash")?));
    let ended: Vec<TokenHash> = rows.iter().map(hash).collect::<Result<_, Error>>()?;
    note_ended(connection, &ended, now).await?;
    Ok(ended)
}
