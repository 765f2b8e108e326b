//! The life of the one socket, as a plain state machine.
//!
//! The law: whatever happens, the frame is either connected, on its way, waiting a bounded time, or knows why it may
//! not come back. Times are compared, never counted: timers sleep in hidden tabs, clocks do not.

use super::Banner;
use crate::net::backoff::backoff_ms;
use shared::ids::Time;
use shared::realtime::close;

/// A connection that is not up after this is given up. **Units**: milliseconds.
const PATIENCE_MS: i64 = 10_000;
/// A connection that held this long was a good one: the next failure counts as the first.
const GOOD_MS: i64 = 10_000;
/// Without a connection for this long, the banner says so (`look.md`).
const BANNER_AFTER_MS: i64 = 2_000;
/// A socket that gave way to another one comes back when somebody looks, or after this.
const REPLACED_MS: i64 = 5 * 60 * 1_000;
/// Failures in a row after which the session itself is in doubt: a refused upgrade looks like a lost network.
const DOUBT_AFTER: u32 = 2;

/// Where the socket stands.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Phase {
    /// Nobody wants one: a visitor has nothing to hear.
    Off,
    Connecting {
        since: Time,
    },
    Open {
        since: Time,
        heard: Time,
    },
    Waiting {
        until: Time,
    },
    /// The server speaks another build: only a reload helps.
    Outdated,
    /// The session ended.
    SignedOut,
}

/// What may have been missed.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Missed {
    /// What was said.
    Words,
    /// Also who may do what: the connection was lost, and nobody could be told.
    Anything,
}

/// What the driver is to do.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Task {
    Nothing,
    /// Drop whatever socket there is and open one.
    Open,
    /// Drop whatever socket there is.
    Drop,
    /// Ask what was missed.
    CatchUp(Missed),
    /// Ask who we are: the socket was refused, or closed for a reason of identity.
    AskSession,
    Reload,
}

/// The socket's state.
#[derive(Clone)]
pub struct Connection {
    phase: Phase,
    failures: u32,
    /// Since when there has been none.
    lost_at: Option<Time>,
    /// What the server said on leaving. **Units**: milliseconds.
    asked_to_wait: Option<u32>,
    ping_ms: i64,
}

impl Default for Connection {
    fn default() -> Self {
        let ping_ms = i64::from(shared::limits::PING_SECONDS) * 1_000;
        Self {
            phase: Phase::Off,
            failures: 0,
            lost_at: None,
            asked_to_wait: None,
            ping_ms,
        }
    }
}

impl Connection {
    pub fn phase(&self) -> Phase {
        self.phase
    }

    pub fn is_open(&self) -> bool {
        matches!(self.phase, Phase::Open { .. })
    }

    /// Somebody is known now: there is something to hear.
    pub fn want(&mut self, now: Time) -> Task {
        match self.phase {
            Phase::Off | Phase::SignedOut => {
                self.failures = 0;
                self.connect(now)
            }
            _ => Task::Nothing,
        }
    }

    /// Nobody is known any more.
    pub fn leave(&mut self) -> Task {
        *self = Self::default();
        Task::Drop
    }

    /// The server greeted us. **Units** of `ping_s`: seconds.
    pub fn welcomed(&mut self, now: Time, ping_s: u32) -> Task {
        self.ping_ms = i64::from(ping_s.max(1)) * 1_000;
        self.phase = Phase::Open {
            since: now,
            heard: now,
        };
        Task::CatchUp(match self.lost_at.take() {
            None => Missed::Words,
            Some(_) => Missed::Anything,
        })
    }

    /// Anything came.
    pub fn heard(&mut self, now: Time) {
        if let Phase::Open { heard, .. } = &mut self.phase {
            *heard = now;
        }
    }

    /// The server said that it goes, and when to come back.
    pub fn going_away(&mut self, retry_after_ms: u32) {
        self.asked_to_wait = Some(retry_after_ms);
    }

