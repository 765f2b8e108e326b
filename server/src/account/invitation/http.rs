//! Making invitations, listing and revoking them, and following one.
//!
//! The law: the link is in the answer to whoever made it, and in the mail where one was asked for; nowhere else.

use super::rules::role_of;
use super::take::{Taking, must_open, take};
use super::{Inviting, invitation_url, invite, revoke, shown};
use crate::account::door::{Arrival, Door};
use crate::account::http::{answer_user, close};
use crate::account::rules::may_have_password;
use crate::account::store::invitation::{InvitationRow, list_invitations};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::http::path::Named;
use crate::identity::caller::Known;
use crate::identity::token::TokenHash;
use crate::mail::{self, Letter};
use crate::person::email::Email;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use shared::account::{
    AcceptInvitation, CheckLink, InvitationList, InvitationMade, InvitationShown, Invite,
};
use shared::identity::Role;
use shared::ids::{InvitationId, Time};
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::text::Name;
use std::sync::Arc;

/// `POST /api/admin/invitations`: somebody new, by a link.
///
/// **Errors**: about the name, the address or the group; `email_taken`; `too_many`; `mail_off` where the link is to be
/// mailed and no mail is set up.
pub async fn make_invitation(
    State(app): State<Arc<App>>,
    known: Known,
    Command(form): Command<Invite>,
) -> Result<Answer<InvitationMade>, Refusal> {
    let policy = app.policy();
    if form.by_mail.is_on() && !mail::is_set_up(&policy.settings) {
        return Err(ProblemCode::MailOff.into());
    }
    let name = Name::parse(&form.name).map_err(|code| Problem::about(code, Field::Name))?;
    let email = Email::parse(&form.email).map_err(|code| Problem::about(code, Field::Email))?;
    let token = app.mint.token();
    let row = InvitationRow {
        invitation_id: app.mint.id(),
        person_id: None,
        name: name.as_str().to_owned(),
        login: email.normalised().to_owned(),
        email_as_typed: email.as_typed().to_owned(),
        is_admin: form.admin.is_on(),
        group_id: form.group_id,
        invited_by: Some(known.person_id.clone()),
        expires_at: Time::default(),
    };
    let inviting = Inviting {
        invitation_id: row.invitation_id.clone(),
        token: TokenHash::of(token.as_bytes()),
        name,
        email: email.clone(),
        is_admin: row.is_admin,
        group_id: row.group_id.clone(),
        by: app.by(&known.person_id),
    };
    let expires_at = app
        .writer
        .run(inviting, |tx, inviting| Box::pin(invite(tx, inviting)))
        .await?;
    let row = InvitationRow { expires_at, ..row };
    let link = invitation_url(&app.config.public_origin, &token);
    let was_mailed = form.by_mail.is_on() && mail_link(&app, &email, &link).await;
    Ok(Answer::ok(made(&app, row, link, was_mailed)))
}

/// `false`: the mail server did not take it; the link is shown all the same.
async fn mail_link(app: &App, email: &Email, link: &str) -> bool {
    let site_name = &app.policy().settings.site_name;
    let letter = Letter {
        to: email.clone(),
        subject: format!("Your invitation to {site_name}"),
        text: format!(
            "You are invited to the support chat of {site_name}.\n\nChoose a password here:\n{link}\n\n\
             The link works once, for {} days.\n",
            limits::INVITATION_DAYS
        ),
    };
    mail::send(app, letter).await.is_ok()
}

/// The answer to whoever made a link.
pub(in crate::account) fn made(
    app: &App,
    row: InvitationRow,
    link: String,
    was_mailed: bool,
) -> InvitationMade {
    let role = role(app, &row);
    InvitationMade {
        invitation: shown(row, role),
        link,
        was_mailed,
    }
}

fn role(app: &App, row: &InvitationRow) -> Role {
    let policy = app.policy();
    role_of(
        row,
        |person_id| policy.role_of_user(person_id),
        policy.guest_group(),
    )
}

/// `GET /api/admin/invitations`.
pub async fn show_invitations(
    State(app): State<Arc<App>>,
    _: Known,
) -> Result<Answer<InvitationList>, Refusal> {
    let most = i64::try_from(limits::INVITATIONS).unwrap_or(i64::MAX);
    let rows = {
        let mut connection = app.database.read().await?;
        list_invitations(&mut connection, most, app.clock.now()).await?
    };
    let invitations = rows.into_iter().map(|row| {
        let role = role(&app, &row);
        shown(row, role)
    });
    Ok(Answer::ok(InvitationList {
        invitations: invitations.collect(),
    }))
}

/// `DELETE /api/admin/invitations/{id}`.
///
/// **Errors**: `not_found`.
pub async fn revoke_invitation(
    State(app): State<Arc<App>>,
    known: Known,
    Named(invitation_id): Named<InvitationId>,
) -> Result<StatusCode, Refusal> {
    app.writer
        .run(
            (app.by(&known.person_id), invitation_id),
            |tx, (by, invitation_id)| Box::pin(revoke(tx, by, invitation_id)),
        )
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/invitations/check`: what the one who follows the link is shown.
///
/// **Errors**: `not_found`.
pub async fn check_invitation(
    State(app): State<Arc<App>>,
    Command(CheckLink { token }): Command<CheckLink>,
) -> Result<Answer<InvitationShown>, Refusal> {
    let row = find(&app, &TokenHash::of(token.as_bytes())).await?;
    Ok(Answer::ok(InvitationShown {
        role: role(&app, &row),
        name: row.name,
        email: row.email_as_typed,
        site_name: app.policy().settings.site_name.clone(),
    }))
}

async fn find(app: &App, token: &TokenHash) -> Result<InvitationRow, Refusal> {
    let row = app
        .writer
        .run((token.clone(), app.by_nobody()), |tx, (token, by)| {
            Box::pin(must_open(tx, token, by))
        })
        .await?;
    app.policy_changed().await?;
    Ok(row)
}

/// `POST /api/invitations`: takes it up, and signs in: at `/agent`, and admins at `/admin` too. Answers `Session`.
///
/// **Errors**: `not_found`; about the name; what [`may_have_password`] says about the password.
pub async fn take_invitation(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Command(form): Command<AcceptInvitation>,
) -> Result<Response, Refusal> {
    let token = TokenHash::of(form.token.as_bytes());
    let row = find(&app, &token).await?;
    let name = Name::parse(&form.name).map_err(|code| Problem::about(code, Field::Name))?;
    let called = row.person_id.as_ref().map_or(name.as_str(), |_| &row.name);
    may_have_password(&form.password, called, &row.login)
        .map_err(|code| Problem::about(code, Field::Password))?;
    let door = match role(&app, &row) {
        Role::Admin => Door::Admin,
        Role::Visitor | Role::Guest | Role::User | Role::Agent => Door::Agent,
    };
    let arrival = Arrival::at(door, &app, &headers);
    let taking = Taking {
        token,
        person_id: app.mint.id(),
        name,
        password_hash: app.passwords.hash(&form.password, &app.mint).await?,
        beginnings: arrival.beginnings(),
        settings: app.policy().settings.clone(),
        by: app.by_nobody(),
    };
    let taken = app
        .writer
        .run(taking, |tx, taking| Box::pin(take(tx, taking)))
        .await?;
    app.policy_changed().await?;
    close(&app, &taken.ended);
    answer_user(&app, arrival.let_in(&app, taken.begun)?).await
}
