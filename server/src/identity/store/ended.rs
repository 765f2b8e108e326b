//! Sessions that ended: guests' that a conversion ended, and all of the last hour.
//!
//! The laws: a cookie that a conversion ended is nobody's. It opens nothing, becomes no other guest, and only an undo
//! gives it back. Whatever ends a session before its time notes it here in the same transaction, because other processes
//! hold sockets of it.

use super::SessionKind;
use crate::{
    database::{AnyConnection, read_id},
    identity::token::TokenHash,
};
use shared::ids::{PersonId, Time};
use sqlx::{Error, Row};

/// Notes that these have ended now.
pub(super) async fn note_ended(
    connection: &mut AnyConnection,
    ended: &[TokenHash],
    now: Time,
) -> Result<(), Error> {
    for token_hash in ended {
        sqlx::query(
            "insert into ended_session (token_hash, ended_at)
            values ($1, $2)
            on conflict (token_hash) do update set ended_at = excluded.ended_at",
        )
        .bind(token_hash.as_str())
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// **Shape**: those that ended since then, in no order.
pub async fn list_ended_since(
    connection: &mut AnyConnection,
    since: Time,
) -> Result<Vec<TokenHash>, Error> {
    let rows = sqlx::query("select token_hash from ended_session where ended_at > $1")
        .bind(since.0)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok(TokenHash::stored(row.try_get("token_hash")?)))
        .collect()
}

/// Its sockets may live again.
pub(super) async fn forget_that_it_ended(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
) -> Result<(), Error> {
    sqlx::query("delete from ended_session where token_hash = $1")
        .bind(token_hash.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

// Remembers sessions of guests, and until when an undo would give them back.
macro_rules! remembering {
    ($expires_at:literal, $which:literal) => {
        concat!(
            "insert into ended_guest_session (token_hash, person_id, created_at, last_used_at, expires_at, ended_at)
            select s.token_hash, s.person_id, s.created_at, s.last_used_at, ",
            $expires_at,
            ", $2
            from session s
            where s.kind = 'guest' and ",
            $which,
            "
            on conflict (token_hash) do nothing"
        )
    };
}

/// Ends the sessions of a guest, and remembers that they were theirs. **Shape**: the ones that it ended.
pub async fn end_guest_sessions(
    connection: &mut AnyConnection,
    guest: &PersonId,
    now: Time,
) -> Result<Vec<TokenHash>, Error> {
    sqlx::query(remembering!("s.expires_at", "s.person_id = $1"))
        .bind(guest.as_str())
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    let rows = sqlx::query(
        "delete from session
        where person_id = $1 and kind = 'guest'
        returning token_hash",
    )
    .bind(guest.as_str())
    .fetch_all(&mut *connection)
    .await?;
    let ended: Vec<TokenHash> = rows
        .iter()
        .map(|row| Ok(TokenHash::stored(row.try_get("token_hash")?)))
        .collect::<Result<_, Error>>()?;
    note_ended(connection, &ended, now).await?;
    Ok(ended)
}

/// Ends one session of a guest for good: they said that they are somebody else, so no undo gives it back.
pub async fn end_guest_session(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(remembering!("0", "s.token_hash = $1"))
        .bind(token_hash.as_str())
        .bind(now.0)
        .execute(&mut *connection)
        .await?;
    super::delete_session(connection, SessionKind::Guest, token_hash, now)
        .await
        .map(|_| ())
}

/// Whose session it was.
pub async fn find_ended_guest(
    connection: &mut AnyConnection,
    token_hash: &TokenHash,
) -> Result<Option<PersonId>, Error> {
    let row = sqlx::query("select person_id from ended_guest_session where token_hash = $1")
        .bind(token_hash.as_str())
        .fetch_optional(connection)
        .await?;
    row.map(|row| read_id(&row, "person_id")).transpose()
}

/// Gives a guest their sessions back, those that would still live. One whose token has found another holder stays ended.
pub async fn restore_guest_sessions(
    connection: &mut AnyConnection,
    guest: &PersonId,
    now: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into session (token_hash, kind, person_id, device, created_at, last_used_at, expires_at)
        select e.token_hash, $3, e.person_id, '', e.created_at, e.last_used_at, e.expires_at
        from ended_guest_session e
        where e.person_id = $1 and e.expires_at > $2
        on conflict (token_hash) do nothing",
    )
    .bind(guest.as_str())
    .bind(now.0)
    .bind(SessionKind::Guest.name())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "delete from ended_session
        where token_hash in (
            select e.token_hash
            from ended_guest_session e
            join session s on s.token_hash = e.token_hash and s.person_id = e.person_id
            where e.person_id = $1
        )",
    )
    .bind(guest.as_str())
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "delete from ended_guest_session
        where person_id = $1
            and exists (
                select 1
                from session s
                where s.token_hash = ended_guest_session.token_hash and s.person_id = ended_guest_session.person_id
            )",
    )
    .bind(guest.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets guests' sessions that ended before then.
pub async fn delete_long_ended(connection: &mut AnyConnection, before: Time) -> Result<(), Error> {
    sqlx::query("delete from ended_guest_session where ended_at <= $1")
        .bind(before.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets that sessions ended before then: every process has looked long since.
pub async fn delete_noticed(connection: &mut AnyConnection, before: Time) -> Result<(), Error> {
    sqlx::query("delete from ended_session where ended_at <= $1")
        .bind(before.0)
        .execute(connection)
        .await?;
    Ok(())
}