    /// The socket closed, or could not be opened.
    pub fn closed(&mut self, now: Time, code: u16, chance: u32) -> Task {
        match (self.phase, code) {
            (Phase::Off | Phase::Outdated | Phase::SignedOut | Phase::Waiting { .. }, _) => {
                return Task::Nothing;
            }
            (_, close::OUTDATED) => {
                self.phase = Phase::Outdated;
                return Task::Reload;
            }
            (_, close::SIGNED_OUT) => {
                self.phase = Phase::SignedOut;
                return Task::AskSession;
            }
            _ => {}
        }
        if let Phase::Open { since, .. } = self.phase
            && now.0 - since.0 >= GOOD_MS
        {
            self.failures = 0;
        }
        self.lost_at.get_or_insert(now);
        let wait = match (code, self.asked_to_wait.take()) {
            (close::REPLACED, _) => REPLACED_MS,
            (_, Some(wait)) => i64::from(wait),
            _ => i64::from(backoff_ms(self.failures, chance)),
        };
        self.failures += 1;
        self.phase = Phase::Waiting {
            until: Time(now.0 + wait),
        };
        let is_doubtful = self.failures == DOUBT_AFTER || self.failures.is_multiple_of(8);
        if code == close::FORBIDDEN || is_doubtful {
            Task::AskSession
        } else {
            Task::Nothing
        }
    }

    /// Time passed.
    pub fn tick(&mut self, now: Time) -> Task {
        match self.phase {
            Phase::Waiting { until } if until <= now => self.connect(now),
            // A clock that was set back must not make anybody wait for the old time.
            Phase::Waiting { until } if until.0 - now.0 > REPLACED_MS => self.connect(now),
            Phase::Connecting { since } if (now.0 - since.0).abs() > PATIENCE_MS => {
                self.give_up(now)
            }
            // Dead after two missed pings, and some for the way.
            Phase::Open { heard, .. } if (now.0 - heard.0).abs() > 2 * self.ping_ms + 5_000 => {
                self.give_up(now)
            }
            _ => Task::Nothing,
        }
    }

    /// The page came back, the network came back, or somebody looks: find out at once.
    pub fn nudge(&mut self, now: Time) -> Task {
        match self.phase {
            Phase::Waiting { .. } => self.connect(now),
            Phase::Open { heard, .. } if (now.0 - heard.0).abs() > self.ping_ms + 5_000 => {
                self.give_up(now)
            }
            Phase::Open { .. } => Task::CatchUp(Missed::Words),
            _ => self.tick(now),
        }
    }

    /// What the banner says.
    pub fn banner(&self, now: Time, is_online: bool) -> Banner {
        match (is_online, self.lost_at) {
            (false, _) => Banner::Offline,
            (true, Some(lost_at)) if (now.0 - lost_at.0).abs() >= BANNER_AFTER_MS => {
                Banner::Reconnecting
            }
            _ => Banner::Quiet,
        }
    }

    fn connect(&mut self, now: Time) -> Task {
        self.phase = Phase::Connecting { since: now };
        Task::Open
    }

