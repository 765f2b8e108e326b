//! Signing in and out by password, and what somebody does about their own account.
//!
//! The law: an address without an account, a wrong password, a disabled person and somebody who is no admin at `/admin`
//! get one and the same answer for one and the same effort.

use super::admin_session::admin_session_of;
use super::door::{Arrival, Door, LetIn};
use super::rules::may_have_password;
use super::sessions::{rows, session_named};
use super::sign_in::{self, Changing, SigningIn, refused};
use super::store::{Account, find_account, find_account_by_login};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::identity::caller::{Caller, Known, identify_token};
use crate::identity::cookies;
use crate::identity::session_view::session_of;
use crate::identity::sign_in::sign_out;
use crate::identity::store::{SessionKind, list_sessions_of};
use crate::identity::token::TokenHash;
use crate::metrics;
use crate::person::email::Email;
use crate::realtime::closing::Closing;
use crate::safety::audit::{self, Done};
use crate::safety::limiter::Peer;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use shared::account::{AdminSession, ChangePassword, SessionList, SignInWithPassword};
use shared::problem::{Field, Problem, ProblemCode};
use std::sync::Arc;

/// `POST /api/account/session`: signs in at `/agent`. Answers `Session`.
///
/// **Errors**: `sign_in_refused`; `slow_down`.
pub async fn begin_session(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Command(form): Command<SignInWithPassword>,
) -> Result<Response, Refusal> {
    let let_in = let_in(&app, Door::Agent, &peer, &headers, form).await?;
    answer_user(&app, let_in).await
}

/// The chat's start, with its cookies.
pub(super) async fn answer_user(app: &App, let_in: LetIn) -> Result<Response, Refusal> {
    let caller = identify_token(app, SessionKind::User, &let_in.user).await?;
    let session = session_of(app, &caller, None).await?;
    Ok((let_in.cookies, Answer::ok(session)).into_response())
}

/// `POST /api/admin/session`: signs in at `/admin`. Answers [`AdminSession`].
///
/// **Errors**: `sign_in_refused`; `slow_down`.
pub async fn begin_admin_session(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    Command(form): Command<SignInWithPassword>,
) -> Result<Response, Refusal> {
    let let_in = let_in(&app, Door::Admin, &peer, &headers, form).await?;
    answer_admin(&app, let_in).await
}

/// The admin page's start, with its cookies.
pub(super) async fn answer_admin(app: &App, let_in: LetIn) -> Result<Response, Refusal> {
    match identify_token(app, SessionKind::Admin, &let_in.own).await? {
        Caller::Known(known) => {
            let session = admin_session_of(app, &known).await?;
            Ok((let_in.cookies, Answer::ok(session)).into_response())
        }
        Caller::Visitor | Caller::Anonymous(_) | Caller::Former(_) => Err(refused().into()),
    }
}

async fn let_in(
    app: &App,
    door: Door,
    peer: &Peer,
    headers: &HeaderMap,
    form: SignInWithPassword,
) -> Result<LetIn, Refusal> {
    let tried = try_door(app, door, peer, headers, form).await;
    app.metrics.signed_in(metrics::Door::Password, &tried);
    tried
}

async fn try_door(
    app: &App,
    door: Door,
    peer: &Peer,
    headers: &HeaderMap,
    form: SignInWithPassword,
) -> Result<LetIn, Refusal> {
    let account = check_password(app, peer, &form).await?;
    let arrival = Arrival::at(door, app, headers);
    let login = account.login;
    let signing_in = SigningIn {
        door,
        person_id: account.person_id,
        password_hash: account.password_hash,
        beginnings: arrival.beginnings(),
        settings: app.policy().settings.clone(),
        by: app.by_nobody(),
    };
    let begun = app
        .writer
        .run(signing_in, |tx, signing_in| {
            Box::pin(sign_in::sign_in(tx, signing_in))
        })
        .await?;
    app.back_off.succeeded(&login, peer);
    // Whoever became an admin a moment ago, by another process, is one now.
    app.policy_changed().await?;
    arrival.let_in(app, begun)
}

/// The account whose password this is. A text that is no address is no account's.
async fn check_password(
    app: &App,
    peer: &Peer,
    form: &SignInWithPassword,
) -> Result<Account, Refusal> {
    let email = Email::parse(&form.email).ok();
    let login = email
        .as_ref()
        .map_or(form.email.as_str(), Email::normalised);
    count_try(app, login, peer)?;
    let account = {
        let mut connection = app.database.read().await?;
        find_account_by_login(&mut connection, login).await?
    };
    let kept = account
        .as_ref()
        .map(|account| account.password_hash.as_str());
    let is_right = app.passwords.is_right(&form.password, kept).await?;
    match account {
        Some(account) if is_right => Ok(account),
        account => {
            note_refusal(app, peer, account).await?;
            Err(refused().into())
        }
    }
}

fn count_try(app: &App, login: &str, peer: &Peer) -> Result<(), Problem> {
    app.back_off
        .count_try(login, peer, app.clock.now())
        .map_err(|reached| Problem::retry_after(ProblemCode::SlowDown, reached.retry_after_s))
}

