//! How fast a socket may speak, and how often it may speak nonsense.

use shared::limits::{BAD_FRAMES_PER_MINUTE, SOCKET_FRAMES_PER_SECOND};
use std::time::Duration;

/// What comes of one more frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Fine,
    /// Say so, and take no notice of the frame.
    Warn,
    /// Take no notice of the frame; it was said already.
    Ignore,
    /// Close (1008).
    Close,
}

/// One socket's record.
#[derive(Default)]
pub(super) struct Pace {
    window: Duration,
    frames: u32,
    /// When it was last told to slow down.
    warned_at: Option<Duration>,
    bad_since: Duration,
    bad: u32,
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

impl Pace {
    /// One more frame, of whatever kind. `now` never goes back.
    pub fn frame(&mut self, now: Duration) -> Verdict {
        if now.saturating_sub(self.window) >= SECOND {
            self.window = now;
            self.frames = 0;
        }
        self.frames += 1;
        if self.frames <= SOCKET_FRAMES_PER_SECOND {
            return Verdict::Fine;
        }
        // Told once in this second; twice the pace, or too fast again within the minute, and that was it.
        match self.warned_at {
            Some(at) if at >= self.window => match self.frames {
                frames if frames > 2 * SOCKET_FRAMES_PER_SECOND => Verdict::Close,
                _ => Verdict::Ignore,
            },
            Some(at) if now.saturating_sub(at) < MINUTE => Verdict::Close,
            _ => {
                self.warned_at = Some(now);
                Verdict::Warn
            }
        }
    }

    /// One more frame that could not be read.
    pub fn bad_frame(&mut self, now: Duration) -> Verdict {
        if now.saturating_sub(self.bad_since) >= MINUTE {
            self.bad_since = now;
            self.bad = 0;
        }
        self.bad += 1;
        if self.bad >= BAD_FRAMES_PER_MINUTE {
            Verdict::Close
        } else {
            Verdict::Warn
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_warned_once_and_then_closed() {
        let mut pace = Pace::default();
        let verdicts: Vec<_> = (0..100)
            .map(|number| pace.frame(Duration::from_millis(number * 10)))
            .collect();
        assert!(
            verdicts[..20]
                .iter()
                .all(|verdict| *verdict == Verdict::Fine)
        );
        assert_eq!(verdicts[20], Verdict::Warn);
        assert!(
            verdicts[21..40]
                .iter()
                .all(|verdict| *verdict == Verdict::Ignore)
        );
        assert_eq!(verdicts[40], Verdict::Close);
    }

    #[test]
    fn the_second_flood_within_a_minute_is_the_last() {
        let mut pace = Pace::default();
        let mut burst = |at: u64| (0..21).map(|_| pace.frame(Duration::from_secs(at))).last();
        assert_eq!(burst(10), Some(Verdict::Warn));
        assert_eq!(burst(90), Some(Verdict::Warn));
        assert_eq!(burst(120), Some(Verdict::Close));
    }

    #[test]
    fn the_third_bad_frame_in_a_minute_closes() {
        let mut pace = Pace::default();
        let at = Duration::from_secs;
        assert_eq!(pace.bad_frame(at(100)), Verdict::Warn);
        assert_eq!(pace.bad_frame(at(130)), Verdict::Warn);
        assert_eq!(pace.bad_frame(at(165)), Verdict::Warn);
        assert_eq!(pace.bad_frame(at(170)), Verdict::Warn);
        assert_eq!(pace.bad_frame(at(175)), Verdict::Close);
    }
}
