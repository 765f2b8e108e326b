//! Making and revoking the keys of the host's server, inside the writer's transaction.

use super::{HostKey, store};
use crate::{
    database::writer::Tx,
    error::Refusal,
    safety::audit::{self, By, Done},
};
use shared::{
    host::HostScope,
    ids::HostKeyId,
    limits,
    problem::{Field, Problem, ProblemCode},
    text::Name,
};

/// A key to be kept.
pub struct NewKey {
    pub host_key_id: HostKeyId,
    pub key: HostKey,
    pub name: Name,
    pub scopes: Vec<HostScope>,
    pub by: By,
}

/// Keeps a key's hash.
///
/// **Errors**: `too_many`.
pub async fn make_key(tx: &mut Tx<'_>, new: &NewKey) -> Result<(), Refusal> {
    if store::list_keys(tx.connection()).await?.len() >= limits::HOST_KEYS {
        return Err(Problem::about(ProblemCode::TooMany, Field::Scopes).into());
    }
    store::insert_key(
        tx.connection(),
        &new.host_key_id,
        &new.key.hash(),
        new.name.as_str(),
        &new.scopes,
        new.by.now,
    )
    .await?;
    let done = Done::HostKeyMade {
        key: new.host_key_id.clone(),
        scopes: new.scopes.clone(),
    };
    audit::record(tx.connection(), &new.by, &done).await
}

/// Revokes a key, at once: every call looks for it.
///
/// **Errors**: `not_found`.
pub async fn revoke_key(tx: &mut Tx<'_>, by: &By, host_key_id: &HostKeyId) -> Result<(), Refusal> {
    if !store::delete_key(tx.connection(), host_key_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let key = host_key_id.clone();
    audit::record(tx.connection(), by, &Done::HostKeyRevoked { key }).await
}
