//! What somebody's export says of their conversations.
//!
//! The law: each statement asks anew whether the conversation is theirs, because it may go elsewhere between two pages.

use super::row::{conversation_kind, number, position};
use crate::{
    database::{AnyConnection, find_id, read_id},
    person::export::document::{ConversationPart, Doer, MessagePart, Stamp},
};
use shared::{
    conversation::MessageKind,
    ids::{ConversationId, PersonId, Position},
};
use sqlx::{Error, Row, any::AnyRow};

/// **Shape**: every conversation that somebody owns or is the other one of, the oldest first.
pub async fn list_conversation_ids(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<ConversationId>, Error> {
    let rows = sqlx::query(
        "select conversation_id, created_at
        from conversation
        where owner = $1
        union
        select conversation_id, created_at
        from conversation
        where peer = $1
        order by created_at, conversation_id",
    )
    .bind(person_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| read_id(row, "conversation_id"))
        .collect()
}

/// A conversation as one of its two sees it. `None`: it is not theirs (any more).
pub async fn find_conversation_part(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
) -> Result<Option<ConversationPart>, Error> {
    let row = sqlx::query(
        "select
            c.conversation_id, c.kind, c.created_at, c.last_activity_at, c.last_position,
            coalesce(own.seen_position, 0) as seen_position,
            case when c.kind = 'direct' then other.display_name end as other_name
        from conversation c
        left join participant own on own.conversation_id = c.conversation_id and own.person_id = $2
        left join person other on other.person_id = case when c.owner = $2 then c.peer else c.owner end
        where c.conversation_id = $1 and (c.owner = $2 or c.peer = $2)",
    )
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(ConversationPart {
        conversation_id: read_id(&row, "conversation_id")?,
        kind: conversation_kind(&row)?,
        with: row.try_get("other_name")?,
        created_at: Stamp::of(row.try_get("created_at")?),
        last_activity_at: Stamp::of(row.try_get("last_activity_at")?),
        last_position: position(&row, "last_position")?,
        seen_position: position(&row, "seen_position")?,
    }))
}

/// **Shape**: messages with their authors, after the first position and up to the second, at most `limit`; nothing where
/// the conversation is not theirs (any more). Who an author is to the reader is not known here.
pub async fn list_message_parts(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
    (after, until): (Position, Position),
    limit: u32,
) -> Result<Vec<(Option<PersonId>, MessagePart)>, Error> {
    let rows = sqlx::query(
        "select
            m.message_id, m.position, m.kind as message_kind, m.author, m.body, m.erased_at, m.reply_to, m.sent_at,
            a.display_name as author_name
        from conversation c
        join message m on m.conversation_id = c.conversation_id
        left join person a on a.person_id = m.author
        where c.conversation_id = $1 and (c.owner = $2 or c.peer = $2) and m.position > $3 and m.position <= $4
        order by m.position
        limit $5",
    )
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .bind(number(after))
    .bind(number(until))
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((find_id(row, "author")?, read_part(row)?)))
        .collect()
}

fn read_part(row: &AnyRow) -> Result<MessagePart, Error> {
    let quoted: Option<i64> = row.try_get("reply_to")?;
    Ok(MessagePart {
        message_id: read_id(row, "message_id")?,
        position: position(row, "position")?,
        kind: match row.try_get::<String, _>("message_kind")?.as_str() {
            "text" => MessageKind::Text,
            _ => MessageKind::Notice,
        },
        by: Doer::Nobody,
        author: row.try_get("author_name")?,
        text: row.try_get("body")?,
        is_erased: row.try_get::<Option<i64>, _>("erased_at")?.is_some(),
        reply_to: quoted.map(|quoted| Position(quoted.unsigned_abs())),
        sent_at: Stamp::of(row.try_get("sent_at")?),
    })
}
