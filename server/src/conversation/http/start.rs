//! Starting a conversation: a guest's first message, a user's with support, or the first message to somebody.

use super::about_text;
use crate::{
    app::App,
    conversation::{
        change::{self, Newcomer, Opener, Opening},
        rules::{Hand, may_write_to_people},
    },
    conversion::change::ConversionTerms,
    error::Refusal,
    http::{answer::Answer, command::Command},
    identity::{
        caller::{Caller, Known},
        rules::{may_begin_as_guest, read_guest_form, session_end},
        store::SessionKind,
    },
    safety::limiter::Peer,
};
use axum::extract::State;
use shared::{
    conversation::{GuestParticulars, StartConversation, Started},
    problem::{Field, Problem, ProblemCode},
    text::MessageText,
};
use std::sync::Arc;

/// `POST /api/conversations`: a guest's first message, a user's new conversation with support, or the first message to
/// somebody.
pub async fn start_conversation(
    State(app): State<Arc<App>>,
    caller: Caller,
    peer: Peer,
    Command(command): Command<StartConversation>,
) -> Result<Answer<Started>, Refusal> {
    let text = MessageText::parse(&command.text).map_err(about_text)?;
    if command.with.is_some() {
        may_write_to_people(caller.role())?;
    }
    let opener = opener(&app, &caller, command.guest)?;
    let (limits, now) = (&app.limits, app.clock.now());
    match (&command.with, caller.known()) {
        // Among colleagues a start is a message like others: who writes to six of them is no flood.
        (Some(_), Some(known)) => {
            limits.count_message(known, &command.client_id, text.as_str(), now)?;
        }
        _ => limits.count_start(&caller, &command.client_id, peer, now)?,
    }
    let opening = Opening {
        opener,
        conversation_id: app.mint.id(),
        client_id: command.client_id,
        text,
        with: command.with,
        hand: caller.known().map_or(Hand::Own, Known::hand),
        terms: app.policy().terms(),
        conversion: ConversionTerms::of(&app.policy().settings),
        now: app.clock.now(),
    };
    let started = app
        .writer
        .run(opening, |tx, opening| Box::pin(change::start(tx, opening)))
        .await?;
    Ok(Answer::ok(started))
}

/// Who would open it: whoever has a session, or a newcomer with a good form and an open door.
fn opener(app: &App, caller: &Caller, guest: Option<GuestParticulars>) -> Result<Opener, Refusal> {
    let token_hash = match caller {
        Caller::Visitor => return Err(ProblemCode::NoIdentity.into()),
        Caller::Known(known) => {
            return Ok(match known.kind {
                SessionKind::Guest => Opener::Guest(known.token_hash.clone()),
                SessionKind::User | SessionKind::Admin => Opener::User(known.person_id.clone()),
            });
        }
        // Nothing is begun under it: they are told what became of what they sent.
        Caller::Former(token_hash) => return Ok(Opener::Guest(token_hash.clone())),
        Caller::Anonymous(token_hash) => token_hash.clone(),
    };
    let (policy, now) = (app.policy(), app.clock.now());
    may_begin_as_guest(policy.door())?;
    let guest = guest.ok_or(Problem::about(ProblemCode::NameRequired, Field::Name))?;
    let (name, email) = read_guest_form(&guest.name, &guest.email, &policy.reserved_names)?;
    let session_ends = session_end(SessionKind::Guest, now, &policy.settings, now);
    Ok(Opener::Newcomer(Box::new(Newcomer {
        token_hash,
        person_id: app.mint.id(),
        name,
        email,
        session_ends,
    })))
}
