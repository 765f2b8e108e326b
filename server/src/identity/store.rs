//! How the server keeps sessions, and which identity tokens were used.
//!
//! The law: only hashes are stored. Who reads the database can be nobody.

/// Sessions that ended.
mod ended;
/// Sessions as their owner's export says them.
mod exported;
/// The keys that were made on the admin page.
mod keys;
/// Sessions as their owner sees them, and ending many at once.
mod listing;

pub use ended::{
    delete_long_ended, delete_noticed, end_guest_session, end_guest_sessions, find_ended_guest,
    list_ended_since, restore_guest_sessions,
};
pub use exported::list_session_parts;
pub use keys::{
    delete_key, insert_key, is_signing_key, list_keys, list_signing_keys, update_key_retired,
};
pub use listing::{
    ListedSession, delete_sessions_but, delete_sessions_of, delete_sessions_of_key,
    list_sessions_of,
};

use super::keys::SignedBy;
use super::token::TokenHash;
use crate::database::{AnyConnection, read_id};
use shared::ids::{PersonId, Time};
use sqlx::{Error, Row};

/// Whose cookie it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionKind {
    Guest,
    User,
    /// The admin page's.
    Admin,
}

impl SessionKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::User => "user",
            Self::Admin => "admin",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Guest, Self::User, Self::Admin]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// A session that has not ended, with whom it belongs to: read together, because every call asks for both.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub person_id: PersonId,
    pub name: String,
    /// As typed, or as the host said.
    pub email: Option<String>,
    /// The host's `sub`; `None` for guests.
    pub external_id: Option<String>,
    /// What the host calls whoever is signed in as them (C9).
    pub acted_by: Option<String>,
    pub created_at: Time,
    pub last_used_at: Time,
    pub expires_at: Time,
}

/// A session to be stored.
pub struct NewSession<'a> {
    pub token_hash: &'a TokenHash,
    pub kind: SessionKind,
    pub person_id: &'a PersonId,
    /// Browser and system, as far as the browser said. Empty where unknown, and for guests.
    pub device: &'a str,
    pub expires_at: Time,
    /// The identity key that signed for it.
    pub signed_by: Option<&'a SignedBy>,
    /// What the host calls whoever is signed in as them (C9).
    pub acted_by: Option<&'a str>,
}

/// The session of a token, if it has not ended and its person is not disabled.
pub async fn find_session(
    connection: &mut AnyConnection,
    kind: SessionKind,
    token_hash: &TokenHash,
    now: Time,
) -> Result<Option<SessionRow>, Error> {
    let row = sqlx::query(
        "select s.person_id, p.display_name, p.email_as_typed, p.external_id, s.acted_by, s.created_at, s.last_used_at, s.expires_at
        from session s
        join person p on p.person_id = s.person_id
        where s.token_hash = $1 and s.kind = $2 and s.expires_at > $3 and p.disabled_at is null",
    )
    .bind(token_hash.as_str())
    .bind(kind.name())
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(SessionRow {
        person_id: read_id(&row, "person_id")?,
        name: row.try_get("display_name")?,
        email: row.try_get("email_as_typed")?,
        external_id: row.try_get("external_id")?,
        acted_by: row.try_get("acted_by")?,
        created_at: Time(row.try_get("created_at")?),
        last_used_at: Time(row.try_get("last_used_at")?),
        expires_at: Time(row.try_get("expires_at")?),
    }))
}

/// A new session. One of the same token that has ended makes way.
///
/// **Errors**: violates `session_pk` where the token's session lives.
pub async fn insert_session(
    connection: &mut AnyConnection,
    session: &NewSession<'_>,
    now: Time,
) -> Result<(), Error> {
    sqlx::query("delete from session where token_hash = $1 and expires_at <= $2")
        .bind(session.token_hash.as_str())
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    if session.kind == SessionKind::Guest {
        // A guest's cookie outlives its session, and may get another.
        ended::forget_that_it_ended(connection, session.token_hash).await?;
    }
    sqlx::query(
        "insert into session (token_hash, kind, person_id, device, created_at, last_used_at, expires_at, identity_key,
            operator_key, acted_by)
        values ($1, $2, $3, $6, $4, $4, $5, cast($7 as text), cast($8 as text),
            cast($9 as text))",
    )
    .bind(session.token_hash.as_str())
    .bind(session.kind.name())
    .bind(session.person_id.as_str())
    .bind(now.0)
    .bind(session.expires_at.0)
    .bind(session.device)
    .bind(kept(session.signed_by))
    .bind(operators(session.signed_by))
    .bind(session.acted_by.map(str::to_owned))
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps a session that is used. One that has ended stays ended.
pub async fn update_session_used(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    expires_at: Time,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "update session
        set last_used_at = $2, expires_at = $3
        where token_hash = $1 and expires_at > $2",
    )
    .bind(token_hash.as_str())
    .bind(now.0)
    .bind(expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes which key signed for a session now.
pub async fn update_session_key(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    signed_by: Option<&SignedBy>,
) -> Result<(), Error> {
    sqlx::query(
        "update session
        set identity_key = cast($2 as text), operator_key = cast($3 as text)
        where token_hash = $1",
    )
    .bind(token_hash.as_str())
    .bind(kept(signed_by))
    .bind(operators(signed_by))
    .execute(connection)
    .await?;
    Ok(())
}

fn kept(signed_by: Option<&SignedBy>) -> Option<String> {
    match signed_by {
        Some(SignedBy::Kept(key_id)) => Some(key_id.clone()),
        _ => None,
    }
}

fn operators(signed_by: Option<&SignedBy>) -> Option<String> {
    match signed_by {
        Some(SignedBy::Operators(key_id)) => Some(key_id.clone()),
        _ => None,
    }
}

/// Ends a session. `false`: there was none.
pub async fn delete_session(
    connection: &mut AnyConnection,
    kind: SessionKind,
    token_hash: &TokenHash,
    now: Time,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from session where token_hash = $1 and kind = $2")
        .bind(token_hash.as_str())
        .bind(kind.name())
        .execute(&mut *connection)
        .await?;
    let was_there = deleted.rows_affected() == 1;
    if was_there {
        ended::note_ended(connection, std::slice::from_ref(token_hash), now).await?;
    }
    Ok(was_there)
}

/// Forgets sessions that have ended and tokens that would be refused for their age. Sessions are kept for `grace_ms`
/// more, so that whoever is just being told finds the same answer.
pub async fn delete_ended(
    connection: &mut AnyConnection,
    grace_ms: i64,
    now: Time,
) -> Result<(), Error> {
    sqlx::query("delete from session where expires_at <= $1")
        .bind(now.0 - grace_ms)
        .execute(&mut *connection)
        .await?;
    sqlx::query("delete from identity_token_use where expires_at <= $1")
        .bind(now.0 - grace_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a token is used now. `false`: it was used before.
///
/// `expires_at` is when a token of this id would be refused for its age anyway.
pub async fn insert_token_use(
    connection: &mut AnyConnection,
    token_id: &TokenHash,
    expires_at: Time,
) -> Result<bool, Error> {
    let inserted = sqlx::query(
        "insert into identity_token_use (token_id, expires_at)
        values ($1, $2)
        on conflict (token_id) do nothing",
    )
    .bind(token_id.as_str())
    .bind(expires_at.0)
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}
