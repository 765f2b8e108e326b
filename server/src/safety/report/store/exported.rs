//! What somebody's export says of the reports that they made.

use crate::{
    database::{AnyConnection, read_id},
    person::export::document::{ReportPart, Stamp},
};
use shared::ids::{PersonId, Position};
use sqlx::{Error, Row};

/// **Shape**: the reports that somebody made, the oldest first.
pub async fn list_report_parts(
    connection: &mut AnyConnection,
    reporter: &PersonId,
) -> Result<Vec<ReportPart>, Error> {
    let rows = sqlx::query(
        "select reported.display_name, r.conversation_id, r.position, r.reason, r.created_at
        from report r
        join person reported on reported.person_id = r.reported
        where r.reporter = $1
        order by r.created_at, r.report_id",
    )
    .bind(reporter.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ReportPart {
                reported: row.try_get("display_name")?,
                conversation_id: read_id(row, "conversation_id")?,
                position: Position(row.try_get::<i64, _>("position")?.unsigned_abs()),
                reason: row.try_get("reason")?,
                created_at: Stamp::of(row.try_get("created_at")?),
            })
        })
        .collect()
}
