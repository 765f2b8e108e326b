//! Reports whose message moves.
//!
//! The law: a message does not move under a report, so a report is taken out of the way and put back as it was.

use super::number;
use crate::database::AnyConnection;
use shared::ids::{ConversationId, Position};
use sqlx::{Error, Row};

/// A report whose message moves.
pub struct MovingReport {
    report_id: String,
    reporter: String,
    reported: String,
    position: Position,
    reason: String,
    created_at: i64,
    dismissed_at: Option<i64>,
    dismissed_by: Option<String>,
}

/// Takes the reports of what stands after there out of the way: a message does not move under a report.
pub async fn take_reports_after(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    after: Position,
) -> Result<Vec<MovingReport>, Error> {
    let rows = sqlx::query(
        "delete from report
        where conversation_id = $1 and position > $2
        returning report_id, reporter, reported, position, reason, created_at, dismissed_at, dismissed_by",
    )
    .bind(conversation_id.as_str())
    .bind(number(after))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(MovingReport {
                report_id: row.try_get("report_id")?,
                reporter: row.try_get("reporter")?,
                reported: row.try_get("reported")?,
                position: Position(row.try_get::<i64, _>("position")?.unsigned_abs()),
                reason: row.try_get("reason")?,
                created_at: row.try_get("created_at")?,
                dismissed_at: row.try_get("dismissed_at")?,
                dismissed_by: row.try_get("dismissed_by")?,
            })
        })
        .collect()
}

/// Puts one back where its message has arrived.
pub async fn put_report_back(
    connection: &mut AnyConnection,
    report: &MovingReport,
    conversation_id: &ConversationId,
    position: Position,
) -> Result<(), Error> {
    sqlx::query(
        "insert into report
            (report_id, reporter, reported, conversation_id, position, reason, created_at, dismissed_at, dismissed_by)
        values ($1, $2, $3, $4, $5, $6, $7, cast($8 as bigint), cast($9 as text))",
    )
    .bind(report.report_id.as_str())
    .bind(report.reporter.as_str())
    .bind(report.reported.as_str())
    .bind(conversation_id.as_str())
    .bind(number(position))
    .bind(report.reason.as_str())
    .bind(report.created_at)
    .bind(report.dismissed_at)
    .bind(report.dismissed_by.clone())
    .execute(connection)
    .await?;
    Ok(())
}

impl MovingReport {
    /// Where its message stood.
    pub const fn position(&self) -> Position {
        self.position
    }
}
