//! What has been kept for long enough, and when the clock is trusted to say so: pure decisions.
//!
//! The laws: 0 days are for ever. A conversation is as old as its last word, or as its coming back to its guest. Who may
//! come back has the longer of the two periods. A clock that was set is believed an hour later.

use shared::{ids::Time, settings::Settings};
use std::time::Duration;

const DAY_MS: i64 = 86_400_000;
/// Between two sweeps, and until a clock is trusted.
pub const HOUR: Duration = Duration::from_secs(3_600);
/// After a sweep that failed.
const RETRY: Duration = Duration::from_secs(60);
/// A clock that went this much further than the time that passed was set. **Units**: milliseconds.
const JUMP_MS: i64 = DAY_MS;

/// How long guests' conversations are kept. `None`: for ever. **Units**: milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    idle_ms: Option<i64>,
    ended_ms: Option<i64>,
}

impl Periods {
    pub fn of(settings: &Settings) -> Self {
        Self {
            idle_ms: period_ms(settings.keep_guest_conversations_days),
            ended_ms: period_ms(settings.keep_ended_conversations_days),
        }
    }

    /// Nothing in which somebody wrote after this moment has been kept for long enough. `None`: nothing ever has.
    pub fn newest_gone(&self, now: Time) -> Option<Time> {
        let shortest = [self.idle_ms, self.ended_ms].into_iter().flatten().min()?;
        Some(Time(now.0 - shortest))
    }
}

/// **Units**: days, and milliseconds. `None`: for ever.
pub fn period_ms(days: u32) -> Option<i64> {
    (days > 0).then(|| i64::from(days) * DAY_MS)
}

/// A guest, as far as their age goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stillness {
    /// When anybody last wrote in what is theirs. `None`: nothing is.
    pub last_word: Option<Time>,
    /// When something last came back to them from a user.
    pub given_back_at: Option<Time>,
    /// When they were last erased.
    pub erased_at: Option<Time>,
    pub sessions: Sessions,
}

/// Whether a guest can come back by their cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    Living,
    Ended,
}

/// By which rule somebody goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nobody wrote for long, and nobody can come back.
    Ended,
    /// Nobody wrote for very long.
    Idle,
}

/// Whether a guest's conversations have been kept for long enough.
pub fn expired(still: &Stillness, periods: Periods, now: Time) -> Option<Rule> {
    let last_word = still.last_word?;
    // What somebody of the staff wrote to a guest after they were erased grows old like everything else.
    if still.erased_at.is_some_and(|erased| erased >= last_word) {
        return None;
    }
    let since = still
        .given_back_at
        .map_or(last_word, |at| at.max(last_word));
    let has_passed =
        |period: Option<i64>| period.is_some_and(|period_ms| now.0 - since.0 > period_ms);
    if still.sessions == Sessions::Ended && has_passed(periods.ended_ms) {
        Some(Rule::Ended)
    } else if has_passed(periods.idle_ms) {
        Some(Rule::Idle)
    } else {
        None
    }
}

/// Before when lines of the log go. They go a day's worth at a time, so that the line that says so is one a day.
/// `None`: none does.
pub fn plan_lines(oldest: Option<Time>, keep_days: u32, now: Time) -> Option<Time> {
    let before = Time(now.0 - period_ms(keep_days)?);
    (oldest?.0 < before.0 - DAY_MS).then_some(before)
}

/// Whether it is time for a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Now,
    NotYet,
    /// The clock was set: it is believed an hour from now.
    ClockWasSet,
}

/// When to sweep, by a clock that may be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    seen: Reading,
    /// **Units**: since the process began, as everything that is compared with what passed.
    due_at: Duration,
}

/// What a clock shows, and how much time has passed.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub now: Time,
    pub elapsed: Duration,
}

impl Reading {
    /// How much further the clock went than the time. **Units**: milliseconds.
    fn drift_ms(self, earlier: Self) -> i64 {
        let passed = self.elapsed.saturating_sub(earlier.elapsed).as_millis();
        let passed_ms = i64::try_from(passed).unwrap_or(i64::MAX);
        (self.now.0 - earlier.now.0).saturating_sub(passed_ms)
    }
}

impl Hours {
    /// Nothing in the first hour: a machine that starts with a wrong clock has it put right in minutes.
    pub fn begin(reading: Reading) -> Self {
        Self {
            seen: reading,
            due_at: reading.elapsed + HOUR,
        }
    }

    pub fn look(&mut self, reading: Reading) -> Due {
        let drift_ms = reading.drift_ms(self.seen);
        self.seen = reading;
        if drift_ms.abs() > JUMP_MS {
            self.due_at = reading.elapsed + HOUR;
            return Due::ClockWasSet;
        }
        if reading.elapsed < self.due_at {
            return Due::NotYet;
        }
        self.due_at = reading.elapsed + HOUR;
        Due::Now
    }

    /// A sweep came to nothing: tried again in a minute.
    pub fn failed(&mut self, elapsed: Duration) {
        self.due_at = elapsed + RETRY;
    }
}

#[cfg(test)]
mod tests;
