//! Who opens a conversation, as a person.
//!
//! The laws: a newcomer becomes a guest with their first message and not before. A cookie that a conversion ended opens
//! nothing; whoever holds it is told only that what they sent themselves is there.

use crate::{
    conversion::{change::find_awaiting, store::is_continued},
    database::writer::Tx,
    error::Refusal,
    identity::{
        store::{NewSession, SessionKind, find_ended_guest, find_session, insert_session},
        token::TokenHash,
    },
    person::{email::Email, store::insert_guest},
};
use shared::{
    ids::{PersonId, Time},
    problem::ProblemCode,
    text::Name,
};

use super::Opening;

/// Who opens a conversation.
pub enum Opener {
    User(PersonId),
    /// By their session, which may have ended since they were asked who they are.
    Guest(TokenHash),
    /// Pressed *Start chat*; becomes a guest with this message.
    Newcomer(Box<Newcomer>),
}

/// A guest to be.
pub struct Newcomer {
    /// Of the cookie that *Start chat* set.
    pub token_hash: TokenHash,
    /// Taken if the guest is new indeed.
    pub person_id: PersonId,
    pub name: Name,
    pub email: Email,
    pub session_ends: Time,
}

/// Whoever opens it, found or made.
pub(super) struct Found {
    pub person_id: PersonId,
    pub kind: SessionKind,
    /// Who signed in beside a newcomer while their message was under way.
    pub awaited_by: Option<PersonId>,
}

impl Found {
    const fn known(person_id: PersonId, kind: SessionKind) -> Self {
        Self {
            person_id,
            kind,
            awaited_by: None,
        }
    }
}

/// Finds or makes them: a newcomer's cookie may have been bound by an earlier try.
///
/// **Errors**: `continued` for what a guest sent who became somebody since; `no_identity`.
pub(super) async fn find_opener(tx: &mut Tx<'_>, opening: &Opening) -> Result<Found, Refusal> {
    let (token_hash, newcomer) = match &opening.opener {
        Opener::User(person_id) => return Ok(Found::known(person_id.clone(), SessionKind::User)),
        Opener::Guest(token_hash) => (token_hash, None),
        Opener::Newcomer(newcomer) => (&newcomer.token_hash, Some(newcomer)),
    };
    let found = find_session(tx.connection(), SessionKind::Guest, token_hash, opening.now).await?;
    if let Some(session) = found {
        return Ok(Found::known(session.person_id, SessionKind::Guest));
    }
    let has_ended = find_ended_guest(tx.connection(), token_hash)
        .await?
        .is_some();
    if has_ended && is_continued(tx.connection(), token_hash, &opening.client_id).await? {
        return Err(ProblemCode::Continued.into());
    }
    let Some(newcomer) = newcomer.filter(|_| !has_ended) else {
        return Err(ProblemCode::NoIdentity.into());
    };
    make_guest(tx, newcomer, opening.now).await
}

async fn make_guest(tx: &mut Tx<'_>, newcomer: &Newcomer, now: Time) -> Result<Found, Refusal> {
    let awaited_by = find_awaiting(tx, &newcomer.token_hash, now).await?;
    insert_guest(
        tx.connection(),
        &newcomer.person_id,
        &newcomer.name,
        &newcomer.email,
        now,
    )
    .await?;
    let session = NewSession {
        token_hash: &newcomer.token_hash,
        kind: SessionKind::Guest,
        person_id: &newcomer.person_id,
        expires_at: newcomer.session_ends,
        device: "",
        signed_by: None,
        acted_by: None,
    };
    insert_session(tx.connection(), &session, now).await?;
    Ok(Found {
        person_id: newcomer.person_id.clone(),
        kind: SessionKind::Guest,
        awaited_by,
    })
}
