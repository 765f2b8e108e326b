//! Changing groups, memberships and permissions: the command line, the demo, the identity token's groups, the admin page.
//!
//! The law: what changes anybody's rights raises the policy's version and leaves a line in the audit log, in the same
//! transaction.

/// What an identity token's groups change.
mod by_token;

pub use by_token::apply_token_groups;

use super::store::{self, Source};
use crate::database::writer::Tx;
use crate::error::Refusal;
use crate::person::change::{PersonFault, find_user};
use crate::person::store::{Person, PersonKind, find_person};
use crate::safety::audit::{self, By, Done};
use crate::settings;
use shared::group::PermissionPair;
use shared::ids::{GroupId, PersonId};
use shared::limits;
use shared::problem::ProblemCode;
use shared::settings::Switch;
use shared::text::Name;

/// Why a change was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupFault {
    NoSuchGroup,
    /// What is wrong with it.
    Name(ProblemCode),
    NameTaken,
    TooMany,
    Person(PersonFault),
}

impl std::fmt::Display for GroupFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchGroup => "There is no such group: give its id or its name; `porchlight group list` shows both.",
            Self::Name(_) => "A group's name is 1 to 80 characters on one line.",
            Self::NameTaken => "There is a group of that name already.",
            Self::TooMany => "There are 200 groups, and no more fit.",
            Self::Person(fault) => return fault.fmt(formatter),
        })
    }
}

/// Makes a group.
pub async fn create_group(
    tx: &mut Tx<'_>,
    by: &By,
    name: &str,
) -> Result<Result<GroupId, GroupFault>, Refusal> {
    let name = match free_name(tx, name, None).await? {
        Ok(name) => name,
        Err(fault) => return Ok(Err(fault)),
    };
    if store::list_groups(tx.connection()).await?.len() >= limits::GROUPS {
        return Ok(Err(GroupFault::TooMany));
    }
    let group_id: GroupId = by.mint.id();
    store::insert_group(tx.connection(), &group_id, name.as_str(), by.now).await?;
    audit::record(
        tx.connection(),
        by,
        &Done::GroupCreated {
            group: group_id.clone(),
        },
    )
    .await?;
    Ok(Ok(group_id))
}

/// A name for a group, if no other has it.
async fn free_name(
    tx: &mut Tx<'_>,
    name: &str,
    own: Option<&GroupId>,
) -> Result<Result<Name, GroupFault>, Refusal> {
    let name = match Name::parse(name) {
        Ok(name) => name,
        Err(code) => return Ok(Err(GroupFault::Name(code))),
    };
    let holder = store::find_group(tx.connection(), name.as_str()).await?;
    if holder.is_some_and(|holder| own != Some(&holder)) {
        return Ok(Err(GroupFault::NameTaken));
    }
    Ok(Ok(name))
}

/// Calls a group otherwise.
pub async fn rename_group(
    tx: &mut Tx<'_>,
    by: &By,
    group_id: &GroupId,
    name: &str,
) -> Result<Result<(), GroupFault>, Refusal> {
    if !store::has_group(tx.connection(), group_id).await? {
        return Ok(Err(GroupFault::NoSuchGroup));
    }
    let name = match free_name(tx, name, Some(group_id)).await? {
        Ok(name) => name,
        Err(fault) => return Ok(Err(fault)),
    };
    if store::update_group_name(tx.connection(), group_id, name.as_str()).await? {
        let group = group_id.clone();
        settings::store::raise_policy_version(tx.connection()).await?;
        audit::record(tx.connection(), by, &Done::GroupRenamed { group }).await?;
    }
    Ok(Ok(()))
}

