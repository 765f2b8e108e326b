//! Times in a thread, as the browser says them.

use super::message_log::Labels;
use crate::frame::intl;
use shared::ids::Time;

/// The browser's way.
pub struct BrowserLabels;

impl Labels for BrowserLabels {
    fn day_number(&self, time: Time) -> i64 {
        intl::day_number(time)
    }

    fn day(&self, time: Time, now: Time) -> String {
        intl::day(time, now)
    }

    fn time(&self, time: Time) -> String {
        intl::clock_time(time)
    }
}
