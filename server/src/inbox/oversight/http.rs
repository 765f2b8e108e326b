//! What an admin does with conversations: looks through them, reads along.

use super::{
    change::{note_reading, since},
    store::{self, Filter, Overseen, Wanted},
};
use crate::{
    app::App,
    conversation::{
        http::{ThreadQuery, as_staff_see, stretch, viewer},
        store::{Below, find_standing, list_messages},
    },
    error::Refusal,
    http::{
        answer::Answer,
        page::{Asked, below, cursor, limit},
        path::Named,
    },
    identity::caller::Known,
    person::search::Search,
    safety::activity::store::has_read_since,
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    conversation::{ConversationKind, CustomerKind},
    identity::Role,
    ids::{ConversationId, PersonId},
    problem::ProblemCode,
    safety::{AdminConversation, AdminConversationPage, AdminThread},
};
use std::sync::Arc;

/// Which page of which conversations.
#[derive(Deserialize)]
pub struct OverseenQuery {
    of: Option<String>,
    kind: Option<String>,
    filter: Option<String>,
    search: Option<String>,
    cursor: Option<String>,
    limit: Option<String>,
}

/// `GET /api/admin/conversations`.
///
/// **Errors**: `out_of_range` for a list, a kind or a filter that there is not; those of [`Search::parse`].
pub async fn list_conversations(
    State(app): State<Arc<App>>,
    known: Known,
    Asked(query): Asked<OverseenQuery>,
) -> Result<Answer<AdminConversationPage>, Refusal> {
    let policy = app.policy();
    let search = Search::parse(query.search.as_deref())?;
    let wanted = Wanted {
        of: of(query.of.as_deref())?,
        kind: kind(query.kind.as_deref())?,
        filter: filter(query.filter.as_deref())?,
        search: search.as_ref(),
    };
    let rows = limit(query.limit.as_deref(), policy.settings.page_size)?;
    let below = below(&policy.site_id, query.cursor.as_deref())?;
    let mut connection = app.database.read().await?;
    let mut overseen = store::list_overseen(
        &mut connection,
        viewer(&app, &known),
        wanted,
        &below,
        rows + 1,
    )
    .await?;
    let cursor = next_page(&mut overseen, rows).map(|below| cursor(&policy.site_id, &below));
    let conversations = overseen.into_iter().map(|row| shown(&app, row));
    let conversations = conversations.collect::<Result<_, _>>()?;
    Ok(Answer::ok(AdminConversationPage {
        conversations,
        cursor,
    }))
}

fn of(asked: Option<&str>) -> Result<CustomerKind, ProblemCode> {
    match asked {
        None | Some("users") => Ok(CustomerKind::User),
        Some("guests") => Ok(CustomerKind::Guest),
        Some(_) => Err(ProblemCode::OutOfRange),
    }
}

fn kind(asked: Option<&str>) -> Result<Option<ConversationKind>, ProblemCode> {
    match asked {
        None => Ok(None),
        Some("support") => Ok(Some(ConversationKind::Support)),
        Some("direct") => Ok(Some(ConversationKind::Direct)),
        Some(_) => Err(ProblemCode::OutOfRange),
    }
}

fn filter(asked: Option<&str>) -> Result<Filter, ProblemCode> {
    match asked {
        None | Some("all") => Ok(Filter::All),
        Some("unanswered") => Ok(Filter::Unanswered),
        Some("blocked") => Ok(Filter::Blocked),
        Some(_) => Err(ProblemCode::OutOfRange),
    }
}

/// Cuts a page to its length, and says where the next one begins, if there is one.
fn next_page(overseen: &mut Vec<Overseen>, rows: u32) -> Option<Below> {
    if overseen.len() <= rows as usize {
        return None;
    }
    overseen.truncate(rows as usize);
    overseen.last().map(|last| Below {
        last_activity_at: last.head.conversation.last_activity_at,
        conversation_id: last.head.conversation.conversation_id.clone().into(),
    })
}

/// `GET /api/admin/conversations/{id}/messages`: head and messages of one and the same moment, with a line in
/// *Activity* that says so.
pub async fn show_thread(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Asked(query): Asked<ThreadQuery>,
) -> Result<Answer<AdminThread>, Refusal> {
    let rows = limit(query.limit.as_deref(), app.policy().settings.page_size)?;
    let stretch = stretch(&query)?;
    leave_a_line(&app, &known.person_id, &conversation_id).await?;
    let mut snapshot = app.database.snapshot().await?;
    let overseen =
        store::find_overseen(&mut snapshot, viewer(&app, &known), &conversation_id).await?;
    let overseen = overseen.ok_or(ProblemCode::NotFound)?;
    let messages = list_messages(&mut snapshot, &conversation_id, stretch, rows).await?;
    Ok(Answer::ok(AdminThread {
        conversation: shown(&app, overseen)?,
        messages,
    }))
}

/// Writes down that an admin reads along, where that is news. Without the line nothing is read.
///
/// **Errors**: `not_found`.
async fn leave_a_line(
    app: &App,
    admin: &PersonId,
    conversation_id: &ConversationId,
) -> Result<(), Refusal> {
    let by = app.by(admin);
    {
        let mut connection = app.database.read().await?;
        find_standing(&mut connection, conversation_id)
            .await?
            .ok_or(ProblemCode::NotFound)?;
        // The writer decides; that a line is there already costs it nothing.
        if has_read_since(&mut connection, admin, conversation_id, since(by.now)).await? {
            return Ok(());
        }
    }
    let note = (by, admin.clone(), conversation_id.clone());
    app.writer
        .run(note, |tx, (by, admin, conversation_id)| {
            Box::pin(note_reading(tx, by, admin, conversation_id))
        })
        .await
}

/// **Errors**: `Broken` for a conversation of nobody.
fn shown(app: &App, overseen: Overseen) -> Result<AdminConversation, Refusal> {
    let Overseen {
        head,
        is_blocked,
        is_erased,
    } = overseen;
    let (owner, peer) = match (&head.direct, &head.conversation.customer) {
        (Some(direct), _) => (direct.owner.face.clone(), Some(direct.peer.face.clone())),
        (None, Some(customer)) => (customer.face.clone(), None),
        (None, None) => {
            return Err(Refusal::Broken("a support conversation has its customer"));
        }
    };
    let mut conversation = as_staff_see(app, Role::Admin, head);
    if peer.is_some() {
        // What two users have not read of each other's is nobody's task.
        conversation.unread = 0;
    }
    Ok(AdminConversation {
        conversation,
        owner,
        peer,
        is_blocked,
        is_erased,
    })
}
