//! Time comes in through here (D12).
//!
//! The law: nothing else in the server asks the operating system what time it is, so that a test, or the demo, can
//! hold the clock still and step it.

use shared::ids::Time;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

/// A clock. Clones show the same time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The operating system's.
    System {
        /// Where [`Clock::elapsed`] counts from.
        started: Instant,
    },
    /// Stands still until it is told to go on.
    Stepped {
        /// **Units**: milliseconds since 1970.
        started_at_ms: i64,
        /// **Units**: milliseconds since 1970.
        now_ms: Arc<AtomicI64>,
        /// How far it was set forward, or back. **Units**: milliseconds.
        set_by_ms: Arc<AtomicI64>,
    },
}

impl Clock {
    /// The operating system's time.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door that the others come in through"
    )]
    pub fn system() -> Self {
        Self::System {
            started: Instant::now(),
        }
    }

    /// A clock that stands at `now` until [`Clock::advance`].
    pub fn stepped(now: Time) -> Self {
        Self::Stepped {
            started_at_ms: now.0,
            now_ms: Arc::new(AtomicI64::new(now.0)),
            set_by_ms: Arc::default(),
        }
    }

    /// The moment, for labels and expiry dates.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door that the others come in through"
    )]
    pub fn now(&self) -> Time {
        match self {
            Self::System { .. } => {
                let since_1970 = SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .expect("the operating system's clock stands after 1970");
                Time(
                    i64::try_from(since_1970.as_millis())
                        .expect("milliseconds since 1970 fit 63 bits for 292 million years"),
                )
            }
            Self::Stepped {
                now_ms, set_by_ms, ..
            } => Time(now_ms.load(Ordering::SeqCst) + set_by_ms.load(Ordering::SeqCst)),
        }
    }

    /// How long this clock has been running, never going back: for rate limits and time-outs.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the door that the others come in through"
    )]
    pub fn elapsed(&self) -> Duration {
        match self {
            Self::System { started } => Instant::now().duration_since(*started),
            Self::Stepped {
                started_at_ms,
                now_ms,
                ..
            } => {
                let passed = now_ms.load(Ordering::SeqCst) - started_at_ms;
                Duration::from_millis(u64::try_from(passed).unwrap_or(0))
            }
        }
    }

    /// Steps a stepped clock on. The operating system's clock goes by itself and takes no notice.
    pub fn advance(&self, milliseconds: i64) {
        if let Self::Stepped { now_ms, .. } = self {
            now_ms.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }

    /// Sets a stepped clock forward, or back, as an operator does, or a time server: no time passes.
    pub fn set_by(&self, milliseconds: i64) {
        if let Self::Stepped { set_by_ms, .. } = self {
            set_by_ms.fetch_add(milliseconds, Ordering::SeqCst);
        }
    }
}

/// A moment as other programs read it (RFC 3339), to the millisecond.
pub fn rfc3339(time: Time) -> String {
    let since_1970 = Duration::from_millis(u64::try_from(time.0).unwrap_or(0));
    humantime::format_rfc3339_millis(UNIX_EPOCH + since_1970).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stepped_clock_moves_only_when_told() {
        let clock = Clock::stepped(Time(1_000));
        let other_hand = clock.clone();
        assert_eq!(
            (clock.now(), clock.elapsed()),
            (Time(1_000), Duration::ZERO)
        );
        other_hand.advance(250);
        assert_eq!(
            (clock.now(), clock.elapsed()),
            (Time(1_250), Duration::from_millis(250))
        );
        other_hand.set_by(-750);
        assert_eq!(
            (clock.now(), clock.elapsed()),
            (Time(500), Duration::from_millis(250))
        );
    }
}
