//! The rate limiter: how often somebody did something lately.
//!
//! The law: exact and bounded. The last moments of each key are kept, never more of them than the limit, and never more
//! keys than [`KEYS`]; time comes in from outside.

use shared::ids::Time;
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// More keys than this are never remembered: the one longest quiet is forgotten.
const KEYS: usize = 100_000;

/// At most `times` in `window_ms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub times: u32,
    /// **Units**: milliseconds.
    pub window_ms: i64,
}

impl Limit {
    pub const fn per_seconds(times: u32, seconds: u32) -> Self {
        Self {
            times,
            window_ms: seconds as i64 * 1_000,
        }
    }
}

/// The limit is reached. `retry_after_s` says when one more is free again; at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub retry_after_s: u32,
}

/// Counts by key. One limiter for each kind of thing that is limited.
#[derive(Debug)]
pub struct Limiter<Key> {
    limit: Limit,
    moments: Mutex<HashMap<Key, VecDeque<i64>>>,
}

impl<Key: Eq + Hash + Clone> Limiter<Key> {
    pub fn new(limit: Limit) -> Self {
        Self {
            limit,
            moments: Mutex::new(HashMap::new()),
        }
    }

    /// Counts one more, or says when it would be allowed. What is refused does not count.
    ///
    /// **Errors**: [`Reached`].
    pub fn count(&self, key: &Key, now: Time) -> Result<(), Reached> {
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        if !moments.contains_key(key) {
            make_place(&mut moments, now.0 - self.limit.window_ms);
        }
        let own = moments.entry(key.clone()).or_default();
        // A clock that was set back must not lock anybody out until it has caught up.
        own.retain(|moment| *moment > now.0 - self.limit.window_ms && *moment <= now.0);
        if own.len() < self.limit.times as usize {
            own.push_back(now.0);
            return Ok(());
        }
        let free_in_ms = own.front().map_or(self.limit.window_ms, |oldest| {
            oldest + self.limit.window_ms - now.0
        });
        let retry_after_s = u32::try_from(
            free_in_ms.div_euclid(1_000) + i64::from(free_in_ms.rem_euclid(1_000) > 0),
        );
        Err(Reached {
            retry_after_s: retry_after_s.unwrap_or(u32::MAX).max(1),
        })
    }

    /// Forgets everybody who did nothing within the window: a key may be somebody's network address.
    pub fn forget_passed(&self, now: Time) {
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        let passed_ms = now.0 - self.limit.window_ms;
        moments.retain(|_, own| own.back().is_some_and(|last| *last > passed_ms));
        // The room of a busy hour is given back too, and with it what stands in it.
        moments.shrink_to_fit();
    }
}

/// Keeps the memory bounded: first what has passed goes, then whoever was quiet longest.
fn make_place<Key: Eq + Hash + Clone>(moments: &mut HashMap<Key, VecDeque<i64>>, passed_ms: i64) {
    if moments.len() < KEYS {
        return;
    }
    moments.retain(|_, own| own.back().is_some_and(|last| *last > passed_ms));
    if moments.len() < KEYS {
        return;
    }
    // A tenth at a time, so that a flood of new keys does not look through all of them for each.
    let mut latest: Vec<i64> = moments
        .values()
        .filter_map(|own| own.back().copied())
        .collect();
    let (_, boundary, _) = latest.select_nth_unstable(KEYS / 10);
    let boundary = *boundary;
    moments.retain(|_, own| own.back().is_some_and(|last| *last > boundary));
    if moments.len() >= KEYS {
        moments.clear();
    }
}

/// Whose door it is, as far as the network shows: an IPv4 address, or the /64 that one IPv6 subscriber holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    V4([u8; 4]),
    V6Network([u8; 8]),
}

impl From<IpAddr> for Peer {
    fn from(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address.octets()),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                Self::V6Network([a, b, c, d, e, f, g, h])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_795_183_500_000;

    #[test]
    fn the_one_too_many_waits_until_the_first_has_passed() {
        let limiter = Limiter::new(Limit::per_seconds(20, 10));
        for number in 0..20 {
            assert_eq!(
                limiter.count(&"cora", Time(START + number * 100)),
                Ok(()),
                "{number}"
            );
        }
        assert_eq!(
            limiter.count(&"cora", Time(START + 2_000)),
            Err(Reached { retry_after_s: 8 })
        );
        assert_eq!(
            limiter.count(&"cora", Time(START + 9_999)),
            Err(Reached { retry_after_s: 1 })
        );
        assert_eq!(limiter.count(&"cora", Time(START + 10_000)), Ok(()));
        assert_eq!(
            limiter.count(&"cora", Time(START + 10_050)),
            Err(Reached { retry_after_s: 1 })
        );
    }

    #[test]
    fn one_does_not_use_up_the_other() {
        let limiter = Limiter::new(Limit::per_seconds(1, 10));
        assert_eq!(limiter.count(&"cora", Time(START)), Ok(()));
        assert_eq!(limiter.count(&"idris", Time(START)), Ok(()));
        assert!(limiter.count(&"cora", Time(START)).is_err());
    }

    #[test]
    fn a_clock_that_was_set_back_locks_nobody_out() {
        let limiter = Limiter::new(Limit::per_seconds(1, 10));
        assert_eq!(limiter.count(&"cora", Time(START)), Ok(()));
        assert_eq!(limiter.count(&"cora", Time(START - 86_400_000)), Ok(()));
    }

    #[test]
    fn whoever_did_nothing_for_a_while_is_forgotten_and_nobody_else() {
        let limiter = Limiter::new(Limit::per_seconds(1, 10));
        assert_eq!(limiter.count(&"cora", Time(START)), Ok(()));
        assert_eq!(limiter.count(&"idris", Time(START + 1)), Ok(()));
        limiter.forget_passed(Time(START + 10_000));
        let known: Vec<_> = limiter.moments.lock().unwrap().keys().copied().collect();
        assert_eq!(known, ["idris"]);
        assert!(limiter.count(&"idris", Time(START + 10_000)).is_err());
        limiter.forget_passed(Time(START + 20_001));
        let room = limiter.moments.lock().unwrap().capacity();
        assert_eq!(room, 0, "nor is anything left where they stood");
    }

    #[test]
    fn a_flood_of_keys_stays_bounded() {
        let limiter = Limiter::new(Limit::per_seconds(1, 600));
        for number in 0..KEYS + 5_000 {
            let now = START + i64::try_from(number).unwrap() / 1_000;
            assert_eq!(limiter.count(&number, Time(now)), Ok(()));
        }
        assert!(limiter.moments.lock().unwrap().len() <= KEYS);
    }

    #[test]
    fn ipv6_peers_count_by_64() {
        let peer = |text: &str| Peer::from(text.parse::<IpAddr>().unwrap());
        assert_eq!(peer("2001:db8:1:2::1"), peer("2001:db8:1:2:ffff::9"));
        assert_ne!(peer("2001:db8:1:2::1"), peer("2001:db8:1:3::1"));
        assert_eq!(peer("::ffff:192.0.2.1"), peer("192.0.2.1"));
        assert_ne!(peer("192.0.2.1"), peer("192.0.2.2"));
    }
}
