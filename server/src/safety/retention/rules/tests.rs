//! The rows of the table of ages, and a day with a wrong clock.

use super::*;

const NOW: i64 = 1_795_183_500_000;

fn ago(days: i64) -> Time {
    Time(NOW - days * DAY_MS)
}

fn periods(idle: u32, ended: u32) -> Periods {
    Periods::of(&Settings {
        keep_guest_conversations_days: idle,
        keep_ended_conversations_days: ended,
        ..Settings::default()
    })
}

fn still(last_word: Time, sessions: Sessions) -> Stillness {
    Stillness {
        last_word: Some(last_word),
        given_back_at: None,
        erased_at: None,
        sessions,
    }
}

#[test]
fn a_guest_goes_when_the_days_have_passed_and_not_a_moment_earlier() {
    use Sessions::{Ended, Living};
    let both = periods(365, 180);
    for (last_word, sessions, periods, expected) in [
        (Time(ago(180).0 - 1), Ended, both, Some(Rule::Ended)),
        (ago(180), Ended, both, None),
        (Time(ago(180).0 - 1), Living, both, None),
        (Time(ago(365).0 - 1), Living, both, Some(Rule::Idle)),
        (ago(365), Living, both, None),
        (ago(400), Ended, both, Some(Rule::Ended)),
        (ago(4_000), Ended, periods(0, 0), None),
        (ago(4_000), Living, periods(0, 30), None),
        (ago(31), Ended, periods(0, 30), Some(Rule::Ended)),
        (ago(4_000), Ended, periods(365, 0), Some(Rule::Idle)),
        (ago(40), Ended, periods(30, 365), Some(Rule::Idle)),
        // A clock that was once set forward wrote a time that is still to come.
        (ago(-5), Ended, periods(30, 30), None),
    ] {
        let guest = still(last_word, sessions);
        assert_eq!(
            expired(&guest, periods, Time(NOW)),
            expected,
            "{last_word:?} {sessions:?} {periods:?}"
        );
    }
}

#[test]
fn what_came_back_to_a_guest_is_as_young_as_that() {
    let guest = still(ago(400), Sessions::Ended);
    let given_back = |days| Stillness {
        given_back_at: Some(ago(days)),
        ..guest
    };
    let both = periods(365, 180);
    assert_eq!(expired(&given_back(1), both, Time(NOW)), None);
    assert_eq!(expired(&given_back(180), both, Time(NOW)), None);
    assert_eq!(
        expired(&given_back(181), both, Time(NOW)),
        Some(Rule::Ended)
    );
}

#[test]
fn who_is_erased_and_heard_nothing_since_is_left_alone() {
    let guest = still(ago(400), Sessions::Ended);
    let erased = |days| Stillness {
        erased_at: Some(ago(days)),
        ..guest
    };
    let both = periods(365, 180);
    for days in [1, 399, 400] {
        assert_eq!(expired(&erased(days), both, Time(NOW)), None, "{days}");
    }
    assert_eq!(
        expired(&erased(401), both, Time(NOW)),
        Some(Rule::Ended),
        "somebody wrote to them a day later"
    );
    let nothing = Stillness {
        last_word: None,
        ..guest
    };
    assert_eq!(expired(&nothing, both, Time(NOW)), None);
}

#[test]
fn the_search_begins_where_the_shorter_period_ends() {
    assert_eq!(periods(365, 180).newest_gone(Time(NOW)), Some(ago(180)));
    assert_eq!(periods(0, 180).newest_gone(Time(NOW)), Some(ago(180)));
    assert_eq!(periods(365, 0).newest_gone(Time(NOW)), Some(ago(365)));
    assert_eq!(periods(0, 0).newest_gone(Time(NOW)), None);
}

#[test]
fn lines_go_a_days_worth_at_a_time() {
    let now = Time(NOW);
    assert_eq!(plan_lines(Some(ago(366)), 365, now), None);
    let older = Time(ago(366).0 - 1);
    assert_eq!(plan_lines(Some(older), 365, now), Some(ago(365)));
    assert_eq!(plan_lines(Some(ago(4_000)), 0, now), None);
    assert_eq!(plan_lines(None, 365, now), None);
}

const MINUTE_MS: i64 = 60_000;

/// A machine: what its clock shows, and how long it has been on.
struct Machine(Reading);

impl Machine {
    fn minutes(&mut self, minutes: i64) -> Reading {
        self.0.now.0 += minutes * MINUTE_MS;
        self.0.elapsed += Duration::from_secs(minutes.unsigned_abs() * 60);
        self.0
    }
}

#[test]
fn a_clock_that_was_set_is_believed_an_hour_later() {
    let mut machine = Machine(Reading {
        now: Time(NOW),
        elapsed: Duration::ZERO,
    });
    let mut hours = Hours::begin(machine.0);
    assert_eq!(hours.look(machine.minutes(59)), Due::NotYet);
    assert_eq!(hours.look(machine.minutes(1)), Due::Now);
    assert_eq!(hours.look(machine.minutes(1)), Due::NotYet);
    // Forward by a year, where nobody meant it.
    machine.0.now.0 += 365 * DAY_MS;
    assert_eq!(hours.look(machine.minutes(59)), Due::ClockWasSet);
    assert_eq!(hours.look(machine.minutes(30)), Due::NotYet);
    // Right again before anything happened: that is a jump too.
    machine.0.now.0 -= 365 * DAY_MS;
    assert_eq!(hours.look(machine.minutes(29)), Due::ClockWasSet);
    assert_eq!(hours.look(machine.minutes(59)), Due::NotYet);
    assert_eq!(hours.look(machine.minutes(1)), Due::Now);
    // What a time server does, and a machine that slept for a night.
    machine.0.now.0 += 9 * 60 * MINUTE_MS;
    assert_eq!(hours.look(machine.minutes(60)), Due::Now);
    hours.failed(machine.0.elapsed);
    assert_eq!(hours.look(machine.minutes(1)), Due::Now);
}
