//! Beginning a session for somebody who has shown who they are: by a password, by a link that was made for them.
//!
//! The law: whoever calls this has checked that before, in the same transaction. A session of another person in the
//! same browser ends with it; the same person's session of the chat goes on, so that their other tabs stay.

use super::rules::session_end;
use super::store::{self, NewSession, SessionKind};
use super::token::TokenHash;
use crate::database::writer::Tx;
use crate::error::Refusal;
use shared::ids::{PersonId, Time};
use shared::settings::Settings;

/// A session to be begun.
pub struct Beginning {
    pub kind: SessionKind,
    /// Of the cookie that it gets.
    pub fresh: TokenHash,
    /// Of the cookie of the same kind that this browser holds.
    pub present: Option<TokenHash>,
    /// Browser and system, as far as the browser said.
    pub device: String,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The session that this browser holds goes on.
    Kept,
    /// A new one, under the fresh token. `ended`: the one that it took the place of.
    Fresh { ended: Option<TokenHash> },
}

/// Begins it.
pub async fn begin_session(
    tx: &mut Tx<'_>,
    beginning: &Beginning,
    person_id: &PersonId,
    settings: &Settings,
    now: Time,
) -> Result<Begun, Refusal> {
    let expires_at = session_end(beginning.kind, now, settings, now);
    let mut ended = None;
    if let Some(present) = &beginning.present {
        let session = store::find_session(tx.connection(), beginning.kind, present, now).await?;
        // Whoever shows who they are is not signed in as themself by somebody else any more.
        let is_own = session
            .is_some_and(|session| session.person_id == *person_id && session.acted_by.is_none());
        if is_own && beginning.kind == SessionKind::User {
            store::update_session_used(tx.connection(), present, expires_at, now).await?;
            return Ok(Begun::Kept);
        }
        if store::delete_session(tx.connection(), beginning.kind, present, now).await? {
            ended = Some(present.clone());
        }
    }
    let session = NewSession {
        token_hash: &beginning.fresh,
        kind: beginning.kind,
        person_id,
        device: &beginning.device,
        expires_at,
        signed_by: None,
        acted_by: None,
    };
    store::insert_session(tx.connection(), &session, now).await?;
    Ok(Begun::Fresh { ended })
}
