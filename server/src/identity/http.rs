//! What somebody does about who they are: asks, signs in, signs out, starts as a guest, is forgotten.
//!
//! The law: every refused token is one and the same 401; the guest form's answer is the same, byte for byte, for every
//! address (G1), because nothing is looked up and nothing is stored.

use super::caller::{Vouched, identify, identify_token};
use super::cookies;
use super::device::device_of;
use super::host_token::{self, Verdict};
use super::rules::{may_begin_as_guest, read_guest_form};
use super::session_view::session_of;
use super::sign_in::{SignedIn, SigningIn, sign_in, sign_out};
use super::store::{SessionKind, find_ended_guest};
use super::token::{SessionToken, TokenHash};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::{Answer, Ours};
use crate::http::command::Command;
use crate::metrics::Door;
use crate::realtime::closing::Closing;
use crate::safety::audit::By;
use crate::safety::limiter::Peer;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use shared::identity::{Session, SignIn, StartChat};
use shared::problem::{Field, Problem, ProblemCode};
use std::sync::Arc;

/// `GET /api/session`.
pub async fn show_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Answer<Session>, Refusal> {
    let vouched = Vouched::of(&headers)?;
    if vouched == Vouched::Admin {
        // The admin page asks its own route; its cookie opens nothing of the chat.
        return Err(ProblemCode::NotFound.into());
    }
    // What another process changed a moment ago is seen at once.
    app.policy_changed().await?;
    let caller = identify(&app, vouched, &headers).await?;
    // A page that vouches for a user is told nothing of a guest until it is known who asks.
    let guest =
        guest_cookie(&headers).filter(|_| vouched == Vouched::Visitor || caller.known().is_some());
    let session = session_of(&app, &caller, guest.as_ref()).await?;
    Ok(Answer::ok(session))
}

/// `GET /api/session/early`: the same, asked by the widget's page itself while its program still travels. Such a request
/// has no headers of ours: it vouches for nobody.
pub async fn show_session_early(
    state: State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Ours<Session>, Refusal> {
    show_session(state, headers).await.map(Ours)
}

/// Of the guest's cookie that this browser holds.
fn guest_cookie(headers: &HeaderMap) -> Option<TokenHash> {
    cookies::read(headers, SessionKind::Guest).map(|token| token.hash())
}

/// `POST /api/session`: exchanges an identity token for the user's cookie.
///
/// **Errors**: `identity_invalid`, whatever is wrong with the token.
pub async fn begin_session(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Command(SignIn { token }): Command<SignIn>,
) -> Result<Response, Refusal> {
    let tried = exchange(&app, &peer, &headers, &token).await;
    app.metrics.signed_in(Door::Token, &tried);
    tried
}

async fn exchange(
    app: &App,
    peer: &Peer,
    headers: &HeaderMap,
    token: &str,
) -> Result<Response, Refusal> {
    let present = cookies::read(headers, SessionKind::User);
    let fresh = SessionToken::mint(&app.mint);
    let signing_in = SigningIn {
        device: device_of(headers),
        guest: guest_cookie(headers),
        ..judge(app, peer, token, present.as_ref(), &fresh)?
    };
    let outcome = app
        .writer
        .run(signing_in, |tx, signing_in| {
            Box::pin(sign_in(tx, signing_in))
        })
        .await?;
    app.policy_changed().await?;
    let (token, is_new) = match (outcome, present) {
        (SignedIn::Began { ended }, _) => {
            if let Some(ended) = ended {
                app.hub.close_session(&ended, Closing::SignedOut);
            }
            (fresh, true)
        }
        (SignedIn::Renewed, Some(present)) => (present, true),
        (SignedIn::Continued, Some(present)) => (present, false),
        (SignedIn::Renewed | SignedIn::Continued, None) | (SignedIn::Refused, _) => {
            return Err(identity_invalid());
        }
    };
    let caller = identify_token(app, SessionKind::User, &token).await?;
    let guest = guest_cookie(headers);
    let answer = Answer::ok(session_of(app, &caller, guest.as_ref()).await?);
    if !is_new {
        return Ok(answer.into_response());
    }
    let cookie = cookies::set(
        SessionKind::User,
        &token,
        app.policy().settings.guest_absolute_days,
    );
    Ok((set_cookie(cookie), answer).into_response())
}

/// Reads a token; what it is worth is settled inside the transaction.
fn judge(
    app: &App,
    peer: &Peer,
    token: &str,
    present: Option<&SessionToken>,
    fresh: &SessionToken,
) -> Result<SigningIn, Refusal> {
    let (policy, now) = (app.policy(), app.clock.now());
    let keys = app.config.identity_keys.and(&policy.identity_keys);
    let verdict = host_token::verify(token, &keys, &policy.site_id, now);
    // Whoever tries tokens by the thousand gets the same answer, and no more lines in the audit log.
    let is_noted = app.sign_ins.count(peer, now).is_ok();
    if verdict.is_err() && !is_noted {
        return Err(identity_invalid());
    }
    let signed_by = match &verdict {
        Ok(Verdict::Fresh(claims)) => Some(app.config.identity_keys.signer(&claims.key_id)),
        _ => None,
    };
    Ok(SigningIn {
        verdict,
        signed_by,
        present: present.map(SessionToken::hash),
        fresh: fresh.hash(),
        device: String::new(),
        guest: None,
        settings: policy.settings.clone(),
        is_noted,
        by: By {
            actor: None,
            mint: app.mint.clone(),
            now,
        },
    })
}

/// `DELETE /api/session`: signs out, whoever the page vouches for. What the visitor is then is the answer.
pub async fn end_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    end(&app, &headers, SessionKind::User).await?;
    let caller = identify(&app, Vouched::Visitor, &headers).await?;
    let cleared = set_cookie(cookies::clear(SessionKind::User));
    let guest = guest_cookie(&headers);
    let session = session_of(&app, &caller, guest.as_ref()).await?;
    Ok((cleared, Answer::ok(session)).into_response())
}

