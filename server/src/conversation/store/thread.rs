//! The messages of a thread, in stretches.

use super::row::{number, read_message};
use crate::database::AnyConnection;
use shared::{
    conversation::Message,
    ids::{ConversationId, Position},
};
use sqlx::Error;

/// Which messages of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    Newest,
    Before(Position),
    After(Position),
}

/// **Shape**: ascending positions without gaps, at most `limit`.
pub async fn list_messages(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    stretch: Stretch,
    limit: u32,
) -> Result<Vec<Message>, Error> {
    let (statement, bound) = match stretch {
        Stretch::After(after) => (AFTER, number(after)),
        Stretch::Before(before) => (BEFORE, number(before)),
        Stretch::Newest => (BEFORE, i64::MAX),
    };
    let rows = sqlx::query(statement)
        .bind(conversation_id.as_str())
        .bind(bound)
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    let mut messages = rows
        .iter()
        .map(read_message)
        .collect::<Result<Vec<_>, _>>()?;
    if !matches!(stretch, Stretch::After(_)) {
        messages.reverse();
    }
    Ok(messages)
}

const AFTER: &str = "
    select
        m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id, m.body, m.reply_to, m.sent_at,
        a.display_name as author_name
    from message m
    left join person a on a.person_id = m.author
    where m.conversation_id = $1 and m.position > $2
    order by m.position
    limit $3";

const BEFORE: &str = "
    select
        m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id, m.body, m.reply_to, m.sent_at,
        a.display_name as author_name
    from message m
    left join person a on a.person_id = m.author
    where m.conversation_id = $1 and m.position < $2
    order by m.position desc
    limit $3";
