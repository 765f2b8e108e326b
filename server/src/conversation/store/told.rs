//! A message as the host's server is told of it.

use super::row::{conversation_id, position, side};
use crate::database::AnyConnection;
use shared::{
    conversation::Side,
    ids::{ConversationId, MessageId, PersonId, Position, Time},
};
use sqlx::{Error, Row};

/// A message, wherever it stands now.
pub struct ToldMessage {
    pub conversation_id: ConversationId,
    pub position: Position,
    pub side: Side,
    pub author: Option<PersonId>,
    pub text: String,
    pub is_erased: bool,
    pub sent_at: Time,
}

pub async fn find_told_message(
    connection: &mut AnyConnection,
    message_id: &MessageId,
) -> Result<Option<ToldMessage>, Error> {
    let row = sqlx::query(
        "select conversation_id, position, side, author, body, erased_at, sent_at
        from message
        where message_id = $1",
    )
    .bind(message_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let author: Option<String> = row.try_get("author")?;
    Ok(Some(ToldMessage {
        conversation_id: conversation_id(&row)?,
        position: position(&row, "position")?,
        side: side(&row)?,
        author: author.as_deref().and_then(PersonId::parse),
        text: row.try_get("body")?,
        is_erased: row.try_get::<Option<i64>, _>("erased_at")?.is_some(),
        sent_at: Time(row.try_get("sent_at")?),
    }))
}
