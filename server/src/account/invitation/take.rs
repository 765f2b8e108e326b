//! Following an invitation, as it happens inside the writer's transaction.

use super::super::sign_in::begin_all;
use super::super::store::invitation::{InvitationRow, delete_invitation, find_invitation};
use super::super::store::{find_account, find_account_by_login, insert_account, update_password};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::group::store::{Source, has_group, insert_member};
use crate::identity::begin::{Beginning, Begun};
use crate::identity::store::delete_sessions_but;
use crate::identity::token::TokenHash;
use crate::person::email::Email;
use crate::person::store::{KnownEmail, find_person, insert_user, update_admin_since};
use crate::safety::audit::{self, By, Done};
use crate::settings::store::raise_policy_version;
use shared::ids::PersonId;
use shared::problem::ProblemCode;
use shared::settings::Settings;
use shared::text::Name;

/// What somebody has typed who follows a link, checked.
pub struct Taking {
    pub token: TokenHash,
    /// Of somebody new.
    pub person_id: PersonId,
    pub name: Name,
    pub password_hash: String,
    pub beginnings: Vec<Beginning>,
    pub settings: Settings,
    pub by: By,
}

/// What became of it.
pub struct Taken {
    pub person_id: PersonId,
    pub begun: Vec<Begun>,
    /// Sessions that the new password ended.
    pub ended: Vec<TokenHash>,
}

/// The invitation of a link, if it still works: who made it is still an admin, and nobody else has the address by now.
///
/// **Errors**: `not_found`.
pub async fn must_open(
    tx: &mut Tx<'_>,
    token: &TokenHash,
    by: &By,
) -> Result<InvitationRow, Refusal> {
    let invitation = find_invitation(tx.connection(), token, by.now).await?;
    let invitation = invitation.ok_or(ProblemCode::NotFound)?;
    let is_vouched = match &invitation.invited_by {
        // The operator is always there.
        None => true,
        Some(admin) => find_person(tx.connection(), admin)
            .await?
            .is_some_and(|admin| admin.admin_since.is_some() && admin.disabled_at.is_none()),
    };
    let holder = find_account_by_login(tx.connection(), &invitation.login).await?;
    let is_free =
        holder.is_none_or(|holder| Some(&holder.person_id) == invitation.person_id.as_ref());
    let is_welcome = match &invitation.person_id {
        None => true,
        Some(person_id) => find_person(tx.connection(), person_id)
            .await?
            .is_some_and(|person| person.disabled_at.is_none()),
    };
    if is_vouched && is_free && is_welcome {
        Ok(invitation)
    } else {
        Err(ProblemCode::NotFound.into())
    }
}

/// Takes the invitation up.
///
/// **Errors**: `not_found`.
pub async fn take(tx: &mut Tx<'_>, taking: &Taking) -> Result<Taken, Refusal> {
    let invitation = must_open(tx, &taking.token, &taking.by).await?;
    delete_invitation(tx.connection(), &invitation.invitation_id).await?;
    let (person_id, ended) = match invitation.person_id.clone() {
        Some(person_id) => {
            let ended = renew_password(tx, taking, &person_id, &invitation.login).await?;
            (person_id, ended)
        }
        None => (come_in(tx, taking, &invitation).await?, Vec::new()),
    };
    let Taking { settings, by, .. } = taking;
    let begun = begin_all(tx, &taking.beginnings, &person_id, settings, by).await?;
    Ok(Taken {
        person_id,
        begun,
        ended,
    })
}

/// Somebody who is there already: a new password, and every session before it ends.
async fn renew_password(
    tx: &mut Tx<'_>,
    taking: &Taking,
    person_id: &PersonId,
    login: &str,
) -> Result<Vec<TokenHash>, Refusal> {
    let (hash, now) = (&taking.password_hash, taking.by.now);
    match find_account(tx.connection(), person_id).await? {
        Some(_) => update_password(tx.connection(), person_id, hash, now).await?,
        None => insert_account(tx.connection(), person_id, login, hash, now).await?,
    }
    let by = By {
        actor: Some(person_id.clone()),
        ..taking.by.clone()
    };
    let user = person_id.clone();
    audit::record(tx.connection(), &by, &Done::PasswordLinkTaken { user }).await?;
    Ok(delete_sessions_but(tx.connection(), person_id, &[], now).await?)
}

/// Somebody new.
async fn come_in(
    tx: &mut Tx<'_>,
    taking: &Taking,
    invitation: &InvitationRow,
) -> Result<PersonId, Refusal> {
    let (person_id, now) = (&taking.person_id, taking.by.now);
    let email = Email::parse(&invitation.email_as_typed)
        .map_err(|_| Refusal::Broken("an invitation holds an address"))?;
    let known = KnownEmail {
        email: &email,
        is_verified: false,
    };
    insert_user(
        tx.connection(),
        person_id,
        None,
        &taking.name,
        Some(known),
        now,
    )
    .await?;
    let login = email.normalised();
    insert_account(
        tx.connection(),
        person_id,
        login,
        &taking.password_hash,
        now,
    )
    .await?;
    if invitation.is_admin {
        update_admin_since(tx.connection(), person_id, Some(now), now).await?;
    }
    if let Some(group_id) = &invitation.group_id
        // A group may have ended since.
        && has_group(tx.connection(), group_id).await?
    {
        insert_member(tx.connection(), group_id, person_id, Source::Manual, now).await?;
    }
    raise_policy_version(tx.connection()).await?;
    let by = By {
        actor: Some(person_id.clone()),
        ..taking.by.clone()
    };
    let done = Done::InvitationTaken {
        invitation: invitation.invitation_id.clone(),
        user: person_id.clone(),
    };
    audit::record(tx.connection(), &by, &done).await?;
    Ok(person_id.clone())
}
