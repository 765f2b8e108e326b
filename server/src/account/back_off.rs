//! How long whoever guesses passwords has to wait: after a few failures for one account, or more from one peer, twice as
//! long after each.
//!
//! The laws: a try is counted before it is known how it ends, so a hundred at once are a hundred; what has to wait costs
//! no hash; in memory, and bounded. Time comes in from outside.

use crate::identity::token::TokenHash;
use crate::safety::limiter::{Peer, Reached};
use shared::ids::Time;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures for one account that cost nothing yet.
const FREE_PER_LOGIN: u32 = 5;
/// Failures from one peer that cost nothing yet: an office behind one address is many people.
const FREE_PER_PEER: u32 = 20;
/// The first wait. **Units**: milliseconds.
const FIRST_MS: i64 = 1_000;
/// No wait is longer. **Units**: milliseconds.
const LONGEST_MS: i64 = 15 * 60 * 1_000;
/// Quiet for this long, everything is forgotten. **Units**: milliseconds.
const FORGOTTEN_MS: i64 = 60 * 60 * 1_000;
/// More keys of a kind than this are never remembered: those quiet the longest go.
const KEYS: usize = 50_000;

/// What is remembered of one account, or of one peer.
#[derive(Clone, Copy)]
struct Failures {
    times: u32,
    last_at: Time,
    free_at: Time,
}

/// Everybody's failures.
#[derive(Default)]
pub struct BackOff {
    failures: Mutex<Both>,
}

#[derive(Default)]
struct Both {
    by_login: HashMap<TokenHash, Failures>,
    by_peer: HashMap<Peer, Failures>,
}

impl BackOff {
    fn failures(&self) -> MutexGuard<'_, Both> {
        // A panic elsewhere leaves whole entries behind.
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a password may be tried now. Counts as a failure until [`BackOff::succeeded`].
    ///
    /// **Errors**: [`Reached`] says how long to wait; what has to wait does not count.
    pub fn count_try(&self, login: &str, peer: &Peer, now: Time) -> Result<(), Reached> {
        let login = TokenHash::of(login.as_bytes());
        let mut failures = self.failures();
        let Both { by_login, by_peer } = &mut *failures;
        let waits = [wait_of(by_login, &login, now), wait_of(by_peer, peer, now)];
        if let Some(wait_ms) = waits.into_iter().flatten().max() {
            let seconds = u32::try_from((wait_ms + 999) / 1_000).unwrap_or(u32::MAX);
            return Err(Reached {
                retry_after_s: seconds.max(1),
            });
        }
        add(by_login, login, FREE_PER_LOGIN, now);
        add(by_peer, *peer, FREE_PER_PEER, now);
        Ok(())
    }

    /// Forgets everybody whose failures are as good as none: a peer is a network address.
    pub fn forget_passed(&self, now: Time) {
        let mut failures = self.failures();
        let Both { by_login, by_peer } = &mut *failures;
        forget_passed(by_login, now);
        forget_passed(by_peer, now);
        by_peer.shrink_to_fit();
    }

    /// The try was right: the account's failures are forgotten, and the peer's are one fewer.
    pub fn succeeded(&self, login: &str, peer: &Peer) {
        let mut failures = self.failures();
        failures.by_login.remove(&TokenHash::of(login.as_bytes()));
        if let Some(of_peer) = failures.by_peer.get_mut(peer) {
            of_peer.times = of_peer.times.saturating_sub(1);
            of_peer.free_at = Time(of_peer.last_at.0 + wait_ms(of_peer.times, FREE_PER_PEER));
        }
    }
}

/// How long a key still has to wait.
fn wait_of<Key: Eq + Hash>(all: &HashMap<Key, Failures>, key: &Key, now: Time) -> Option<i64> {
    let failures = all.get(key)?;
    // A clock that was set back must not lock anybody out until it has caught up.
    let is_sound = failures.last_at <= now;
    (is_sound && failures.free_at > now).then(|| failures.free_at.0 - now.0)
}

fn add<Key: Eq + Hash + Clone>(all: &mut HashMap<Key, Failures>, key: Key, free: u32, now: Time) {
    if !all.contains_key(&key) {
        make_place(all, now);
    }
    let failures = all.entry(key).or_insert(Failures {
        times: 0,
        last_at: now,
        free_at: now,
    });
    if now.0 - failures.last_at.0 > FORGOTTEN_MS || failures.last_at > now {
        failures.times = 0;
    }
    failures.times = failures.times.saturating_add(1);
    failures.last_at = now;
    failures.free_at = Time(now.0 + wait_ms(failures.times, free));
}

/// The wait behind this many failures.
fn wait_ms(times: u32, free: u32) -> i64 {
    let Some(doublings) = times.checked_sub(free) else {
        return 0;
    };
    FIRST_MS
        .checked_shl(doublings.min(20))
        .map_or(LONGEST_MS, |wait| wait.min(LONGEST_MS))
}

