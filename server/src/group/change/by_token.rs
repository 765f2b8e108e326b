//! What an identity token's groups change.
//!
//! The law: what a token brought, a token may take; what an admin did, it may not.

use crate::{
    database::writer::Tx,
    error::Refusal,
    group::store::{self, Source},
    safety::audit::{self, By, Done},
    settings,
};
use shared::ids::{GroupId, PersonId};

/// Makes the groups that a token put somebody into those that the token names now. Names of no group are left out.
///
/// **Shape**: `true` where the token named something that is no group.
pub async fn apply_token_groups(
    tx: &mut Tx<'_>,
    by: &By,
    person_id: &PersonId,
    named: &[String],
) -> Result<bool, Refusal> {
    let mut wanted = Vec::new();
    let mut has_unknown = false;
    for text in named {
        match GroupId::parse(text) {
            Some(group_id) if store::has_group(tx.connection(), &group_id).await? => {
                wanted.push(group_id)
            }
            _ => has_unknown = true,
        }
    }
    let mut has_changed = false;
    for group in store::list_token_groups(tx.connection(), person_id).await? {
        if !wanted.contains(&group)
            && store::delete_member(tx.connection(), &group, person_id).await?
        {
            has_changed = true;
            let done = Done::MemberRemoved {
                group,
                user: person_id.clone(),
                by_token: true,
            };
            audit::record(tx.connection(), by, &done).await?;
        }
    }
    for group in wanted {
        if store::insert_member(tx.connection(), &group, person_id, Source::Token, by.now).await? {
            has_changed = true;
            let done = Done::MemberAdded {
                group,
                user: person_id.clone(),
                by_token: true,
            };
            audit::record(tx.connection(), by, &done).await?;
        }
    }
    if has_changed {
        settings::store::raise_policy_version(tx.connection()).await?;
    }
    Ok(has_unknown)
}
