//! What an admin does about somebody: looks, gives and takes powers, ends sessions, makes a link for a new password.
//!
//! The laws: somebody is left who can undo it; what is taken is gone at once, on HTTP and on sockets. Guests are nobody
//! here: they have no powers and no password.

/// The routes.
pub mod http;

use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::store::{SessionKind, delete_session, delete_sessions_but, list_sessions_of};
use crate::identity::token::TokenHash;
use crate::person::change::{set_admin, set_disabled};
use crate::person::store::{Person, PersonKind, find_person, is_erased, list_admins};
use crate::safety::audit::{self, By, Done};
use shared::account::ChangePowers;
use shared::ids::PersonId;
use shared::problem::ProblemCode;

/// The user of an id.
///
/// **Errors**: `not_found` for guests and nobody.
pub async fn get_user(tx: &mut Tx<'_>, person_id: &PersonId) -> Result<Person, Refusal> {
    let person = find_person(tx.connection(), person_id).await?;
    let user = person.filter(|person| person.kind == PersonKind::User);
    // Whoever was erased is nobody any more, and cannot be brought back.
    if is_erased(tx.connection(), person_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    user.ok_or_else(|| ProblemCode::NotFound.into())
}

/// Gives and takes powers. The same twice changes nothing.
///
/// **Errors**: `not_found`; `last_admin` where nobody would be left to undo it.
pub async fn change_powers(
    tx: &mut Tx<'_>,
    by: &By,
    person_id: &PersonId,
    powers: ChangePowers,
) -> Result<(), Refusal> {
    get_user(tx, person_id).await?;
    let (is_admin, is_enabled) = (powers.admin.is_on(), powers.enabled.is_on());
    let admins = list_admins(tx.connection()).await?;
    let is_last = admins.iter().all(|admin| admin.person_id == *person_id) && !admins.is_empty();
    if is_last && !(is_admin && is_enabled) {
        return Err(ProblemCode::LastAdmin.into());
    }
    let id = person_id.as_str();
    let refused = |_| Refusal::Broken("a user who was found is there in the same transaction");
    set_admin(tx, by, id, is_admin).await?.map_err(refused)?;
    if !is_admin {
        end_admin_sessions(tx, by, person_id).await?;
    }
    set_disabled(tx, by, id, !is_enabled)
        .await?
        .map_err(refused)?;
    Ok(())
}

/// The admin page's own: should they become an admin again, they sign in again.
async fn end_admin_sessions(tx: &mut Tx<'_>, by: &By, person_id: &PersonId) -> Result<(), Refusal> {
    for session in list_sessions_of(tx.connection(), person_id, by.now).await? {
        if session.kind == SessionKind::Admin {
            delete_session(tx.connection(), session.kind, &session.token_hash, by.now).await?;
        }
    }
    Ok(())
}

/// Ends all sessions of a user. **Shape**: the ones that it ended.
///
/// **Errors**: `not_found`.
pub async fn end_sessions(
    tx: &mut Tx<'_>,
    by: &By,
    person_id: &PersonId,
) -> Result<Vec<TokenHash>, Refusal> {
    get_user(tx, person_id).await?;
    let ended = delete_sessions_but(tx.connection(), person_id, &[], by.now).await?;
    let user = person_id.clone();
    audit::record(tx.connection(), by, &Done::SessionsEnded { user }).await?;
    Ok(ended)
}