fn forget_passed<Key>(all: &mut HashMap<Key, Failures>, now: Time)
where
    Key: Eq + Hash,
{
    all.retain(|_, failures| now.0 - failures.last_at.0 <= FORGOTTEN_MS);
}

/// Keeps the memory bounded: first what is forgotten anyway, then a tenth of the rest at a time.
fn make_place<Key: Eq + Hash>(all: &mut HashMap<Key, Failures>, now: Time) {
    if all.len() < KEYS {
        return;
    }
    forget_passed(all, now);
    if all.len() < KEYS {
        return;
    }
    let mut latest: Vec<i64> = all.values().map(|failures| failures.last_at.0).collect();
    let (_, boundary, _) = latest.select_nth_unstable(KEYS / 10);
    let boundary = *boundary;
    all.retain(|_, failures| failures.last_at.0 > boundary);
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{ADA, MINA, NOON_ISH};
    use std::net::IpAddr;

    fn peer(last: u8) -> Peer {
        IpAddr::from([192, 0, 2, last]).into()
    }

    fn later(seconds: i64) -> Time {
        Time(NOON_ISH.0 + seconds * 1_000)
    }

    #[test]
    fn whoever_failed_long_ago_is_forgotten() {
        let back_off = BackOff::default();
        assert!(back_off.count_try("ada", &peer(1), NOON_ISH).is_ok());
        back_off.forget_passed(later(3_600));
        assert_eq!(back_off.failures().by_peer.len(), 1);
        back_off.forget_passed(later(3_601));
        let failures = back_off.failures();
        assert_eq!((failures.by_peer.len(), failures.by_login.len()), (0, 0));
    }

    #[test]
    fn the_sixth_guess_waits_and_each_one_after_it_twice_as_long() {
        let back_off = BackOff::default();
        let mut now = NOON_ISH;
        for _ in 0..5 {
            assert_eq!(back_off.count_try(ADA.email, &peer(1), now), Ok(()));
        }
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            assert_eq!(
                back_off.count_try(ADA.email, &peer(2), now),
                Err(Reached {
                    retry_after_s: wait
                })
            );
            now = Time(now.0 + i64::from(wait) * 1_000);
            assert_eq!(
                back_off.count_try(ADA.email, &peer(2), now),
                Ok(()),
                "after {wait} s"
            );
        }
    }

    #[test]
    fn one_account_does_not_lock_another_out() {
        let back_off = BackOff::default();
        for _ in 0..5 {
            assert_eq!(back_off.count_try(ADA.email, &peer(1), NOON_ISH), Ok(()));
        }
        assert!(back_off.count_try(ADA.email, &peer(1), NOON_ISH).is_err());
        assert_eq!(back_off.count_try(MINA.email, &peer(1), NOON_ISH), Ok(()));
    }

    #[test]
    fn a_peer_that_tries_many_accounts_waits_too() {
        let back_off = BackOff::default();
        for number in 0..20 {
            let login = format!("{number}@example.com");
            assert_eq!(back_off.count_try(&login, &peer(1), NOON_ISH), Ok(()));
        }
        assert!(back_off.count_try(ADA.email, &peer(1), NOON_ISH).is_err());
        assert_eq!(back_off.count_try(ADA.email, &peer(2), NOON_ISH), Ok(()));
    }

    #[test]
    fn the_right_password_clears_the_account() {
        let back_off = BackOff::default();
        for _ in 0..5 {
            assert_eq!(back_off.count_try(ADA.email, &peer(1), NOON_ISH), Ok(()));
        }
        assert_eq!(back_off.count_try(ADA.email, &peer(1), later(1)), Ok(()));
        back_off.succeeded(ADA.email, &peer(1));
        for _ in 0..5 {
            assert_eq!(back_off.count_try(ADA.email, &peer(1), later(1)), Ok(()));
        }
    }

    #[test]
    fn an_hour_of_quiet_is_forgotten_and_a_clock_set_back_locks_nobody_out() {
        let back_off = BackOff::default();
        for _ in 0..5 {
            assert_eq!(back_off.count_try(ADA.email, &peer(1), NOON_ISH), Ok(()));
        }
        for seconds in [3_601, 3_601, 3_601, 3_601, 3_601, -86_400] {
            assert_eq!(
                back_off.count_try(ADA.email, &peer(1), later(seconds)),
                Ok(())
            );
        }
    }

    #[test]
    fn a_flood_of_accounts_stays_bounded() {
        let back_off = BackOff::default();
        for number in 0..KEYS + 1_000 {
            let now = Time(NOON_ISH.0 + i64::try_from(number).unwrap() / 100);
            let octets = u32::try_from(number).unwrap().to_be_bytes();
            let peer = Peer::from(IpAddr::from(octets));
            assert_eq!(back_off.count_try(&number.to_string(), &peer, now), Ok(()));
        }
        let failures = back_off.failures();
        assert!(failures.by_login.len() <= KEYS && failures.by_peer.len() <= KEYS);
    }
}