/// Lets people of two groups chat with each other, or no longer. The same twice changes nothing.
pub async fn set_permission(
    tx: &mut Tx<'_>,
    by: &By,
    pair: &PermissionPair,
    allowed: Switch,
) -> Result<Result<(), GroupFault>, Refusal> {
    for group_id in [&pair.group_id, &pair.other_group_id] {
        if !store::has_group(tx.connection(), group_id).await? {
            return Ok(Err(GroupFault::NoSuchGroup));
        }
    }
    let is_news = match allowed {
        Switch::On => store::insert_permission(tx.connection(), pair, by.now).await?,
        Switch::Off => store::delete_permission(tx.connection(), pair).await?,
    };
    if is_news {
        let done = Done::PermissionChanged {
            group: pair.group_id.clone(),
            other: pair.other_group_id.clone(),
            allowed,
        };
        settings::store::raise_policy_version(tx.connection()).await?;
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(Ok(()))
}

/// [`set_permission`] between groups as an operator names them: by id, or by name.
pub async fn join_named_groups(
    tx: &mut Tx<'_>,
    by: &By,
    group: &str,
    other: &str,
    allowed: Switch,
) -> Result<Result<(), GroupFault>, Refusal> {
    let group = store::find_group(tx.connection(), group).await?;
    let other = store::find_group(tx.connection(), other).await?;
    match (group, other) {
        (Some(group), Some(other)) => {
            set_permission(tx, by, &PermissionPair::of(group, other), allowed).await
        }
        _ => Ok(Err(GroupFault::NoSuchGroup)),
    }
}

/// Ends a group. If it answered guests, their door says that nobody is here.
pub async fn delete_group(
    tx: &mut Tx<'_>,
    by: &By,
    group: &str,
) -> Result<Result<GroupId, GroupFault>, Refusal> {
    let Some(group_id) = store::find_group(tx.connection(), group).await? else {
        return Ok(Err(GroupFault::NoSuchGroup));
    };
    store::delete_group(tx.connection(), &group_id).await?;
    settings::store::raise_policy_version(tx.connection()).await?;
    audit::record(
        tx.connection(),
        by,
        &Done::GroupDeleted {
            group: group_id.clone(),
        },
    )
    .await?;
    Ok(Ok(group_id))
}

/// Puts a user into a group. `false`: they were in it already.
pub async fn add_member(
    tx: &mut Tx<'_>,
    by: &By,
    group: &str,
    user: &str,
) -> Result<Result<(Person, bool), GroupFault>, Refusal> {
    set_named_member(tx, by, (group, user), Switch::On).await
}

/// Takes a user out of a group. `false`: they were not in it.
pub async fn remove_member(
    tx: &mut Tx<'_>,
    by: &By,
    group: &str,
    user: &str,
) -> Result<Result<(Person, bool), GroupFault>, Refusal> {
    set_named_member(tx, by, (group, user), Switch::Off).await
}

/// Group and user as an operator names them: by id, or by name and by the host's id.
async fn set_named_member(
    tx: &mut Tx<'_>,
    by: &By,
    (group, user): (&str, &str),
    inside: Switch,
) -> Result<Result<(Person, bool), GroupFault>, Refusal> {
    let Some(group_id) = store::find_group(tx.connection(), group).await? else {
        return Ok(Err(GroupFault::NoSuchGroup));
    };
    let user = match find_user(tx, user).await? {
        Ok(user) => user,
        Err(fault) => return Ok(Err(GroupFault::Person(fault))),
    };
    let is_news = put(tx, by, &group_id, &user.person_id, inside).await?;
    Ok(Ok((user, is_news)))
}

/// Puts a user into a group, or takes them out, both by their ids. The same twice changes nothing.
pub async fn set_member(
    tx: &mut Tx<'_>,
    by: &By,
    group: &GroupId,
    user: &PersonId,
    inside: Switch,
) -> Result<Result<(), GroupFault>, Refusal> {
    if !store::has_group(tx.connection(), group).await? {
        return Ok(Err(GroupFault::NoSuchGroup));
    }
    let person = find_person(tx.connection(), user).await?;
    if person.is_none_or(|person| person.kind != PersonKind::User) {
        return Ok(Err(GroupFault::Person(PersonFault::NoSuchUser)));
    }
    put(tx, by, group, user, inside).await?;
    Ok(Ok(()))
}

/// Puts somebody who is there into a group that is there, or takes them out. `false`: so it was already.
async fn put(
    tx: &mut Tx<'_>,
    by: &By,
    group: &GroupId,
    user: &PersonId,
    inside: Switch,
) -> Result<bool, Refusal> {
    let (is_news, done) = match inside {
        Switch::On => (
            store::insert_member(tx.connection(), group, user, Source::Manual, by.now).await?,
            Done::MemberAdded {
                group: group.clone(),
                user: user.clone(),
                by_token: false,
            },
        ),
        Switch::Off => (
            store::delete_member(tx.connection(), group, user).await?,
            Done::MemberRemoved {
                group: group.clone(),
                user: user.clone(),
                by_token: false,
            },
        ),
    };
    if is_news {
        settings::store::raise_policy_version(tx.connection()).await?;
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(is_news)
}
