//! Changing users from outside a conversation: the command line, the demo, the admin page to come.
//!
//! The law: what changes anybody's rights raises the policy's version and leaves a line in the audit log, in the same
//! transaction.

use super::email::Email;
use super::store::{self, KnownEmail, Person, PersonKind};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::claims::Subject;
use crate::safety::audit::{self, By, Done};
use crate::{identity, settings};
use shared::ids::PersonId;
use shared::text::Name;

/// Why a change was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonFault {
    NoSuchUser,
    ExternalId,
    ExternalIdTaken,
    Name,
    Email,
}

impl std::fmt::Display for PersonFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchUser => "There is no such user: give a person id or an external id; `porchlight user list` shows both.",
            Self::ExternalId => "An external id is 1 to 128 printable characters without a space at either end.",
            Self::ExternalIdTaken => "There is a user of that external id already.",
            Self::Name => "A name is 1 to 80 characters on one line.",
            Self::Email => "That is not an e-mail address.",
        })
    }
}

/// What the command line says of a new user.
#[derive(Clone)]
pub struct NewUser {
    pub external_id: String,
    pub name: String,
    pub email: Option<String>,
}

/// The user whom somebody means: by person id, or by the host's id.
pub async fn find_user(tx: &mut Tx<'_>, id: &str) -> Result<Result<Person, PersonFault>, Refusal> {
    if let Some(user) = store::find_user(tx.connection(), id).await? {
        return Ok(Ok(user));
    }
    let Some(person_id) = PersonId::parse(id) else {
        return Ok(Err(PersonFault::NoSuchUser));
    };
    let found = store::find_person(tx.connection(), &person_id).await?;
    Ok(found
        .filter(|person| person.kind == PersonKind::User)
        .ok_or(PersonFault::NoSuchUser))
}

/// Adds a user before their first sign-in, so that they can be put into groups.
///
/// An address given here is a label that nobody vouched for; the host's token says more when it comes.
pub async fn add_user(
    tx: &mut Tx<'_>,
    by: &By,
    user: &NewUser,
) -> Result<Result<PersonId, PersonFault>, Refusal> {
    let Some(subject) = Subject::parse(&user.external_id) else {
        return Ok(Err(PersonFault::ExternalId));
    };
    let Ok(name) = Name::parse(&user.name) else {
        return Ok(Err(PersonFault::Name));
    };
    let Ok(email) = user.email.as_deref().map(Email::parse).transpose() else {
        return Ok(Err(PersonFault::Email));
    };
    if store::find_user(tx.connection(), subject.as_str())
        .await?
        .is_some()
    {
        return Ok(Err(PersonFault::ExternalIdTaken));
    }
    let person_id: PersonId = by.mint.id();
    let known = email.as_ref().map(|email| KnownEmail {
        email,
        is_verified: false,
    });
    store::insert_user(
        tx.connection(),
        &person_id,
        Some(subject.as_str()),
        &name,
        known,
        by.now,
    )
    .await?;
    audit::record(
        tx.connection(),
        by,
        &Done::UserAdded {
            user: person_id.clone(),
        },
    )
    .await?;
    Ok(Ok(person_id))
}

/// Makes a user an admin, or takes it back.
pub async fn set_admin(
    tx: &mut Tx<'_>,
    by: &By,
    id: &str,
    is_admin: bool,
) -> Result<Result<Person, PersonFault>, Refusal> {
    let user = match find_user(tx, id).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Err(fault)),
    };
    if user.admin_since.is_some() != is_admin {
        store::update_admin_since(
            tx.connection(),
            &user.person_id,
            is_admin.then_some(by.now),
            by.now,
        )
        .await?;
        let user = user.person_id.clone();
        let done = if is_admin {
            Done::AdminGranted { user }
        } else {
            Done::AdminRevoked { user }
        };
        settings::store::raise_policy_version(tx.connection()).await?;
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(Ok(user))
}

/// Shuts a user out, which ends their sessions, or lets them in again.
pub async fn set_disabled(
    tx: &mut Tx<'_>,
    by: &By,
    id: &str,
    is_disabled: bool,
) -> Result<Result<Person, PersonFault>, Refusal> {
    let user = match find_user(tx, id).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Err(fault)),
    };
    if user.disabled_at.is_some() != is_disabled {
        store::update_disabled_at(
            tx.connection(),
            &user.person_id,
            is_disabled.then_some(by.now),
            by.now,
        )
        .await?;
        if is_disabled {
            identity::store::delete_sessions_of(tx.connection(), &user.person_id, by.now).await?;
        }
        let user = user.person_id.clone();
        let done = if is_disabled {
            Done::UserDisabled { user }
        } else {
            Done::UserEnabled { user }
        };
        settings::store::raise_policy_version(tx.connection()).await?;
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(Ok(user))
}
