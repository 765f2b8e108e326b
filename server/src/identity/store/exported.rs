//! What somebody's export says of their sessions.
//!
//! The law: no hash is read here, and no key that signed for one.

use crate::{
    database::AnyConnection,
    person::export::document::{SessionPart, Stamp},
};
use shared::ids::PersonId;
use sqlx::{Error, Row};

/// **Shape**: every session of a person that is still kept, and those of a guest that a conversion ended; the oldest
/// first.
pub async fn list_session_parts(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<SessionPart>, Error> {
    let rows = sqlx::query(
        "select kind, device, created_at, last_used_at, expires_at, cast(null as bigint) as ended_at
        from session
        where person_id = $1
        union all
        select 'guest', '', created_at, last_used_at, expires_at, ended_at
        from ended_guest_session
        where person_id = $1
        order by created_at, last_used_at",
    )
    .bind(person_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(SessionPart {
                kind: row.try_get("kind")?,
                device: row.try_get("device")?,
                created_at: Stamp::of(row.try_get("created_at")?),
                last_used_at: Stamp::of(row.try_get("last_used_at")?),
                expires_at: Stamp::of(row.try_get("expires_at")?),
                ended_at: row.try_get::<Option<i64>, _>("ended_at")?.map(Stamp::of),
            })
        })
        .collect()
}
