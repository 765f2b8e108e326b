//! What somebody's export says of conversions.
//!
//! The law: only of those that hold; what was taken back is no part of them.

use crate::{
    database::{AnyConnection, read_id},
    person::export::document::{Became, FormerGuest, Stamp},
};
use shared::{conversion::Proof, ids::PersonId};
use sqlx::{Error, Row, any::AnyRow};

/// **Shape**: conversations of guests that became somebody's, the oldest first. Whoever was erased is nobody's past.
pub async fn list_former_guests(
    connection: &mut AnyConnection,
    became: &PersonId,
) -> Result<Vec<FormerGuest>, Error> {
    let rows = sqlx::query(
        "select v.guest, g.display_name, g.email_as_typed, g.created_at, v.conversation_id, v.proof, v.converted_at
        from conversion v
        join person g on g.person_id = v.guest
        where v.became = $1 and v.undone_at is null and g.erased_at is null
        order by v.converted_at, v.conversion_id",
    )
    .bind(became.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FormerGuest {
                person_id: read_id(row, "guest")?,
                name: row.try_get("display_name")?,
                email_as_typed: row.try_get("email_as_typed")?,
                created_at: Stamp::of(row.try_get("created_at")?),
                conversation_id: read_id(row, "conversation_id")?,
                proof: proof(row)?,
                converted_at: Stamp::of(row.try_get("converted_at")?),
            })
        })
        .collect()
}

/// **Shape**: conversations of a guest that became somebody else's, the oldest first.
pub async fn list_became(
    connection: &mut AnyConnection,
    guest: &PersonId,
) -> Result<Vec<Became>, Error> {
    let rows = sqlx::query(
        "select became, conversation_id, proof, converted_at
        from conversion
        where guest = $1 and undone_at is null
        order by converted_at, conversion_id",
    )
    .bind(guest.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Became {
                person_id: read_id(row, "became")?,
                conversation_id: read_id(row, "conversation_id")?,
                proof: proof(row)?,
                converted_at: Stamp::of(row.try_get("converted_at")?),
            })
        })
        .collect()
}

fn proof(row: &AnyRow) -> Result<Proof, Error> {
    let word: String = row.try_get("proof")?;
    Proof::parse(&word).ok_or_else(|| Error::Decode("proof holds no proof".into()))
}