/// `POST /api/guest`: *Start chat*. Checks the form, gives a cookie that nobody stands behind yet, and stores nothing.
///
/// A cookie that the browser holds already stays: another tab may be sending its first message under it right now. One
/// that a conversion ended is nobody's, and makes way.
pub async fn start_chat(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Command(form): Command<StartChat>,
) -> Result<Response, Refusal> {
    // A door that another process closed a moment ago is closed.
    app.policy_changed().await?;
    let policy = app.policy();
    may_begin_as_guest(policy.door())?;
    read_guest_form(&form.name, &form.email, &policy.reserved_names)?;
    if let Some(token) = cookies::read(&headers, SessionKind::Guest)
        && !has_ended(&app, &token).await?
    {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let token = SessionToken::mint(&app.mint);
    let cookie = cookies::set(
        SessionKind::Guest,
        &token,
        policy.settings.guest_absolute_days,
    );
    Ok((StatusCode::NO_CONTENT, set_cookie(cookie)).into_response())
}

async fn has_ended(app: &App, token: &SessionToken) -> Result<bool, Refusal> {
    let mut connection = app.database.read().await?;
    let ended = find_ended_guest(&mut connection, &token.hash()).await?;
    Ok(ended.is_some())
}

/// `DELETE /api/guest`: *Forget me on this device*. The conversation stays with those who answer it.
pub async fn forget_guest(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    end(&app, &headers, SessionKind::Guest).await?;
    Ok((
        StatusCode::NO_CONTENT,
        set_cookie(cookies::clear(SessionKind::Guest)),
    )
        .into_response())
}

/// Ends the session behind a cookie and closes its sockets.
async fn end(app: &App, headers: &HeaderMap, kind: SessionKind) -> Result<(), Refusal> {
    let Some(token) = cookies::read(headers, kind) else {
        return Ok(());
    };
    let by = app.by_nobody();
    app.writer
        .run((by, kind, token.hash()), |tx, (by, kind, token_hash)| {
            Box::pin(sign_out(tx, by, *kind, token_hash))
        })
        .await?;
    app.hub.close_session(&token.hash(), Closing::SignedOut);
    Ok(())
}

fn set_cookie(cookie: HeaderValue) -> AppendHeaders<[(header::HeaderName, HeaderValue); 1]> {
    AppendHeaders([(header::SET_COOKIE, cookie)])
}

fn identity_invalid() -> Refusal {
    Problem::about(ProblemCode::IdentityInvalid, Field::Token).into()
}
