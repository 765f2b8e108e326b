//! Whether somebody of the staff is there: the green dot on the door.
//!
//! The law: there is a staff socket whose page was visible in the last five minutes. A closed one counts for half a
//! minute more, so that a reload does not blink. Times are those that have passed, not what the clock shows: one that is
//! set back must not leave somebody there who went.

use shared::{ids::PersonId, realtime::Visibility, settings::Presence};
use std::{collections::HashMap, time::Duration};

const VISIBLE: Duration = Duration::from_secs(5 * 60);
const RELOAD: Duration = Duration::from_secs(30);

/// When each of the staff was last seen to look. Bounded by how many the staff are.
#[derive(Default)]
pub(super) struct Attendance {
    until: HashMap<PersonId, Until>,
}

#[derive(Clone, Copy)]
enum Until {
    /// This many sockets show a visible page right now.
    Looking(u32),
    /// Counts until then.
    Passes(Duration),
}

impl Attendance {
    /// A page of somebody of the staff became visible or hidden.
    pub fn look(&mut self, person_id: &PersonId, visibility: Visibility, now: Duration) {
        match visibility {
            Visibility::Visible => self.add(person_id),
            Visibility::Hidden => self.take(person_id, now + VISIBLE),
        }
    }

    /// A socket with a visible page is gone.
    pub fn leave(&mut self, person_id: &PersonId, now: Duration) {
        self.take(person_id, now + RELOAD);
    }

    /// Somebody is no longer of the staff.
    pub fn dismiss(&mut self, person_id: &PersonId) {
        self.until.remove(person_id);
    }

    pub fn presence(&self, now: Duration) -> Presence {
        let counts = |until: &Until| match until {
            Until::Looking(_) => true,
            Until::Passes(end) => *end > now,
        };
        if self.until.values().any(counts) {
            Presence::There
        } else {
            Presence::Away
        }
    }

    fn add(&mut self, person_id: &PersonId) {
        let until = self
            .until
            .entry(person_id.clone())
            .or_insert(Until::Looking(0));
        *until = match *until {
            Until::Looking(sockets) => Until::Looking(sockets + 1),
            Until::Passes(_) => Until::Looking(1),
        };
    }

    fn take(&mut self, person_id: &PersonId, end: Duration) {
        if let Some(until) = self.until.get_mut(person_id) {
            *until = match *until {
                Until::Looking(sockets) if sockets > 1 => Until::Looking(sockets - 1),
                Until::Looking(_) => Until::Passes(end),
                Until::Passes(former) => Until::Passes(former),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{MINA, TEO};

    const START: Duration = Duration::from_secs(9);

    fn later(milliseconds: u64) -> Duration {
        START + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_hidden_page_counts_for_five_minutes() {
        let mut attendance = Attendance::default();
        assert_eq!(attendance.presence(START), Presence::Away);
        attendance.look(&MINA.person_id(), Visibility::Visible, START);
        assert_eq!(attendance.presence(later(3_600_000)), Presence::There);
        attendance.look(&MINA.person_id(), Visibility::Hidden, START);
        assert_eq!(attendance.presence(later(299_999)), Presence::There);
        assert_eq!(attendance.presence(later(300_000)), Presence::Away);
    }

    #[test]
    fn a_reload_does_not_blink_and_one_of_two_tabs_is_enough() {
        let mut attendance = Attendance::default();
        let teo = TEO.person_id();
        attendance.look(&teo, Visibility::Visible, START);
        attendance.look(&teo, Visibility::Visible, START);
        attendance.leave(&teo, START);
        assert_eq!(attendance.presence(later(3_600_000)), Presence::There);
        attendance.leave(&teo, later(3_600_000));
        assert_eq!(attendance.presence(later(3_629_999)), Presence::There);
        assert_eq!(attendance.presence(later(3_630_000)), Presence::Away);
    }

    #[test]
    fn who_is_no_longer_staff_is_not_there() {
        let mut attendance = Attendance::default();
        attendance.look(&TEO.person_id(), Visibility::Visible, START);
        attendance.dismiss(&TEO.person_id());
        assert_eq!(attendance.presence(START), Presence::Away);
    }
}
