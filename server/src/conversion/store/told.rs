//! Conversions as others ask for them: the host's server, and whoever erases somebody.

use crate::{
    conversation::store::{conversation_id, position},
    database::{AnyConnection, read_id},
};
use shared::{
    conversion::Proof,
    ids::{ConversationId, ConversionId, PersonId, Position, Time},
};
use sqlx::{Error, Row};

/// A conversion, as the host's server is told of it.
pub struct ToldConversion {
    pub conversation_id: ConversationId,
    pub guest: PersonId,
    pub became: PersonId,
    pub proof: Proof,
    pub cut: Position,
    pub converted_at: Time,
    pub undone_at: Option<Time>,
    /// `undo` or `not_me`.
    pub undone_how: Option<String>,
    pub carried_to: Option<ConversationId>,
}

pub async fn find_told_conversion(
    connection: &mut AnyConnection,
    conversion_id: &ConversionId,
) -> Result<Option<ToldConversion>, Error> {
    let row = sqlx::query(
        "select
            conversation_id, guest, became, proof, cut, converted_at, undone_at, undone_how, carried_to
        from conversion
        where conversion_id = $1",
    )
    .bind(conversion_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let carried_to: Option<String> = row.try_get("carried_to")?;
    Ok(Some(ToldConversion {
        conversation_id: conversation_id(&row)?,
        guest: read_id(&row, "guest")?,
        became: read_id(&row, "became")?,
        proof: Proof::parse(&row.try_get::<String, _>("proof")?)
            .ok_or_else(|| Error::Decode("proof holds no proof".into()))?,
        cut: position(&row, "cut")?,
        converted_at: Time(row.try_get("converted_at")?),
        undone_at: row.try_get::<Option<i64>, _>("undone_at")?.map(Time),
        undone_how: row.try_get("undone_how")?,
        carried_to: carried_to.as_deref().and_then(ConversationId::parse),
    }))
}

/// **Shape**: guests who became somebody, and still are.
pub async fn list_guests_who_became(
    connection: &mut AnyConnection,
    became: &PersonId,
) -> Result<Vec<PersonId>, Error> {
    let rows = sqlx::query(
        "select distinct guest
        from conversion
        where became = $1 and undone_at is null
        order by guest",
    )
    .bind(became.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| read_id(row, "guest")).collect()
}
