//! Where somebody is signed in: their sessions as they and the admins see them.
//!
//! The law: a session is shown by a name that opens nothing.

use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::store::{ListedSession, SessionKind, delete_session, list_sessions_of};
use crate::identity::token::TokenHash;
use shared::account::{SessionDoor, SessionRow};
use shared::ids::{PersonId, Time};
use shared::problem::ProblemCode;

/// **Shape**: in the order given. `own`: the session that asks.
pub fn rows(sessions: &[ListedSession], own: Option<&TokenHash>) -> Vec<SessionRow> {
    let rows = sessions.iter().map(|session| SessionRow {
        name: session.token_hash.name(),
        door: match session.kind {
            SessionKind::Guest | SessionKind::User => SessionDoor::Chat,
            SessionKind::Admin => SessionDoor::Admin,
        },
        device: session.device.clone(),
        created_at: session.created_at,
        last_used_at: session.last_used_at,
        is_own: own == Some(&session.token_hash),
    });
    rows.collect()
}

/// Ends the session of that name, if it is this person's.
///
/// **Errors**: `not_found`.
pub async fn session_named(
    tx: &mut Tx<'_>,
    person_id: &PersonId,
    name: &str,
    now: Time,
) -> Result<TokenHash, Refusal> {
    let sessions = list_sessions_of(tx.connection(), person_id, now).await?;
    let session = sessions
        .into_iter()
        .find(|session| session.token_hash.name() == name)
        .ok_or(ProblemCode::NotFound)?;
    delete_session(tx.connection(), session.kind, &session.token_hash, now).await?;
    Ok(session.token_hash)
}
