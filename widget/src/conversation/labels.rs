//! Times in a thread, as the browser says them, and what it says besides messages.

use super::message_log::{Labels, Saying};
use super::notice::notice_sentence;
use crate::frame::intl;
use crate::i18n::{UserText, say};
use shared::ids::Time;

/// The browser's way.
pub struct BrowserLabels;

impl Labels for BrowserLabels {
    fn say(&self, saying: &Saying) -> Option<String> {
        match saying {
            Saying::Notice(told) => notice_sentence(told),
            Saying::Erased => Some(say(UserText::Erased).into()),
            Saying::Unproven => Some(say(UserText::Unproven).into()),
        }
    }

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
