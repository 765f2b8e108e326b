//! What somebody does about conversions: answers the question, says *Not me*, takes one back, looks ahead.

use super::{
    change::{ConversionTerms, answer::Answering, answer::answer, not_me, undo},
    dry_run::dry_run,
    store,
};
use crate::{
    app::App,
    conversation::{
        rules::{Asker, Hand, may_see, sight},
        store::find_standing,
    },
    error::Refusal,
    http::{answer::Answer, command::Command, path::Named},
    identity::{
        caller::{Caller, Known},
        cookies,
        session_view::session_of,
        store::SessionKind,
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use shared::{
    conversation::{ConversationKind, Side},
    conversion::{AnswerQuestion, ConversionList, DryRun, DryRunOutcome, SameAddress},
    identity::Session,
    ids::{ConversationId, ConversionId},
    problem::ProblemCode,
};
use std::sync::Arc;

/// `POST /api/conversion/answer`. Answers the session anew, also where nothing was to be answered (any more).
pub async fn answer_question(
    State(app): State<Arc<App>>,
    known: Known,
    headers: HeaderMap,
    Command(AnswerQuestion { continue_here }): Command<AnswerQuestion>,
) -> Result<Answer<Session>, Refusal> {
    let guest_cookie = cookies::read(&headers, SessionKind::Guest).map(|token| token.hash());
    if let Some(guest_cookie) = &guest_cookie {
        let answering = Answering {
            user: known.person_id.clone(),
            guest_cookie: guest_cookie.clone(),
            is_acted: known.hand() == Hand::Another,
            continue_here,
            terms: ConversionTerms::of(&app.policy().settings),
            by: app.by(&known.person_id),
        };
        app.writer
            .run(answering, |tx, answering| Box::pin(answer(tx, answering)))
            .await?;
    }
    let session = session_of(&app, &Caller::Known(known), guest_cookie.as_ref()).await?;
    Ok(Answer::ok(session))
}

/// `POST /api/conversations/{id}/not-me`.
///
/// **Errors**: `not_found`, also for whoever is signed in as somebody else; `out_of_range`.
pub async fn say_not_me(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
) -> Result<StatusCode, Refusal> {
    if known.hand() == Hand::Another {
        return Err(ProblemCode::NotFound.into());
    }
    let asked = (app.by(&known.person_id), known.person_id, conversation_id);
    app.writer
        .run(asked, |tx, (by, user, conversation_id)| {
            Box::pin(not_me(tx, by, user, conversation_id))
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/admin/conversions/{id}/undo`.
///
/// **Errors**: `not_found`; `out_of_range`.
pub async fn undo_conversion(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversion_id): Named<ConversionId>,
) -> Result<StatusCode, Refusal> {
    let asked = (app.by(&known.person_id), known.person_id, conversion_id);
    app.writer
        .run(asked, |tx, (by, admin, conversion_id)| {
            Box::pin(undo(tx, by, admin, conversion_id))
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/admin/conversations/{id}/conversions`.
///
/// **Errors**: `not_found`.
pub async fn list_conversions(
    State(app): State<Arc<App>>,
    Named(conversation_id): Named<ConversationId>,
) -> Result<Answer<ConversionList>, Refusal> {
    let mut snapshot = app.database.snapshot().await?;
    find_standing(&mut snapshot, &conversation_id)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let conversions =
        store::list_conversions(&mut snapshot, &conversation_id, app.clock.now()).await?;
    Ok(Answer::ok(ConversionList { conversions }))
}

/// `GET /api/admin/conversations/{id}/same-address`: nothing for a direct conversation.
///
/// **Errors**: `not_found`.
pub async fn list_same_address(
    State(app): State<Arc<App>>,
    Named(conversation_id): Named<ConversationId>,
) -> Result<Answer<SameAddress>, Refusal> {
    let mut snapshot = app.database.snapshot().await?;
    find_standing(&mut snapshot, &conversation_id)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let conversations = store::list_same_address(&mut snapshot, &conversation_id).await?;
    Ok(Answer::ok(SameAddress { conversations }))
}

/// `GET /api/conversations/{id}/same-address`: nothing where the site keeps addresses from agents.
///
/// **Errors**: `not_found`, also for a conversation in which the caller is the customer.
pub async fn show_same_address(
    State(app): State<Arc<App>>,
    known: Known,
    Named(conversation_id): Named<ConversationId>,
) -> Result<Answer<SameAddress>, Refusal> {
    let mut snapshot = app.database.snapshot().await?;
    let standing = find_standing(&mut snapshot, &conversation_id).await?;
    let standing = standing.ok_or(ProblemCode::NotFound)?;
    let asker = Asker {
        person_id: &known.person_id,
        role: known.role,
    };
    let side = may_see(asker, standing.place())?;
    if side != Side::Staff || standing.kind != ConversationKind::Support {
        return Err(ProblemCode::NotFound.into());
    }
    let sight = sight(known.role, &app.policy().settings);
    let conversations = if sight.addresses.is_on() {
        store::list_same_address(&mut snapshot, &conversation_id).await?
    } else {
        Vec::new()
    };
    Ok(Answer::ok(SameAddress { conversations }))
}

/// `POST /api/admin/conversions/plan`: changes nothing.
pub async fn plan_conversions(
    State(app): State<Arc<App>>,
    Command(DryRun { policy }): Command<DryRun>,
) -> Result<Answer<DryRunOutcome>, Refusal> {
    let terms = ConversionTerms {
        policy,
        ..ConversionTerms::of(&app.policy().settings)
    };
    let mut snapshot = app.database.snapshot().await?;
    let outcome = dry_run(&mut snapshot, &terms, app.clock.now()).await?;
    Ok(Answer::ok(outcome))
}
