//! Beginning a session for somebody who has shown who they are: by a password, by a link that was made for them.
//!
//! The law: whoever calls this has checked that before, in the same transaction. A session begun in place of another
//! ends that one.

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

/// Begins it; answers the session of this browser that it took the place of.
pub async fn begin_session(
    tx: &mut Tx<'_>,
    beginning: &Beginning,
    person_id: &PersonId,
    settings: &Settings,
    now: Time,
) -> Result<Option<TokenHash>, Refusal> {
    let mut ended = None;
    if let Some(present) = &beginning.present
        && store::delete_session(tx.connection(), beginning.kind, present).await?
    {
        ended = Some(present.clone());
    }
    let session = NewSession {
        token_hash: &beginning.fresh,
        kind: beginning.kind,
        person_id,
        device: &beginning.device,
        expires_at: session_end(beginning.kind, now, settings, now),
    };
    store::insert_session(tx.connection(), &session, now).await?;
    Ok(ended)
}
