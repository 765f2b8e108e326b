//! First messages that are under way while somebody signs in beside them.
//!
//! The law: whoever writes for such a cookie, the sign-in or the message, takes its row first. So one of the two sees
//! what the other did, also where two processes do it.

use crate::{
    database::{AnyConnection, read_id},
    identity::token::TokenHash,
};
use shared::ids::{ClientId, PersonId, Time};
use sqlx::Error;

/// Notes beside which session a first message of this guest's cookie is awaited, and takes the row.
pub async fn put_awaited(
    connection: &mut AnyConnection,
    guest_cookie: &TokenHash,
    beside: &TokenHash,
    until: Time,
) -> Result<(), Error> {
    sqlx::query(
        "insert into awaited_guest (token_hash, beside, awaited_until)
        values ($1, $2, $3)
        on conflict (token_hash) do update set beside = excluded.beside, awaited_until = excluded.awaited_until",
    )
    .bind(guest_cookie.as_str())
    .bind(beside.as_str())
    .bind(until.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the row of this guest's cookie, and forgets it: its first message is here. Answers who signed in beside it and
/// still is, if anybody did in time.
pub async fn take_awaited(
    connection: &mut AnyConnection,
    guest_cookie: &TokenHash,
    now: Time,
) -> Result<Option<PersonId>, Error> {
    // An insert, so that there is a row to wait for also where the sign-in has not committed yet.
    sqlx::query(
        "insert into awaited_guest (token_hash, beside, awaited_until)
        values ($1, null, 0)
        on conflict (token_hash) do update set token_hash = excluded.token_hash",
    )
    .bind(guest_cookie.as_str())
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query(
        "select s.person_id
        from awaited_guest a
        join session s on s.token_hash = a.beside
        where a.token_hash = $1 and a.awaited_until > $2 and s.expires_at > $2 and s.acted_by is null",
    )
    .bind(guest_cookie.as_str())
    .bind(now.0)
    .fetch_optional(&mut *connection)
    .await?;
    sqlx::query("delete from awaited_guest where token_hash = $1")
        .bind(guest_cookie.as_str())
        .execute(connection)
        .await?;
    row.map(|row| read_id(&row, "person_id")).transpose()
}

/// Forgets those that nobody waits for any more.
pub async fn delete_awaited(connection: &mut AnyConnection, before: Time) -> Result<(), Error> {
    sqlx::query("delete from awaited_guest where awaited_until <= $1")
        .bind(before.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether the guest whose cookie this was sent the message of this client id, in a conversation that became somebody's
/// and still is.
pub async fn is_continued(
    connection: &mut AnyConnection,
    guest_cookie: &TokenHash,
    client_id: &ClientId,
) -> Result<bool, Error> {
    let row = sqlx::query(
        "select 1
        from ended_guest_session e
        join conversion v on v.guest = e.person_id and v.undone_at is null
        join message m
            on m.conversation_id = v.conversation_id and m.client_id = $2 and m.author = e.person_id
        where e.token_hash = $1
        limit 1",
    )
    .bind(guest_cookie.as_str())
    .bind(client_id.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}
