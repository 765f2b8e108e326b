//! Whom somebody finds: the one rule, asked from the server's side.
//!
//! The law: `shared::group::permission` has the last word about every group and person that is shown.

use shared::{
    group::permission::{Permissions, Standing, may_find, may_see_group},
    ids::GroupId,
    settings::Switch,
};

/// Somebody who looks for others.
pub struct Finder {
    pub user_groups: Switch,
    pub is_admin: bool,
    pub groups: Vec<GroupId>,
    /// At least those that a group of theirs is in.
    pub permissions: Permissions,
}

impl Finder {
    fn standing(&self) -> Standing<'_> {
        Standing {
            is_admin: self.is_admin,
            groups: &self.groups,
        }
    }

    /// Whether a group is there for them.
    pub fn sees(&self, group_id: &GroupId) -> bool {
        may_see_group(
            self.user_groups.is_on(),
            &self.permissions,
            self.standing(),
            group_id,
        )
    }

    /// Whether somebody of these groups is there for them.
    pub fn finds(&self, is_admin: bool, groups: &[GroupId]) -> bool {
        let other = Standing { is_admin, groups };
        may_find(
            self.user_groups.is_on(),
            &self.permissions,
            self.standing(),
            other,
        )
        .is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{group::PermissionPair, samples::group_id};

    #[test]
    fn who_looks_finds_what_is_joined_and_nothing_while_groups_are_off() {
        let finder = |user_groups, is_admin| Finder {
            user_groups,
            is_admin,
            groups: vec![group_id(1)],
            permissions: Permissions::new([PermissionPair::of(group_id(2), group_id(1))]),
        };
        for (finder, joined, other) in [
            (finder(Switch::On, false), true, false),
            (finder(Switch::On, true), true, true),
            (finder(Switch::Off, false), false, false),
            (finder(Switch::Off, true), false, false),
        ] {
            assert_eq!(finder.sees(&group_id(2)), joined);
            assert_eq!(finder.finds(false, &[group_id(2)]), joined);
            assert_eq!(finder.sees(&group_id(1)), other);
            assert_eq!(finder.finds(true, &[group_id(1)]), other);
            assert_eq!(finder.finds(false, &[]), other);
        }
    }
}
