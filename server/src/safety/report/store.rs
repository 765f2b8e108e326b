//! How the server keeps reports, and how admins read them.
//!
//! The law: one person's report of one message is one row, whatever is sent again.

/// What somebody's export says of them.
mod exported;
/// Reports whose message moves.
mod moving;

pub use exported::list_report_parts;
pub use moving::{MovingReport, put_report_back, take_reports_after};

use super::rules::Written;
use crate::{
    database::{AnyConnection, find_id, read_id},
    safety::store::Moment,
};
use shared::{
    conversation::{CustomerKind, MessageKind, Side},
    identity::Face,
    ids::{ConversationId, PersonId, Position, ReportId, Time},
    safety::{Dismissed, ReportRow},
};
use sqlx::{Error, Row, any::AnyRow};

/// A report about to be kept.
pub struct NewReport<'a> {
    pub report_id: &'a ReportId,
    pub reporter: &'a PersonId,
    pub reported: &'a PersonId,
    pub conversation_id: &'a ConversationId,
    pub position: Position,
    pub reason: &'a str,
}

/// The message that somebody means.
pub async fn find_written(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    position: Position,
) -> Result<Option<Written>, Error> {
    let row = sqlx::query(
        "select kind, side, author
        from message
        where conversation_id = $1 and position = $2",
    )
    .bind(conversation_id.as_str())
    .bind(number(position))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Written {
        kind: match row.try_get::<String, _>("kind")?.as_str() {
            "text" => MessageKind::Text,
            _ => MessageKind::Notice,
        },
        side: match row.try_get::<String, _>("side")?.as_str() {
            "customer" => Side::Customer,
            "staff" => Side::Staff,
            _ => Side::System,
        },
        author: find_id(&row, "author")?,
    }))
}

/// `false`: they reported it before, and that report stays as it is.
pub async fn insert_report(
    connection: &mut AnyConnection,
    report: &NewReport<'_>,
    now: Time,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "insert into report (report_id, reporter, reported, conversation_id, position, reason, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (reporter, conversation_id, position) do nothing",
    )
    .bind(report.report_id.as_str())
    .bind(report.reporter.as_str())
    .bind(report.reported.as_str())
    .bind(report.conversation_id.as_str())
    .bind(number(report.position))
    .bind(report.reason)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Puts a report aside, and answers whom it was about. `None`: it was put aside before, or is not there.
pub async fn update_dismissed(
    connection: &mut AnyConnection,
    report_id: &ReportId,
    by: &PersonId,
    now: Time,
) -> Result<Option<PersonId>, Error> {
    let row = sqlx::query(
        "update report
        set dismissed_at = $2, dismissed_by = $3
        where report_id = $1 and dismissed_at is null
        returning reported",
    )
    .bind(report_id.as_str())
    .bind(now.0)
    .bind(by.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| read_id(&row, "reported")).transpose()
}

/// Takes away what somebody said about the messages that they reported, and what others said about theirs: it may quote
/// and name them.
pub async fn update_reasons_blank(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<(), Error> {
    sqlx::query("update report set reason = '' where reporter = $1 or reported = $1")
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn has_report(
    connection: &mut AnyConnection,
    report_id: &ReportId,
) -> Result<bool, Error> {
    let row = sqlx::query("select 1 as one from report where report_id = $1")
        .bind(report_id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Reports that nobody has dismissed.
pub async fn count_open(connection: &mut AnyConnection) -> Result<u32, Error> {
    let row = sqlx::query("select count(*) as reports from report where dismissed_at is null")
        .fetch_one(connection)
        .await?;
    Ok(u32::try_from(row.try_get::<i64, _>("reports")?).unwrap_or(u32::MAX))
}

/// Which reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    Open,
    Dismissed,
}

macro_rules! reports {
    ($which:literal) => {
        concat!(
            "select
                r.report_id, r.reporter, r.reported, r.conversation_id, r.position, r.reason, r.created_at,
                r.dismissed_at, m.body,
                reporter.display_name as reporter_name,
                reported.display_name as reported_name, reported.kind as reported_kind,
                dismissed_by.display_name as dismissed_by_name
            from report r
            join message m on m.conversation_id = r.conversation_id and m.position = r.position
            join person reporter on reporter.person_id = r.reporter
            join person reported on reported.person_id = r.reported
            left join person dismissed_by on dismissed_by.person_id = r.dismissed_by
            where ",
            $which,
            " and (r.created_at, r.report_id) < ($1, $2)
            order by r.created_at desc, r.report_id desc
            limit $3"
        )
    };
}

/// **Shape**: the newest first, at most `limit`.
pub async fn list_reports(
    connection: &mut AnyConnection,
    state: ReportState,
    below: &Moment,
    limit: u32,
) -> Result<Vec<ReportRow>, Error> {
    let statement = match state {
        ReportState::Open => reports!("r.dismissed_at is null"),
        ReportState::Dismissed => reports!("r.dismissed_at is not null"),
    };
    let rows = sqlx::query(statement)
        .bind(below.at.0)
        .bind(below.id.as_str())
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    rows.iter().map(read_report).collect()
}

fn read_report(row: &AnyRow) -> Result<ReportRow, Error> {
    let text = |column: &'static str| row.try_get::<String, _>(column);
    let face = |id, name| {
        Ok::<_, Error>(Face {
            person_id: read_id(row, id)?,
            name: text(name)?,
            picture: None,
        })
    };
    let dismissed_at: Option<i64> = row.try_get("dismissed_at")?;
    let dismissed_by: Option<String> = row.try_get("dismissed_by_name")?;
    Ok(ReportRow {
        report_id: read_id(row, "report_id")?,
        reporter: face("reporter", "reporter_name")?,
        reported: face("reported", "reported_name")?,
        reported_kind: match text("reported_kind")?.as_str() {
            "guest" => CustomerKind::Guest,
            _ => CustomerKind::User,
        },
        conversation_id: read_id(row, "conversation_id")?,
        position: Position(row.try_get::<i64, _>("position")?.unsigned_abs()),
        text: text("body")?,
        reason: text("reason")?,
        created_at: Time(row.try_get("created_at")?),
        dismissed: dismissed_at
            .zip(dismissed_by)
            .map(|(at, by)| Dismissed { by, at: Time(at) }),
    })
}

/// A position from outside may be larger than the database's numbers: then it is beyond everything.
fn number(position: Position) -> i64 {
    i64::try_from(position.0).unwrap_or(i64::MAX)
}
