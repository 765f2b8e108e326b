//! When something was said last: the order of lists.
//!
//! The law: what is said now comes first in every list, also where the clock was set back since something else was said.
//! The message itself bears the clock's time, and its place in its conversation is its position.

use shared::ids::Time;
use std::sync::atomic::{AtomicI64, Ordering};

/// Whoever sets a clock back by more than this says that it had been wrong altogether. **Units**: milliseconds.
const DAY_MS: i64 = 86_400_000;

/// By whatever the clock showed then; of this process, since its start.
#[derive(Default)]
pub(super) struct LatestActivity(AtomicI64);

impl LatestActivity {
    /// When a conversation was active that something is said in now.
    pub fn next(&self, now: Time) -> Time {
        let latest = self.0.load(Ordering::Relaxed);
        let is_set_back = latest > now.0 && latest - now.0 <= DAY_MS;
        let next = if is_set_back { latest + 1 } else { now.0 };
        // Only the writer's task writes it.
        self.0.store(next, Ordering::Relaxed);
        Time(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_after_the_clock_was_set_back_comes_after_what_was_said_before() {
        let latest = LatestActivity::default();
        let noon = 1_795_183_500_000;
        assert_eq!(latest.next(Time(noon)), Time(noon));
        assert_eq!(latest.next(Time(noon)), Time(noon));
        assert_eq!(latest.next(Time(noon - 3_600_000)), Time(noon + 1));
        assert_eq!(latest.next(Time(noon - 3_599_000)), Time(noon + 2));
        // It has caught up.
        assert_eq!(latest.next(Time(noon + 9)), Time(noon + 9));
        // Two days wrong: those rows stay on top, and nothing else is put beside them.
        assert_eq!(
            latest.next(Time(noon - 2 * DAY_MS)),
            Time(noon - 2 * DAY_MS)
        );
    }
}
