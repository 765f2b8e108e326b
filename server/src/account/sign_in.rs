//! Signing in by password and changing the password, as it happens inside the writer's transaction.
//!
//! The law: the password was checked outside, because hashing takes long; inside it counts only if the account still
//! keeps the hash that it was checked against, and its person is still who they were.

use super::door::Door;
use super::store;
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::begin::{Beginning, Begun, begin_session};
use crate::identity::store::delete_sessions_but;
use crate::identity::token::TokenHash;
use crate::safety::audit::{self, By, Done};
use shared::ids::PersonId;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::Settings;

/// A sign-in whose password was right.
pub struct SigningIn {
    pub door: Door,
    pub person_id: PersonId,
    /// What the password was checked against.
    pub password_hash: String,
    pub beginnings: Vec<Beginning>,
    pub settings: Settings,
    pub by: By,
}

/// One answer, whatever is wrong.
pub fn refused() -> Problem {
    Problem::about(ProblemCode::SignInRefused, Field::Password)
}

/// Lets somebody in.
///
/// **Errors**: `sign_in_refused` where the account changed meanwhile, its person is disabled, or no admin knocks at
/// `/admin`.
pub async fn sign_in(tx: &mut Tx<'_>, signing_in: &SigningIn) -> Result<Vec<Begun>, Refusal> {
    let account = store::find_account(tx.connection(), &signing_in.person_id).await?;
    let account = account
        .filter(|account| account.password_hash == signing_in.password_hash && !account.is_disabled)
        .filter(|account| account.is_admin || signing_in.door == Door::Agent)
        .ok_or(refused())?;
    let begun = begin_all(
        tx,
        &signing_in.beginnings,
        &account.person_id,
        &signing_in.settings,
        &signing_in.by,
    )
    .await?;
    let user = account.person_id;
    let done = match signing_in.door {
        Door::Agent => Done::SignedIn {
            user,
            acted_by: None,
        },
        Door::Admin => Done::SignedInAtAdmin { user },
    };
    audit::record(tx.connection(), &signing_in.by, &done).await?;
    Ok(begun)
}

/// Begins every session of a door.
pub async fn begin_all(
    tx: &mut Tx<'_>,
    beginnings: &[Beginning],
    person_id: &PersonId,
    settings: &Settings,
    by: &By,
) -> Result<Vec<Begun>, Refusal> {
    let mut begun = Vec::with_capacity(beginnings.len());
    for beginning in beginnings {
        begun.push(begin_session(tx, beginning, person_id, settings, by.now).await?);
    }
    Ok(begun)
}

/// Writes down that a password was wrong. `user`: whose account it was, where there is one.
pub async fn note_refusal(tx: &mut Tx<'_>, by: &By, user: Option<PersonId>) -> Result<(), Refusal> {
    audit::record(tx.connection(), by, &Done::PasswordRefused { user }).await
}

/// A change whose old password was right.
pub struct Changing {
    pub person_id: PersonId,
    /// What the old password was checked against.
    pub former_hash: String,
    pub password_hash: String,
    /// The sessions of the browser that asks.
    pub kept: Vec<TokenHash>,
    pub by: By,
}

/// Changes the password, and ends every other session. **Shape**: the ones that it ended.
///
/// **Errors**: `sign_in_refused` where the password was changed meanwhile.
pub async fn change_password(
    tx: &mut Tx<'_>,
    changing: &Changing,
) -> Result<Vec<TokenHash>, Refusal> {
    let Changing { person_id, by, .. } = changing;
    let account = store::find_account(tx.connection(), person_id).await?;
    if account.is_none_or(|account| account.password_hash != changing.former_hash) {
        return Err(refused().into());
    }
    store::update_password(tx.connection(), person_id, &changing.password_hash, by.now).await?;
    let done = Done::PasswordChanged {
        user: person_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await?;
    Ok(delete_sessions_but(tx.connection(), person_id, &changing.kept, by.now).await?)
}
