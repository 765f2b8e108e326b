//! What people do with reports: make one; and admins: read them, put them aside.

use super::{
    change::{self, Reporting},
    rules::read_reason,
    store::{self, ReportState},
};
use crate::{
    app::App,
    error::Refusal,
    http::{
        answer::Answer,
        command::Command,
        older::{Older, OlderQuery},
        page::Asked,
        path::Named,
    },
    identity::caller::Known,
    safety::{
        limiter::{Limit, Reached},
        store::Moment,
    },
};
use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use shared::{
    ids::{ConversationId, ReportId},
    limits::REPORTS_PER_HOUR,
    problem::{Problem, ProblemCode},
    safety::{ReportMessage, ReportPage, ReportRow},
};
use std::sync::Arc;

/// How often one person reports.
pub const REPORTS: Limit = Limit::per_seconds(REPORTS_PER_HOUR, 3_600);

/// `POST /api/conversations/{id}/report`.
pub async fn report_message(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Command(ReportMessage { position, reason }): Command<ReportMessage>,
) -> Result<StatusCode, Refusal> {
    let reason = read_reason(&reason)?;
    app.reports
        .count(&known.person_id, app.clock.now())
        .map_err(|Reached { retry_after_s }| {
            Problem::retry_after(ProblemCode::SlowDown, retry_after_s)
        })?;
    let reporting = Reporting {
        report_id: app.mint.id(),
        reporter: known.person_id.clone(),
        conversation_id,
        position,
        reason,
        guest_group: app.policy().guest_group().cloned(),
        by: app.by(&known.person_id),
    };
    app.writer
        .run(reporting, |tx, reporting| {
            Box::pin(change::report(tx, reporting))
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which reports.
#[derive(Deserialize)]
pub struct StateQuery {
    state: Option<String>,
}

/// `GET /api/admin/reports`.
///
/// **Errors**: `out_of_range` for a state that there is not.
pub async fn list_reports(
    State(app): State<Arc<App>>,
    Asked(StateQuery { state }): Asked<StateQuery>,
    Asked(query): Asked<OlderQuery>,
) -> Result<Answer<ReportPage>, Refusal> {
    let policy = app.policy();
    let (state, list) = match state.as_deref() {
        None | Some("open") => (ReportState::Open, "reports"),
        Some("dismissed") => (ReportState::Dismissed, "dismissed"),
        Some(_) => return Err(ProblemCode::OutOfRange.into()),
    };
    let page = Older::read(list, &query, &policy)?;
    let mut connection = app.database.read().await?;
    let mut reports =
        store::list_reports(&mut connection, state, &page.below, page.limit()).await?;
    let cursor = page.cut(&mut reports, &policy, |row: &ReportRow| Moment {
        at: row.created_at,
        id: row.report_id.clone().into(),
    });
    Ok(Answer::ok(ReportPage { reports, cursor }))
}

/// `POST /api/admin/reports/{id}/dismiss`.
pub async fn dismiss_report(
    State(app): State<Arc<App>>,
    known: Known,
    Named(report_id): Named<ReportId>,
) -> Result<StatusCode, Refusal> {
    let by = app.by(&known.person_id);
    app.writer
        .run(
            (by, known.person_id, report_id),
            |tx, (by, admin, report_id)| Box::pin(change::dismiss(tx, by, admin, report_id)),
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
