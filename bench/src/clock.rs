//! The bench's own clock, and waiting until a moment by it.
//!
//! The law: nothing here waits on an async timer. Those have a grain of 1 ms, which would be added to every figure.

use std::time::{Duration, Instant};

/// Now. The one place in the bench that asks.
#[expect(
    clippy::disallowed_methods,
    reason = "a load generator measures real time; there is no domain logic here to step"
)]
pub fn now() -> Instant {
    Instant::now()
}

/// Seconds since 1970, for identity tokens: the server compares them with its own clock.
#[expect(
    clippy::disallowed_methods,
    reason = "the true server under test has a true clock, and tokens must agree with it"
)]
pub fn unix_seconds() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}

/// How near the moment sleeping ends and spinning begins: what waking up costs at best.
const SPIN: Duration = Duration::from_micros(15);

/// Blocks this thread until the moment, to within a few microseconds where a core is free.
pub fn wait_until(moment: Instant) {
    loop {
        let left = moment.saturating_duration_since(now());
        if left.is_zero() {
            return;
        }
        if left > SPIN {
            std::thread::sleep(left - SPIN);
        } else {
            std::hint::spin_loop();
        }
    }
}

/// Asks the kernel to wake this thread when it said, instead of up to 50 µs later.
///
/// Where that is refused or unknown, lateness shows it; nothing else depends on it.
pub fn sharpen_this_thread() {
    #[cfg(target_os = "linux")]
    {
        let refused =
            rustix::thread::set_current_timer_slack(std::num::NonZeroU64::new(1)).is_err();
        if refused {
            eprintln!(
                "The kernel keeps its timer slack of 50 µs; the generator will be later by that much."
            );
        }
    }
}
