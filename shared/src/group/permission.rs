//! Whom somebody may find and write to: the one pure rule.
//!
//! The laws: a permission goes both ways, so whoever may be written to may answer; admins may chat with everybody; where
//! no permission says yes, the answer is no. Support conversations never pass through here: guests always reach the
//! guest group.

use crate::group::PermissionPair;
use crate::ids::GroupId;

/// Which groups may chat with which.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Permissions {
    /// Sorted, the smaller id first in each.
    pairs: Vec<PermissionPair>,
}

impl PermissionPair {
    /// The pair of two groups, however they are named.
    pub fn of(one: GroupId, other: GroupId) -> Self {
        let (group_id, other_group_id) = if one <= other {
            (one, other)
        } else {
            (other, one)
        };
        Self {
            group_id,
            other_group_id,
        }
    }
}

impl Permissions {
    pub fn new(pairs: impl IntoIterator<Item = PermissionPair>) -> Self {
        let mut pairs: Vec<PermissionPair> = pairs
            .into_iter()
            .map(|pair| PermissionPair::of(pair.group_id, pair.other_group_id))
            .collect();
        pairs.sort();
        pairs.dedup();
        Self { pairs }
    }

    pub fn pairs(&self) -> &[PermissionPair] {
        &self.pairs
    }

    /// Whether people of one may chat with people of the other.
    pub fn joins(&self, one: &GroupId, other: &GroupId) -> bool {
        let pair = PermissionPair::of(one.clone(), other.clone());
        self.pairs.binary_search(&pair).is_ok()
    }
}

/// Somebody, as far as the rule cares.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    pub is_admin: bool,
    pub groups: &'a [GroupId],
}

/// Why somebody may be found.
#[derive(Clone, PartialEq, Eq)]
pub enum Because<'a> {
    /// Who asks is an admin.
    Admin,
    /// A permission joins these two groups: the asker's and the other's.
    Joined(&'a GroupId, &'a GroupId),
}

/// Why somebody is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// User Groups are off.
    GroupsOff,
    /// Who asks is in no group.
    AskerInNoGroup,
    /// The other is in no group.
    OtherInNoGroup,
    /// No permission joins a group of one with a group of the other.
    NotJoined,
}

/// Whether the asker finds the other one: sees them in *Groups*, and may begin a conversation.
pub fn may_find<'a>(
    are_groups_on: bool,
    permissions: &Permissions,
    asker: Standing<'a>,
    other: Standing<'a>,
) -> Result<Because<'a>, WhyNot> {
    if !are_groups_on {
        return Err(WhyNot::GroupsOff);
    }
    if asker.is_admin {
        return Ok(Because::Admin);
    }
    if asker.groups.is_empty() {
        return Err(WhyNot::AskerInNoGroup);
    }
    if other.groups.is_empty() {
        return Err(WhyNot::OtherInNoGroup);
    }
    for own in asker.groups {
        for theirs in other.groups {
            if permissions.joins(own, theirs) {
                return Ok(Because::Joined(own, theirs));
            }
        }
    }
    Err(WhyNot::NotJoined)
}

/// Whether the two may write in a direct conversation that they have: one of them could begin it now.
pub fn may_chat<'a>(
    are_groups_on: bool,
    permissions: &Permissions,
    one: Standing<'a>,
    other: Standing<'a>,
) -> Result<Because<'a>, WhyNot> {
    may_find(are_groups_on, permissions, one, other)
        .or_else(|why_not| may_find(are_groups_on, permissions, other, one).map_err(|_| why_not))
}

/// Whether a group as a whole is there for somebody: one of theirs is joined with it, or they are an admin.
pub fn may_see_group(
    are_groups_on: bool,
    permissions: &Permissions,
    asker: Standing<'_>,
    group: &GroupId,
) -> bool {
    let other = Standing {
        is_admin: false,
        groups: core::slice::from_ref(group),
    };
    may_find(are_groups_on, permissions, asker, other).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::group_id;

    #[test]
    fn who_finds_whom() {
        let [trial, billing, office] = [1, 2, 3].map(group_id);
        let permissions = Permissions::new([
            PermissionPair::of(billing.clone(), trial.clone()),
            PermissionPair::of(office.clone(), office.clone()),
        ]);
        let nobody: &[GroupId] = &[];
        let both = [trial.clone(), office.clone()];
        let trial = std::slice::from_ref(&trial);
        let billing = std::slice::from_ref(&billing);
        let office = std::slice::from_ref(&office);
        let user = |groups| Standing {
            is_admin: false,
            groups,
        };
        let admin = |groups| Standing {
            is_admin: true,
            groups,
        };
        for (asker, other, is_on, expected) in [
            (user(trial), user(billing), true, Ok(())),
            (user(billing), user(trial), true, Ok(())),
            (user(trial), user(trial), true, Err(WhyNot::NotJoined)),
            (user(office), user(office), true, Ok(())),
            (user(trial), user(office), true, Err(WhyNot::NotJoined)),
            (user(&both), user(office), true, Ok(())),
            (
                user(nobody),
                user(billing),
                true,
                Err(WhyNot::AskerInNoGroup),
            ),
            (user(trial), user(nobody), true, Err(WhyNot::OtherInNoGroup)),
            (admin(nobody), user(nobody), true, Ok(())),
            // An admin is found like anybody else.
            (
                user(trial),
                admin(nobody),
                true,
                Err(WhyNot::OtherInNoGroup),
            ),
            (user(trial), user(billing), false, Err(WhyNot::GroupsOff)),
            (admin(nobody), user(billing), false, Err(WhyNot::GroupsOff)),
        ] {
            assert_eq!(
                may_find(is_on, &permissions, asker, other).map(|_| ()),
                expected
            );
        }
        // What an admin began may be answered.
        assert!(may_chat(true, &permissions, user(trial), admin(nobody)).is_ok());
        assert_eq!(
            may_chat(true, &permissions, user(trial), user(office)).map(|_| ()),
            Err(WhyNot::NotJoined)
        );
    }

    #[test]
    fn a_pair_is_the_same_from_both_ends_and_stands_once() {
        let [one, other] = [1, 2].map(group_id);
        let permissions = Permissions::new([
            PermissionPair {
                group_id: other.clone(),
                other_group_id: one.clone(),
            },
            PermissionPair::of(one.clone(), other.clone()),
        ]);
        assert_eq!(permissions.pairs().len(), 1);
        assert!(permissions.joins(&one, &other) && permissions.joins(&other, &one));
        assert!(!permissions.joins(&one, &one));
    }
}
