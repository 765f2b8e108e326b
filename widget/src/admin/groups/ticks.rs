//! The ticks between groups, as they will be once everything that was pressed is saved.
//!
//! The law: a tick and its mirror are one; what waits to be saved is shown as if it were, and goes back when it fails.
//! One change is under way at a time, in the order in which they were pressed.

use shared::group::permission::Permissions;
use shared::group::{ChangePermission, GroupBoard, GroupRow, PermissionPair};
use shared::ids::GroupId;
use shared::settings::Switch;

/// Groups that stand in the matrix at once. **Source**: 24 × 24 boxes are drawn in less than a frame's time; all 200
/// groups would be 40,000.
pub const SHOWN_AT_ONCE: usize = 24;

/// What was saved, and what is still to be.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Ticks {
    saved: Permissions,
    waiting: Vec<ChangePermission>,
}

impl Ticks {
    /// What the server says now. What waits, waits on.
    pub fn heard(&mut self, board: &GroupBoard) {
        self.saved = Permissions::new(board.permissions.iter().cloned());
    }

    pub fn is_ticked(&self, one: &GroupId, other: &GroupId) -> bool {
        let pair = PermissionPair::of(one.clone(), other.clone());
        let waiting = self
            .waiting
            .iter()
            .rev()
            .find(|change| pair_of(change) == pair);
        waiting.map_or_else(
            || self.saved.joins(one, other),
            |change| change.allowed.is_on(),
        )
    }

    /// Somebody pressed one. Answers whether it has to be begun: nothing else is under way.
    pub fn press(&mut self, one: &GroupId, other: &GroupId, allowed: Switch) -> bool {
        self.waiting.push(ChangePermission {
            group_id: one.clone(),
            other_group_id: other.clone(),
            allowed,
        });
        self.waiting.len() == 1
    }

    /// The change to save next.
    pub fn next(&self) -> Option<ChangePermission> {
        self.waiting.first().cloned()
    }

    /// The first is saved.
    pub fn saved(&mut self, board: &GroupBoard) {
        self.waiting.remove(0);
        self.heard(board);
    }

    /// The first failed: what was pressed after it was pressed in good faith, and is asked for again by whoever wants it.
    pub fn failed(&mut self) {
        self.waiting.clear();
    }
}

fn pair_of(change: &ChangePermission) -> PermissionPair {
    PermissionPair::of(change.group_id.clone(), change.other_group_id.clone())
}

/// The groups whose name holds this, as many as fit. An empty search: the first ones.
pub fn groups_shown(groups: &[GroupRow], search: &str) -> Vec<GroupRow> {
    let wanted = search.trim().to_lowercase();
    let holds = |group: &&GroupRow| group.name.to_lowercase().contains(&wanted);
    groups
        .iter()
        .filter(holds)
        .take(SHOWN_AT_ONCE)
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::Time;
    use shared::samples::group_id;

    fn board(pairs: &[(u8, u8)]) -> GroupBoard {
        let pair = |(one, other): &(u8, u8)| PermissionPair::of(group_id(*one), group_id(*other));
        GroupBoard {
            groups: Vec::new(),
            permissions: pairs.iter().map(pair).collect(),
            user_groups: Switch::On,
            guest_group_id: None,
        }
    }

    #[test]
    fn a_tick_is_its_own_mirror_at_once() {
        let [one, other] = [1, 2].map(group_id);
        let mut ticks = Ticks::default();
        ticks.heard(&board(&[]));
        assert!(ticks.press(&other, &one, Switch::On));
        assert!(ticks.is_ticked(&one, &other) && ticks.is_ticked(&other, &one));
        assert!(!ticks.is_ticked(&one, &one));
    }

    #[test]
    fn what_is_pressed_quickly_is_saved_one_after_the_other() {
        let [one, other, third] = [1, 2, 3].map(group_id);
        let mut ticks = Ticks::default();
        ticks.heard(&board(&[(1, 3)]));
        assert!(ticks.press(&one, &other, Switch::On));
        assert!(!ticks.press(&third, &one, Switch::Off));
        assert!(!ticks.press(&other, &one, Switch::Off));
        // The last press counts.
        assert!(!ticks.is_ticked(&one, &other) && !ticks.is_ticked(&one, &third));
        assert!(ticks.next().is_some_and(|change| change.allowed.is_on()));
        ticks.saved(&board(&[(1, 2), (1, 3)]));
        assert!(!ticks.is_ticked(&one, &other) && !ticks.is_ticked(&one, &third));
        ticks.saved(&board(&[(1, 2)]));
        ticks.saved(&board(&[]));
        assert!(ticks.next().is_none());
        assert!(!ticks.is_ticked(&one, &other));
    }

    #[test]
    fn a_failure_shows_what_is_true_again() {
        let [one, other] = [1, 2].map(group_id);
        let mut ticks = Ticks::default();
        ticks.heard(&board(&[(1, 1)]));
        ticks.press(&one, &one, Switch::Off);
        ticks.press(&one, &other, Switch::On);
        ticks.failed();
        assert!(ticks.is_ticked(&one, &one) && !ticks.is_ticked(&one, &other));
        assert!(ticks.press(&one, &other, Switch::On));
    }

    #[test]
    fn a_matrix_holds_what_fits_and_what_is_looked_for() {
        let groups: Vec<GroupRow> = (1..=40)
            .map(|number| GroupRow {
                group_id: group_id(number),
                name: format!("Group {number}"),
                people: 0,
                created_at: Time(0),
            })
            .collect();
        assert_eq!(groups_shown(&groups, "").len(), SHOWN_AT_ONCE);
        let found = groups_shown(&groups, " gROUP 3");
        assert_eq!(found.len(), 11);
        assert!(groups_shown(&groups, "nothing").is_empty());
    }
}
