//! Invitations, and links for a new password: made by admins, followed once.
//!
//! The laws: a link gives what it was made to give, to whoever follows it first, within seven days; it dies with the
//! powers of the admin who made it; a new password ends every session that was there before.

/// Making, listing, revoking and following.
pub mod http;
/// What is decided about them, as pure functions.
pub mod rules;
/// Following one, inside the writer's transaction.
pub mod take;

use super::store::invitation::{
    InvitationRow, NewInvitation, count_invitations, delete_invitation, delete_invitations_for,
    insert_invitation,
};
use super::store::{find_account, find_account_by_login};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::group::store::has_group;
use crate::identity::token::TokenHash;
use crate::person::email::Email;
use crate::person::store::{Person, PersonKind, find_person};
use crate::safety::audit::{self, By, Done};
use shared::account::Invitation;
use shared::identity::Role;
use shared::ids::{GroupId, InvitationId, PersonId, Time};
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::text::Name;

/// One day. **Units**: milliseconds.
const DAY_MS: i64 = 86_400_000;

/// Where the link leads.
pub fn invitation_url(public_origin: &str, token: &str) -> String {
    format!("{public_origin}/admin/invitation#{token}")
}

/// Somebody new, as an admin describes them.
pub struct Inviting {
    pub invitation_id: InvitationId,
    pub token: TokenHash,
    pub name: Name,
    pub email: Email,
    pub is_admin: bool,
    pub group_id: Option<GroupId>,
    pub by: By,
}

/// Makes an invitation. One that waited for the same address ends.
///
/// **Errors**: `email_taken`, `no_such_group`, `too_many`.
pub async fn invite(tx: &mut Tx<'_>, inviting: &Inviting) -> Result<Time, Refusal> {
    let Inviting { email, by, .. } = inviting;
    if find_account_by_login(tx.connection(), email.normalised())
        .await?
        .is_some()
    {
        return Err(Problem::about(ProblemCode::EmailTaken, Field::Email).into());
    }
    if let Some(group_id) = &inviting.group_id
        && !has_group(tx.connection(), group_id).await?
    {
        return Err(Problem::about(ProblemCode::NoSuchGroup, Field::GroupId).into());
    }
    let expires_at = store(
        tx,
        by,
        &NewInvitation {
            invitation_id: &inviting.invitation_id,
            token_hash: &inviting.token,
            person_id: None,
            name: inviting.name.as_str(),
            email,
            is_admin: inviting.is_admin,
            group_id: inviting.group_id.as_ref(),
            invited_by: by.actor.as_ref(),
            expires_at: Time(by.now.0 + limits::INVITATION_DAYS * DAY_MS),
        },
    )
    .await?;
    let done = Done::InvitationMade {
        invitation: inviting.invitation_id.clone(),
        is_admin: inviting.is_admin,
        group: inviting.group_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await?;
    Ok(expires_at)
}

async fn store(tx: &mut Tx<'_>, by: &By, invitation: &NewInvitation<'_>) -> Result<Time, Refusal> {
    let waiting = count_invitations(tx.connection(), by.now).await?;
    if usize::try_from(waiting).is_ok_and(|waiting| waiting >= limits::INVITATIONS) {
        return Err(Problem::about(ProblemCode::TooMany, Field::Email).into());
    }
    insert_invitation(tx.connection(), invitation, by.now).await?;
    Ok(invitation.expires_at)
}

/// A link for somebody who is there already.
pub struct Linking {
    pub person_id: PersonId,
    pub invitation_id: InvitationId,
    pub token: TokenHash,
    pub by: By,
}

/// Makes a link with which a user chooses a (new) password. One that waited for them ends.
///
/// **Errors**: `not_found` for guests and nobody; `email_required` where nobody knows an address to sign in with;
/// `email_taken` where somebody else signs in with it; `too_many`.
pub async fn link(tx: &mut Tx<'_>, linking: &Linking) -> Result<InvitationRow, Refusal> {
    let Linking { person_id, by, .. } = linking;
    let user = find_person(tx.connection(), person_id).await?;
    let user = user
        .filter(|person| person.kind == PersonKind::User && person.disabled_at.is_none())
        .ok_or(ProblemCode::NotFound)?;
    let email = login_of(tx, &user).await?;
    delete_invitations_for(tx.connection(), person_id).await?;
    let new = NewInvitation {
        invitation_id: &linking.invitation_id,
        token_hash: &linking.token,
        person_id: Some(person_id),
        name: &user.name,
        email: &email,
        is_admin: false,
        group_id: None,
        invited_by: by.actor.as_ref(),
        expires_at: Time(by.now.0 + limits::INVITATION_DAYS * DAY_MS),
    };
    let expires_at = store(tx, by, &new).await?;
    let done = Done::PasswordLinkMade {
        user: person_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await?;
    Ok(InvitationRow {
        invitation_id: linking.invitation_id.clone(),
        person_id: Some(person_id.clone()),
        login: email.normalised().to_owned(),
        email_as_typed: email.as_typed().to_owned(),
        name: user.name,
        is_admin: false,
        group_id: None,
        invited_by: by.actor.clone(),
        expires_at,
    })
}

/// The address that somebody signs in with: their account's, or the one that the host gave.
async fn login_of(tx: &mut Tx<'_>, user: &Person) -> Result<Email, Refusal> {
    let about_email = |code| Problem::about(code, Field::Email);
    let account = find_account(tx.connection(), &user.person_id).await?;
    if let Some(account) = account {
        return Ok(Email::parse(&account.login).map_err(about_email)?);
    }
    let typed = user.email.as_deref().unwrap_or_default();
    let email = Email::parse(typed).map_err(about_email)?;
    match find_account_by_login(tx.connection(), email.normalised()).await? {
        None => Ok(email),
        Some(_) => Err(about_email(ProblemCode::EmailTaken).into()),
    }
}

/// Revokes one that waits.
///
/// **Errors**: `not_found`.
pub async fn revoke(tx: &mut Tx<'_>, by: &By, invitation_id: &InvitationId) -> Result<(), Refusal> {
    if !delete_invitation(tx.connection(), invitation_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let done = Done::InvitationRevoked {
        invitation: invitation_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await
}

/// As admins see it.
pub fn shown(row: InvitationRow, role: Role) -> Invitation {
    Invitation {
        invitation_id: row.invitation_id,
        name: row.name,
        email: row.email_as_typed,
        role,
        expires_at: row.expires_at,
    }
}
