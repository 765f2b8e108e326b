//! What somebody does with conversations: starts one, lists theirs, reads, writes, has seen.

/// What somebody does against the other side.
mod block;
/// Starting one.
mod start;

pub use block::{block_person, unblock_person};
pub use start::start_conversation;

use super::{
    change::{self, Advance},
    rules::{Asker, Hand, may_see, sight},
    store::{self, Below, Head, Stretch, Viewer},
};
use crate::{
    app::App,
    conversion::rules::Undoer,
    database::writer::messages::Sending,
    error::Refusal,
    http::{
        answer::Answer,
        command::Command,
        page::{Asked, below, cursor, limit},
        path::Named,
    },
    identity::{caller::Known, store::SessionKind},
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    conversation::{
        AdvanceSeen, Conversation, ConversationPage, SeenAdvanced, SendMessage, Sent, Side, Thread,
    },
    identity::Role,
    ids::{ConversationId, Position, Time},
    problem::{Field, Problem, ProblemCode},
    text::MessageText,
};
use std::sync::Arc;

/// Which page of the caller's own.
#[derive(Deserialize)]
pub struct ListQuery {
    cursor: Option<String>,
    limit: Option<String>,
}

/// `GET /api/conversations`: the caller's own and their direct ones, newest activity first.
pub async fn list_conversations(
    State(app): State<Arc<App>>,
    known: Known,
    Asked(query): Asked<ListQuery>,
) -> Result<Answer<ConversationPage>, Refusal> {
    let policy = app.policy();
    let rows = limit(query.limit.as_deref(), policy.settings.page_size)?;
    let below = below(&policy.site_id, query.cursor.as_deref())?;
    let viewer = Viewer {
        person_id: &known.person_id,
        since: Time::default(),
    };
    let mut connection = app.database.read().await?;
    // One more than is shown says whether there is another page.
    let mut heads = store::list_own(&mut connection, viewer, &below, rows + 1).await?;
    let cursor = next_page(&mut heads, rows).map(|below| cursor(&policy.site_id, &below));
    let terms = policy.terms();
    let now = app.clock.now();
    let seen = |head: Head| {
        head.undoable(undoer(&known), now)
            .for_participant(&known.person_id, &terms)
    };
    let conversations = heads.into_iter().map(seen).collect();
    Ok(Answer::ok(ConversationPage {
        conversations,
        cursor,
    }))
}

/// Cuts a page to its length, and says where the next one begins, if there is one.
pub(crate) fn next_page(heads: &mut Vec<Head>, rows: u32) -> Option<Below> {
    if heads.len() <= rows as usize {
        return None;
    }
    heads.truncate(rows as usize);
    heads.last().map(|last| Below {
        last_activity_at: last.conversation.last_activity_at,
        conversation_id: last.conversation.conversation_id.clone().into(),
    })
}

/// `GET /api/conversations/{id}`.
pub async fn show_conversation(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
) -> Result<Answer<Conversation>, Refusal> {
    let mut connection = app.database.read().await?;
    let head = store::find_head(&mut connection, viewer(&app, &known), &conversation_id).await?;
    Ok(Answer::ok(seen_by(&app, &known, head)?))
}

/// Which stretch of a thread.
#[derive(Deserialize)]
pub struct ThreadQuery {
    before: Option<String>,
    after: Option<String>,
    pub(crate) limit: Option<String>,
}

/// `GET /api/conversations/{id}/messages`: head and messages of one and the same moment.
pub async fn show_thread(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Asked(query): Asked<ThreadQuery>,
) -> Result<Answer<Thread>, Refusal> {
    let rows = limit(query.limit.as_deref(), app.policy().settings.page_size)?;
    let stretch = stretch(&query)?;
    let mut snapshot = app.database.snapshot().await?;
    let head = store::find_head(&mut snapshot, viewer(&app, &known), &conversation_id).await?;
    let conversation = seen_by(&app, &known, head)?;
    let messages = store::list_messages(&mut snapshot, &conversation_id, stretch, rows).await?;
    Ok(Answer::ok(Thread {
        conversation,
        messages,
    }))
}

