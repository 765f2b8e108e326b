//! Ids and tokens come in through here (D12).
//!
//! The law: nothing else in the server rolls dice, so that a test can seed them. A token has 256 bits of chance and
//! is never logged; an id is opaque and may be. Ids ascend in the order in which one process makes them.

use crate::clock::Clock;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use shared::ids::NotAnId;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where the count within a millisecond ends: the 12 bits of a UUIDv7 behind its time.
const COUNTS: u16 = 1 << 12;

/// Makes ids (UUIDv7) and tokens. Clones share one source.
#[derive(Clone)]
pub struct Mint {
    clock: Clock,
    source: Arc<Mutex<Source>>,
}

/// What an id is made of.
struct Source {
    chance: StdRng,
    last: Count,
}

/// What ids are ordered by: RFC 9562, 6.2, a counter of fixed length.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
struct Count {
    /// **Units**: milliseconds since 1970.
    at: u64,
    within: u16,
}

impl Count {
    /// The one behind it. A clock that was set back is not followed, so that no id falls behind an earlier one; a
    /// millisecond that is full borrows from the next. `start`: where a millisecond begins to count, by chance.
    fn next(self, now: u64, start: u16) -> Self {
        // The upper half is left for what the millisecond brings.
        let within = start % (COUNTS / 2);
        if now > self.at {
            return Self { at: now, within };
        }
        match self.within + 1 {
            COUNTS => Self {
                at: self.at + 1,
                within,
            },
            within => Self { within, ..self },
        }
    }
}

impl Mint {
    /// Seeded by the operating system.
    pub fn from_entropy(clock: Clock) -> Self {
        Self::of(clock, StdRng::from_os_rng())
    }

    /// The same seed and the same clock give the same ids and tokens again.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::of(clock, StdRng::seed_from_u64(seed))
    }

    fn of(clock: Clock, chance: StdRng) -> Self {
        let last = Count::default();
        Self {
            clock,
            source: Arc::new(Mutex::new(Source { chance, last })),
        }
    }

    /// A new id of whichever kind is asked for: `let person_id: PersonId = mint.id();` It stands behind every id that
    /// this source made before, and 62 bits of it are chance.
    pub fn id<Id: TryFrom<String, Error = NotAnId>>(&self) -> Id {
        let now = u64::try_from(self.clock.now().0).unwrap_or(0);
        let (at, bytes) = self.source().next(now);
        let id = uuid::Builder::from_unix_timestamp_millis(at, &bytes).into_uuid();
        Id::try_from(id.to_string()).expect("a UUIDv7 in its canonical form is an id")
    }

    /// A new token: 32 random bytes as 43 characters of base64url.
    pub fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// A whole number below `bound`, for jitter. `bound` is at least 1.
    pub fn below(&self, bound: u32) -> u32 {
        let sixteen = u128::from_le_bytes(self.bytes());
        u32::try_from(sixteen % u128::from(bound.max(1))).expect("a remainder of a u32 is a u32")
    }

    fn bytes<const LENGTH: usize>(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        self.source().chance.fill_bytes(&mut bytes);
        bytes
    }

    /// A panic elsewhere cannot leave it half-way: its state is replaced as a whole.
    fn source(&self) -> MutexGuard<'_, Source> {
        self.source.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source {
    /// **Shape**: the milliseconds of the next id, and what stands behind them: the count, and 62 bits of chance.
    fn next(&mut self, now: u64) -> (u64, [u8; 10]) {
        let mut bytes = [0; 10];
        self.chance.fill_bytes(&mut bytes);
        let start = u16::from_be_bytes([bytes[0], bytes[1]]);
        self.last = self.last.next(now, start);
        bytes[..2].copy_from_slice(&self.last.within.to_be_bytes());
        (self.last.at, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::{MessageId, Time};

    #[test]
    fn a_seed_gives_the_same_ids_and_tokens_again() {
        let mint = || Mint::seeded(Clock::stepped(Time(1_795_183_500_000)), 7);
        let (first, second) = (mint(), mint());
        let ids: (MessageId, MessageId) = (first.id(), second.id());
        assert_eq!(ids.0, ids.1);
        assert_eq!(first.token(), second.token());
        assert_ne!(first.token(), first.token());
        assert_eq!(first.token().len(), 43);
    }

    #[test]
    fn ids_ascend_in_the_order_in_which_they_are_made() {
        let clock = Clock::stepped(Time(1_795_183_500_000));
        let mint = Mint::seeded(clock.clone(), 7);
        let mut last: MessageId = mint.id();
        // More than one millisecond holds, and a clock that goes on and is set back meanwhile.
        for round in 0..20_000 {
            match round % 5_000 {
                1_000 => clock.advance(1),
                3_000 => clock.advance(-7),
                _ => {}
            }
            let next = mint.id();
            assert!(last < next, "{last:?} {next:?}");
            last = next;
        }
    }

    #[test]
    fn ids_ascend_in_every_thread_and_none_is_made_twice() {
        let mint = Mint::from_entropy(Clock::stepped(Time(1_795_183_500_000)));
        let thread = || {
            let ids: Vec<MessageId> = (0..5_000).map(|_| mint.id()).collect();
            assert!(ids.is_sorted());
            ids
        };
        let mut ids: Vec<MessageId> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(thread)).collect();
            threads
                .into_iter()
                .flat_map(|made| made.join().unwrap())
                .collect()
        });
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 20_000);
    }

    #[test]
    fn a_millisecond_begins_to_count_by_chance_and_leaves_room() {
        let full = Count {
            at: 5,
            within: COUNTS - 1,
        };
        assert_eq!(full.next(5, 9), Count { at: 6, within: 9 });
        assert_eq!(
            full.next(4, u16::MAX),
            Count {
                at: 6,
                within: COUNTS / 2 - 1
            }
        );
        assert_eq!(full.next(7, 9), Count { at: 7, within: 9 });
        assert_eq!(
            Count { at: 5, within: 9 }.next(3, 1),
            Count { at: 5, within: 10 }
        );
    }
}
