//! Who may chat with whom, in words: why, and what would change it.
//!
//! The law: yes or no comes from `shared::group::permission`, which the server enforces; here are only its words.

use shared::group::GroupBoard;
use shared::group::permission::{Permissions, Standing, WhyNot, may_find};
use shared::ids::GroupId;

/// Two people.
mod people;

pub use people::explain_people;

/// The rule's answer.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Explained {
    pub may: bool,
    /// **Shape**: one sentence each: why, then what would change it.
    pub words: Vec<String>,
}

/// The board as the rule reads it.
struct Rule<'a> {
    board: &'a GroupBoard,
    permissions: Permissions,
    is_on: bool,
}

/// Whether people of two groups may chat with each other. `None`: one of the groups is gone.
pub fn explain_groups(board: &GroupBoard, one: &GroupId, other: &GroupId) -> Option<Explained> {
    let rule = Rule::of(board);
    let (name, other_name) = (rule.find(one)?, rule.find(other)?);
    let pair = rule.tick(one, other);
    let whom = if one == other {
        "each other".to_owned()
    } else {
        format!("people of {other_name}")
    };
    let answer = may_find(
        rule.is_on,
        &rule.permissions,
        standing(false, core::slice::from_ref(one)),
        standing(false, core::slice::from_ref(other)),
    );
    let words = match answer {
        Ok(_) => vec![
            format!("People of {name} may chat with {whom}, because {pair} is ticked."),
            "They couldn't if you took that tick away.".into(),
        ],
        Err(WhyNot::GroupsOff) => vec![
            format!("People of {name} may not chat with {whom}, because User Groups are off."),
            match rule.permissions.joins(one, other) {
                true => "They could if you turned User Groups on.".into(),
                false => format!("They could if you turned User Groups on and ticked {pair}."),
            },
        ],
        Err(_) => vec![
            format!(
                "People of {name} may not chat with {whom}, because no tick joins {}.",
                match one == other {
                    true => "the group with itself",
                    false => "the two groups",
                }
            ),
            format!("They could if you ticked {pair}."),
        ],
    };
    let may = answer.is_ok();
    Some(Explained { may, words })
}

const fn standing(is_admin: bool, groups: &[GroupId]) -> Standing<'_> {
    Standing { is_admin, groups }
}

impl<'a> Rule<'a> {
    fn of(board: &'a GroupBoard) -> Self {
        Self {
            board,
            permissions: Permissions::new(board.permissions.iter().cloned()),
            is_on: board.user_groups.is_on(),
        }
    }

    fn find(&self, group_id: &GroupId) -> Option<&str> {
        let found = self
            .board
            .groups
            .iter()
            .find(|group| group.group_id == *group_id)?;
        Some(&found.name)
    }

    fn name(&self, group_id: &GroupId) -> &str {
        self.find(group_id).unwrap_or("a group that is gone")
    }

    /// "Trial × Billing", in the order in which they are asked about.
    fn tick(&self, one: &GroupId, other: &GroupId) -> String {
        [self.name(one), " × ", self.name(other)].concat()
    }

    /// "Trial, Office".
    fn names(&self, groups: &[GroupId]) -> String {
        let names: Vec<&str> = groups.iter().map(|group| self.name(group)).collect();
        names.join(", ")
    }
}

#[cfg(test)]
mod tests;