pub(crate) fn stretch(query: &ThreadQuery) -> Result<Stretch, Problem> {
    let position = |text: &str| {
        let is_number =
            !text.is_empty() && text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| is_number);
        number
            .map(Position)
            .ok_or(Problem::about(ProblemCode::Malformed, Field::Position))
    };
    match (&query.before, &query.after) {
        (None, None) => Ok(Stretch::Newest),
        (Some(before), None) => Ok(Stretch::Before(position(before)?)),
        (None, Some(after)) => Ok(Stretch::After(position(after)?)),
        (Some(_), Some(_)) => Err(Problem::about(ProblemCode::Malformed, Field::Position)),
    }
}

/// `POST /api/conversations/{id}/messages`.
pub async fn send_message(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Command(command): Command<SendMessage>,
) -> Result<Answer<Sent>, Refusal> {
    let text = MessageText::parse(&command.text).map_err(about_text)?;
    app.limits
        .count_message(&known, &command.client_id, text.as_str(), app.clock.now())?;
    let sending = Sending {
        conversation_id,
        client_id: command.client_id,
        hand: known.hand(),
        author: known.person_id,
        terms: app.policy().terms(),
        text,
        reply_to: command.reply_to,
    };
    Ok(Answer::ok(app.writer.send(sending).await?.sent))
}

/// `PUT /api/conversations/{id}/seen`.
pub async fn advance_seen(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
    Command(AdvanceSeen { position }): Command<AdvanceSeen>,
) -> Result<Answer<SeenAdvanced>, Refusal> {
    let advance = Advance {
        conversation_id,
        hand: known.hand(),
        person_id: known.person_id,
        terms: app.policy().terms(),
        position,
    };
    let advanced = app
        .writer
        .run(advance, |tx, advance| {
            Box::pin(change::advance_seen(tx, advance))
        })
        .await?;
    Ok(Answer::ok(advanced))
}

fn about_text(code: ProblemCode) -> Problem {
    Problem::about(code, Field::Text)
}

/// Through whose eyes.
pub(crate) fn viewer<'a>(app: &App, known: &'a Known) -> Viewer<'a> {
    let since = app
        .policy()
        .staff_since(&known.person_id)
        .unwrap_or_default();
    Viewer {
        person_id: &known.person_id,
        since,
    }
}

/// The head as somebody of the staff may see it, with the page that the customer is on now.
pub(crate) fn as_staff_see(app: &App, role: Role, head: Head) -> Conversation {
    let page = app.hub.page_of(&head.owner);
    let undoer = match role {
        Role::Admin => Undoer::Admin,
        _ => Undoer::Nobody,
    };
    let now = app.clock.now();
    head.undoable(undoer, now)
        .for_staff(page, sight(role, &app.policy().settings), now)
}

/// As whom somebody may say that a conversation came to them by mistake.
fn undoer(known: &Known) -> Undoer<'_> {
    match known.kind {
        SessionKind::User if known.hand() == Hand::Another => Undoer::Nobody,
        SessionKind::User => Undoer::User(&known.person_id),
        SessionKind::Guest | SessionKind::Admin => Undoer::Nobody,
    }
}

/// The head as the caller may see it.
///
/// **Errors**: `not_found`.
fn seen_by(app: &App, known: &Known, head: Option<Head>) -> Result<Conversation, Problem> {
    let head = head.ok_or(ProblemCode::NotFound)?;
    let asker = Asker {
        person_id: &known.person_id,
        role: known.role,
    };
    match may_see(asker, head.place())? {
        Side::Staff if head.direct.is_none() => Ok(as_staff_see(app, known.role, head)),
        Side::Staff | Side::Customer | Side::System => {
            let head = head.undoable(undoer(known), app.clock.now());
            Ok(head.for_participant(&known.person_id, &app.policy().terms()))
        }
    }
}