    /// The old socket says nothing; it is dropped and a new one tried at once.
    fn give_up(&mut self, now: Time) -> Task {
        self.failures += 1;
        self.lost_at.get_or_insert(now);
        self.connect(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> Time {
        Time(seconds * 1_000)
    }

    fn open(now: Time) -> Connection {
        let mut connection = Connection::default();
        assert_eq!(connection.want(now), Task::Open);
        assert_eq!(connection.welcomed(now, 25), Task::CatchUp(Missed::Words));
        connection
    }

    #[test]
    fn every_welcome_asks_what_was_missed_and_after_a_loss_who_may_do_what() {
        let mut connection = open(at(0));
        assert_eq!(connection.closed(at(20), 1006, 500), Task::Nothing);
        assert_eq!(connection.tick(at(20)), Task::Nothing);
        assert_eq!(connection.tick(at(21)), Task::Open);
        let missed = Task::CatchUp(Missed::Anything);
        assert_eq!(connection.welcomed(at(21), 25), missed);
        assert_eq!(connection.nudge(at(22)), Task::CatchUp(Missed::Words));
    }

    #[test]
    fn a_silent_socket_is_dead_after_two_pings_even_when_no_timer_ran() {
        let mut connection = open(at(0));
        connection.heard(at(25));
        assert_eq!(connection.tick(at(79)), Task::Nothing);
        assert_eq!(connection.tick(at(81)), Task::Open);
        let mut slept = open(at(0));
        assert_eq!(slept.nudge(at(3_600)), Task::Open);
    }

    #[test]
    fn coming_back_asks_at_once_instead_of_waiting() {
        let mut connection = open(at(0));
        assert_eq!(connection.nudge(at(5)), Task::CatchUp(Missed::Words));
        connection.closed(at(20), close::REPLACED, 0);
        assert_eq!(connection.tick(at(60)), Task::Nothing);
        assert_eq!(connection.nudge(at(61)), Task::Open);
    }

    #[test]
    fn another_build_reloads_and_a_sign_out_asks_who_we_are() {
        assert_eq!(open(at(0)).closed(at(1), close::OUTDATED, 0), Task::Reload);
        let mut connection = open(at(0));
        assert_eq!(
            connection.closed(at(1), close::SIGNED_OUT, 0),
            Task::AskSession
        );
        assert_eq!(connection.tick(at(500)), Task::Nothing);
        assert_eq!(connection.want(at(501)), Task::Open);
        assert_eq!(
            open(at(0)).closed(at(1), close::FORBIDDEN, 0),
            Task::AskSession
        );
    }

    #[test]
    fn a_server_that_leaves_is_given_the_time_it_asked_for() {
        let mut connection = open(at(0));
        connection.going_away(7_000);
        connection.closed(at(20), close::GOING_AWAY, 0);
        assert_eq!(connection.phase(), Phase::Waiting { until: at(27) });
    }

    #[test]
    fn the_banner_waits_two_seconds_and_goes_without_applause() {
        let mut connection = open(at(0));
        connection.closed(at(20), 1006, 999);
        assert_eq!(connection.banner(at(21), true), Banner::Quiet);
        assert_eq!(connection.banner(at(22), true), Banner::Reconnecting);
        assert_eq!(connection.banner(at(21), false), Banner::Offline);
        connection.tick(at(60));
        connection.welcomed(at(60), 25);
        assert_eq!(connection.banner(at(61), true), Banner::Quiet);
    }

    #[test]
    fn a_socket_that_is_refused_twice_puts_the_session_in_doubt() {
        let mut connection = Connection::default();
        connection.want(at(0));
        assert_eq!(connection.closed(at(0), 1006, 0), Task::Nothing);
        assert_eq!(connection.tick(at(1)), Task::Open);
        assert_eq!(connection.closed(at(1), 1006, 0), Task::AskSession);
    }

    proptest! {
        #[test]
        fn whatever_happens_it_tries_again_within_its_bounds(
            steps in proptest::collection::vec((0u8..6, 0i64..40_000, 0u32..1_000), 0..60),
        ) {
            let mut connection = Connection::default();
            let mut now = at(1_000);
            connection.want(now);
            for (what, pause, chance) in steps {
                now = Time(now.0 + pause);
                match what {
                    0 => { connection.tick(now); }
                    1 => { connection.closed(now, 1006, chance); }
                    2 => if matches!(connection.phase(), Phase::Connecting { .. }) { connection.welcomed(now, 25); },
                    3 => connection.heard(now),
                    4 => { connection.nudge(now); }
                    _ => { connection.closed(now, close::RESYNC, chance); }
                }
                if let Phase::Waiting { until } = connection.phase() {
                    prop_assert!(until.0 - now.0 <= 45_000, "waits {} ms", until.0 - now.0);
                    let mut later = connection.clone();
                    prop_assert_eq!(later.tick(until), Task::Open);
                }
            }
            // An hour of silence never leaves it believing in a dead socket.
            let task = connection.tick(Time(now.0 + 3_600_000));
            prop_assert_eq!(task, Task::Open);
        }
    }
}
