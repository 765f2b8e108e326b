//! Ids and tokens come in through here (D12).
//!
//! The law: nothing else in the server rolls dice, so that a test can seed them. A token has 256 bits of chance and
//! is never logged; an id is opaque and may be.

use crate::clock::Clock;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{RngCore, SeedableRng, rngs::StdRng};
use shared::ids::NotAnId;
use std::sync::{Arc, Mutex, PoisonError};

/// Makes ids (UUIDv7) and tokens. Clones share one source.
#[derive(Clone)]
pub struct Mint {
    clock: Clock,
    chance: Arc<Mutex<StdRng>>,
}

impl Mint {
    /// Seeded by the operating system.
    pub fn from_entropy(clock: Clock) -> Self {
        Self {
            clock,
            chance: Arc::new(Mutex::new(StdRng::from_os_rng())),
        }
    }

    /// The same seed and the same clock give the same ids and tokens again.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self {
            clock,
            chance: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }
    }

    /// A new id of whichever kind is asked for: `let person_id: PersonId = mint.id();`
    pub fn id<Id: TryFrom<String, Error = NotAnId>>(&self) -> Id {
        let milliseconds = u64::try_from(self.clock.now().0).unwrap_or(0);
        let id = uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes()).into_uuid();
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
        // A panic elsewhere cannot leave the generator half-way: its state is replaced as a whole.
        self.chance
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        bytes
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
}