/// Whoever guesses by the thousand gets no more lines in the audit log.
async fn note_refusal(app: &App, peer: &Peer, account: Option<Account>) -> Result<(), Refusal> {
    let by = app.by_nobody();
    if app.sign_ins.count(peer, by.now).is_err() {
        return Ok(());
    }
    let user = account.map(|account| account.person_id);
    app.writer
        .run((by, user), |tx, (by, user)| {
            Box::pin(sign_in::note_refusal(tx, by, user.clone()))
        })
        .await
}

/// `GET /api/admin/session`.
pub async fn show_admin_session(
    State(app): State<Arc<App>>,
    known: Known,
) -> Result<Answer<AdminSession>, Refusal> {
    Ok(Answer::ok(admin_session_of(&app, &known).await?))
}

/// `DELETE /api/admin/session`: signs out of the admin page, and of the chat in the same browser.
pub async fn end_admin_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let kinds = [SessionKind::Admin, SessionKind::User];
    let mut cleared = Vec::new();
    for kind in kinds {
        cleared.push((header::SET_COOKIE, cookies::clear(kind)));
        let Some(token) = cookies::read(&headers, kind) else {
            continue;
        };
        app.writer
            .run(
                (app.by_nobody(), kind, token.hash()),
                |tx, (by, kind, token_hash)| Box::pin(sign_out(tx, by, *kind, token_hash)),
            )
            .await?;
        app.hub.close_session(&token.hash(), Closing::SignedOut);
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders(cleared)).into_response())
}

/// `POST /api/account/password`: changes the own password, and ends every session outside this browser.
///
/// **Errors**: `not_found` for whom the host vouches; `sign_in_refused`; what [`may_have_password`] says; `slow_down`.
pub async fn change_password(
    State(app): State<Arc<App>>,
    known: Known,
    peer: Peer,
    headers: HeaderMap,
    Command(form): Command<ChangePassword>,
) -> Result<StatusCode, Refusal> {
    let account = {
        let mut connection = app.database.read().await?;
        find_account(&mut connection, &known.person_id).await?
    };
    let account = account.ok_or(ProblemCode::NotFound)?;
    may_have_password(&form.new_password, &account.name, &account.login)
        .map_err(|code| Problem::about(code, Field::NewPassword))?;
    count_try(&app, &account.login, &peer)?;
    let kept = Some(account.password_hash.as_str());
    if !app.passwords.is_right(&form.password, kept).await? {
        note_refusal(&app, &peer, Some(account)).await?;
        return Err(refused().into());
    }
    app.back_off.succeeded(&account.login, &peer);
    let changing = Changing {
        person_id: account.person_id,
        former_hash: account.password_hash,
        password_hash: app.passwords.hash(&form.new_password, &app.mint).await?,
        kept: of_this_browser(&known, &headers),
        by: app.by(&known.person_id),
    };
    let ended = app
        .writer
        .run(changing, |tx, changing| {
            Box::pin(sign_in::change_password(tx, changing))
        })
        .await?;
    close(&app, &ended);
    Ok(StatusCode::NO_CONTENT)
}

/// The session that asks, and the other door's in the same browser.
fn of_this_browser(known: &Known, headers: &HeaderMap) -> Vec<TokenHash> {
    let others = [SessionKind::User, SessionKind::Admin]
        .into_iter()
        .filter_map(|kind| cookies::read(headers, kind));
    others
        .map(|token| token.hash())
        .chain([known.token_hash.clone()])
        .collect()
}

/// Tells the sockets of sessions that were ended.
pub(super) fn close(app: &App, ended: &[TokenHash]) {
    for session in ended {
        app.hub.close_session(session, Closing::SignedOut);
    }
}

/// `GET /api/account/sessions`: where the caller is signed in.
pub async fn list_sessions(
    State(app): State<Arc<App>>,
    known: Known,
) -> Result<Answer<SessionList>, Refusal> {
    let mut connection = app.database.read().await?;
    let sessions = list_sessions_of(&mut connection, &known.person_id, app.clock.now()).await?;
    Ok(Answer::ok(SessionList {
        sessions: rows(&sessions, Some(&known.token_hash)),
    }))
}

/// `DELETE /api/account/sessions/{name}`: ends one of the caller's own.
///
/// **Errors**: `not_found`.
pub async fn end_session(
    State(app): State<Arc<App>>,
    known: Known,
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    let (person_id, by) = (known.person_id.clone(), app.by(&known.person_id));
    let ended = app
        .writer
        .run((person_id, name, by), |tx, (person_id, name, by)| {
            Box::pin(async move {
                let ended = session_named(tx, person_id, name, by.now).await?;
                let user = person_id.clone();
                audit::record(tx.connection(), by, &Done::SessionEnded { user }).await?;
                Ok(ended)
            })
        })
        .await?;
    close(&app, &[ended]);
    Ok(StatusCode::NO_CONTENT)
}
