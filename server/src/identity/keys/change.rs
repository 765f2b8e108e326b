//! Making, retiring and forgetting the keys of the admin page, inside the writer's transaction.
//!
//! The law: every running server follows within a second, because the policy carries the keys and its version is raised.

use super::{IdentityKey, IdentityKeys, KeyFault, SignedBy};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::identity::secret::Secret;
use crate::identity::store;
use crate::identity::token::TokenHash;
use crate::safety::audit::{self, By, Done};
use crate::settings::store::raise_policy_version;
use shared::problem::{Problem, ProblemCode};
use shared::settings::KeyAlgorithm;

/// A key to be kept.
pub struct NewKey {
    pub key_id: String,
    pub algorithm: KeyAlgorithm,
    /// For `HS256` the secret in base64url, else the public half as PEM.
    pub text: Secret,
    /// Those that the operator gave at the start.
    pub operators: IdentityKeys,
    pub by: By,
}

/// Keeps a key.
///
/// **Errors**: `key_id_shape`, `key_shape`, `key_weak`; `key_taken` where a key, even a retired one, has that name;
/// `too_many` where two sign already.
pub async fn make_key(tx: &mut Tx<'_>, new: &NewKey) -> Result<(), Refusal> {
    let refused = |fault: KeyFault| Refusal::from(Problem::from(fault));
    let text = std::str::from_utf8(new.text.expose()).map_err(|_| refused(KeyFault::Encoding))?;
    let key = IdentityKey::of(&new.key_id, new.algorithm, text).map_err(refused)?;
    let former = store::list_keys(tx.connection()).await?;
    if former.iter().any(|row| row.key_id == new.key_id) {
        return Err(refused(KeyFault::SameName));
    }
    let signing = IdentityKeys::kept(store::list_signing_keys(tx.connection()).await?);
    new.operators.and(&signing).with(key).map_err(refused)?;
    let (key_id, algorithm) = (new.key_id.clone(), new.algorithm);
    store::insert_key(tx.connection(), &key_id, algorithm, &new.text, new.by.now).await?;
    raise_policy_version(tx.connection()).await?;
    let done = Done::KeyMade { key_id, algorithm };
    audit::record(tx.connection(), &new.by, &done).await
}

/// Retires a key: tokens that it signed are refused from now on; sessions live on.
///
/// **Errors**: `not_found`, also for one that the operator gave.
pub async fn retire_key(tx: &mut Tx<'_>, by: &By, key_id: &str) -> Result<(), Refusal> {
    if !store::update_key_retired(tx.connection(), key_id, by.now).await? {
        return Err(ProblemCode::NotFound.into());
    }
    raise_policy_version(tx.connection()).await?;
    let key_id = key_id.to_owned();
    audit::record(tx.connection(), by, &Done::KeyRetired { key_id }).await
}

/// Kills a key, retired or not: it is forgotten, and with it ends every session that it signed for last, because whoever
/// stole it may have begun some of them. Answers those.
///
/// **Errors**: `not_found`, also for one that the operator gave.
pub async fn kill_key(tx: &mut Tx<'_>, by: &By, key_id: &str) -> Result<Vec<TokenHash>, Refusal> {
    let ended =
        store::delete_sessions_of_key(tx.connection(), &SignedBy::Kept(key_id.to_owned()), by.now)
            .await?;
    if !store::delete_key(tx.connection(), key_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    raise_policy_version(tx.connection()).await?;
    let done = Done::KeyDeleted {
        key_id: key_id.to_owned(),
        sessions: ended.len(),
    };
    audit::record(tx.connection(), by, &done).await?;
    Ok(ended)
}

/// Ends every session that a key of the operator's signed for last: the operator has taken the key itself out of the
/// server's environment, or will. Answers how many there were.
pub async fn end_sessions_of_operators_key(
    tx: &mut Tx<'_>,
    by: &By,
    key_id: &str,
) -> Result<usize, Refusal> {
    let key = SignedBy::Operators(key_id.to_owned());
    let ended = store::delete_sessions_of_key(tx.connection(), &key, by.now).await?;
    if !ended.is_empty() {
        // Running servers look through their sockets when it is raised.
        raise_policy_version(tx.connection()).await?;
    }
    let done = Done::KeySessionsEnded {
        key_id: key_id.to_owned(),
        sessions: ended.len(),
    };
    audit::record(tx.connection(), by, &done).await?;
    Ok(ended.len())
}
