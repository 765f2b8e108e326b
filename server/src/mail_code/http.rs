//! What somebody does to show a mailbox: asks for a code, and enters it.
//!
//! The law: `POST /api/code` answers the same for every address, and before anything is looked up.

use super::change::{Asking, Entered, Entering, Holder, code_refused, enter};
use super::rules::{MailCode, are_codes_on};
use crate::app::App;
use crate::conversation::rules::Hand;
use crate::conversion::change::ConversionTerms;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::identity::caller::{Caller, identify_token};
use crate::identity::cookies;
use crate::identity::rules::{may_begin_as_guest, session_end};
use crate::identity::session_view::session_of;
use crate::identity::store::SessionKind;
use crate::identity::token::{SessionToken, TokenHash};
use crate::person::email::Email;
use crate::safety::limiter::{Peer, Reached};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use shared::conversion::{AskForCode, EnterCode};
use shared::identity::Session;
use shared::problem::{Field, Problem, ProblemCode};
use std::sync::Arc;

/// `POST /api/code`: mails a code, if there is something to continue under this address. A visitor gets a cookie that
/// nobody stands behind yet, as by *Start chat*: the code is bound to it.
///
/// **Errors**: `email_required`, `email_no_at`, `email_shape`, `email_too_long`; `guest_off` to visitors where the door
/// is closed.
pub async fn ask_for_code(
    State(app): State<Arc<App>>,
    caller: Caller,
    peer: Peer,
    Command(AskForCode { email }): Command<AskForCode>,
) -> Result<Response, Refusal> {
    app.policy_changed().await?;
    let policy = app.policy();
    if caller.known().is_none() {
        may_begin_as_guest(policy.door())?;
    }
    let email = Email::parse(&email).map_err(|code| Problem::about(code, Field::Email))?;
    let fresh = SessionToken::mint(&app.mint);
    let (holder, is_fresh) = match holder(&app, &caller) {
        Some(holder) => (holder, false),
        None => (visitor(&app, fresh.hash()), true),
    };
    if are_codes_on(&policy.settings) {
        let by = app.by_nobody();
        app.codes.take(Asking { holder, email, by }, &peer);
    }
    if !is_fresh {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let days = policy.settings.guest_absolute_days;
    let cookie = cookies::set(SessionKind::Guest, &fresh, days);
    let cookie = AppendHeaders([(header::SET_COOKIE, cookie)]);
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}

/// `POST /api/code/enter`: what was written under the address goes on in this session.
///
/// **Errors**: `code_refused`, whatever the reason; `slow_down` to whom tries by the hundred.
pub async fn enter_code(
    State(app): State<Arc<App>>,
    caller: Caller,
    peer: Peer,
    headers: HeaderMap,
    Command(EnterCode { code }): Command<EnterCode>,
) -> Result<Answer<Session>, Refusal> {
    let now = app.clock.now();
    app.codes
        .count_entered(&peer, now)
        .map_err(|Reached { retry_after_s }| {
            Problem::retry_after(ProblemCode::SlowDown, retry_after_s)
        })?;
    let code = MailCode::parse(&code).ok_or(code_refused())?;
    let holder = holder(&app, &caller).ok_or(code_refused())?;
    let kind = holder.kind;
    let entering = Entering {
        holder,
        code,
        person_id: app.mint.id(),
        session_ends: session_end(SessionKind::Guest, now, &app.policy().settings, now),
        by: app.by_nobody(),
    };
    let entered = app
        .writer
        .run(entering, |tx, entering| Box::pin(enter(tx, entering)))
        .await?;
    if entered == Entered::Refused {
        return Err(code_refused().into());
    }
    let token = cookies::read(&headers, kind).ok_or(ProblemCode::NoIdentity)?;
    let caller = identify_token(&app, kind, &token).await?;
    let guest = cookies::read(&headers, SessionKind::Guest).map(|token| token.hash());
    Ok(Answer::ok(session_of(&app, &caller, guest.as_ref()).await?))
}

/// Which session a code is bound to. `None`: a visitor's browser holds none yet.
fn holder(app: &App, caller: &Caller) -> Option<Holder> {
    match caller {
        Caller::Visitor | Caller::Former(_) => None,
        Caller::Anonymous(session) => Some(visitor(app, session.clone())),
        Caller::Known(known) => Some(Holder {
            kind: known.kind,
            session: known.token_hash.clone(),
            is_barred: known.role.is_staff() || known.hand() == Hand::Another,
            terms: terms(app),
        }),
    }
}

fn visitor(app: &App, session: TokenHash) -> Holder {
    Holder {
        kind: SessionKind::Guest,
        session,
        is_barred: false,
        terms: terms(app),
    }
}

fn terms(app: &App) -> ConversionTerms {
    ConversionTerms::of(&app.policy().settings)
}
