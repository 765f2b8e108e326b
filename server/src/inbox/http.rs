//! What an agent does with the inbox: reads it.

use super::store;
use crate::{
    app::App,
    conversation::{
        http::{as_staff_see, next_page, viewer},
        store::Head,
    },
    error::Refusal,
    http::{
        answer::Answer,
        page::{Asked, below, cursor, limit},
    },
    identity::caller::Known,
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    inbox::{InboxFilter, InboxPage},
    problem::ProblemCode,
};
use std::sync::Arc;

/// Which page of which conversations.
#[derive(Deserialize)]
pub struct InboxQuery {
    filter: Option<String>,
    cursor: Option<String>,
    limit: Option<String>,
}

/// `GET /api/inbox`.
pub async fn show_inbox(
    State(app): State<Arc<App>>,
    known: Known,
    Asked(query): Asked<InboxQuery>,
) -> Result<Answer<InboxPage>, Refusal> {
    let policy = app.policy();
    let filter = filter(query.filter.as_deref())?;
    let rows = limit(query.limit.as_deref(), policy.settings.page_size)?;
    let below = below(&policy.site_id, query.cursor.as_deref())?;
    let (viewer, group) = (viewer(&app, &known), policy.guest_group());
    let mut snapshot = app.database.snapshot().await?;
    let mut heads =
        store::list_inbox(&mut snapshot, viewer, group, filter, &below, rows + 1).await?;
    let unread_conversations = store::count_unread(&mut snapshot, viewer, group).await?;
    let cursor = next_page(&mut heads, rows).map(|below| cursor(&policy.site_id, &below));
    let seen = |head: Head| as_staff_see(&app, known.role, head);
    let conversations = heads.into_iter().map(seen).collect();
    Ok(Answer::ok(InboxPage {
        conversations,
        cursor,
        unread_conversations,
    }))
}

/// **Errors**: `out_of_range` for a filter that there is not.
fn filter(asked: Option<&str>) -> Result<InboxFilter, ProblemCode> {
    match asked {
        None | Some("all") => Ok(InboxFilter::All),
        Some("unanswered") => Ok(InboxFilter::Unanswered),
        Some(_) => Err(ProblemCode::OutOfRange),
    }
}
