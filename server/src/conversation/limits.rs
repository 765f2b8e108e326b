//! How often somebody may start and write.
//!
//! The law: a limit answers with when to come again, and memory is bounded however many try. An office behind one NAT
//! is many people: a peer may start more often than a cookie.

use crate::{
    error::Refusal,
    identity::{
        caller::{Caller, Known},
        token::TokenHash,
    },
    safety::limiter::{Limit, Limiter, Peer, Reached},
};
use sha2::{Digest, Sha256};
use shared::{
    ids::{ClientId, PersonId, Time},
    limits,
    problem::{Field, Problem, ProblemCode},
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// People whose last words are remembered.
const WRITERS: usize = 50_000;

/// Counts starts and messages.
pub struct WritingLimits {
    starts_by_cookie: Limiter<TokenHash>,
    starts_by_peer: Limiter<Peer>,
    retried_starts: Limiter<TokenHash>,
    /// The latest start of each cookie: how its retries are known.
    last_starts: Mutex<HashMap<TokenHash, ClientId>>,
    messages: Limiter<PersonId>,
    /// Each leaves a line in the audit log: nobody may fill the disk with them.
    blocks: Limiter<PersonId>,
    last_words: Mutex<HashMap<PersonId, LastWords>>,
}

/// What somebody wrote last, and how often in a row.
struct LastWords {
    /// Not the words: a fingerprint of them.
    fingerprint: [u8; 8],
    client_id: ClientId,
    times: u32,
}

impl Default for WritingLimits {
    fn default() -> Self {
        let starts = |times| Limit::per_seconds(times, limits::STARTS_WINDOW_SECONDS);
        let messages =
            || Limit::per_seconds(limits::MESSAGES_PER_SENDER, limits::MESSAGES_WINDOW_SECONDS);
        Self {
            starts_by_cookie: Limiter::new(starts(limits::STARTS_PER_COOKIE)),
            starts_by_peer: Limiter::new(starts(limits::STARTS_PER_PEER)),
            retried_starts: Limiter::new(messages()),
            last_starts: Mutex::default(),
            messages: Limiter::new(messages()),
            blocks: Limiter::new(Limit::per_seconds(limits::BLOCKS_PER_HOUR, 3_600)),
            last_words: Mutex::default(),
        }
    }
}

impl WritingLimits {
    /// One more start. A retry is no other start: it is limited like a message, because a first message whose answers
    /// get lost must come through all the same.
    ///
    /// **Errors**: `slow_down`.
    pub fn count_start(
        &self,
        caller: &Caller,
        client_id: &ClientId,
        peer: Peer,
        now: Time,
    ) -> Result<(), Problem> {
        let cookie = match caller {
            Caller::Visitor => return Ok(()),
            Caller::Anonymous(token_hash) | Caller::Former(token_hash) => token_hash,
            Caller::Known(known) => &known.token_hash,
        };
        if self.last_starts().get(cookie) == Some(client_id) {
            return self.retried_starts.count(cookie, now).map_err(slow_down);
        }
        self.starts_by_cookie
            .count(cookie, now)
            .map_err(slow_down)?;
        if matches!(caller, Caller::Anonymous(_)) {
            self.starts_by_peer.count(&peer, now).map_err(slow_down)?;
        }
        let mut last_starts = self.last_starts();
        if last_starts.len() >= WRITERS && !last_starts.contains_key(cookie) {
            // A retry then counts as a start; that costs less than remembering everybody.
            last_starts.clear();
        }
        last_starts.insert(cookie.clone(), client_id.clone());
        Ok(())
    }

    fn last_starts(&self) -> MutexGuard<'_, HashMap<TokenHash, ClientId>> {
        self.last_starts
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// One more message.
    ///
    /// **Errors**: `slow_down`; `duplicate_flood` for the same words many times in a row.
    pub fn count_message(
        &self,
        author: &Known,
        client_id: &ClientId,
        text: &str,
        now: Time,
    ) -> Result<(), Refusal> {
        self.messages
            .count(&author.person_id, now)
            .map_err(slow_down)?;
        if self.repeats(&author.person_id, client_id, text) >= limits::IDENTICAL_MESSAGES {
            return Err(Problem::about(ProblemCode::DuplicateFlood, Field::Text).into());
        }
        Ok(())
    }

    /// Forgets the network addresses that did nothing lately.
    pub fn forget_peers(&self, now: Time) {
        self.starts_by_peer.forget_passed(now);
    }

    /// One more block, or its end.
    ///
    /// **Errors**: `slow_down`.
    pub fn count_block(&self, person_id: &PersonId, now: Time) -> Result<(), Problem> {
        self.blocks.count(person_id, now).map_err(slow_down)
    }

    /// How often in a row these words came. A retry of the same message is not another one.
    fn repeats(&self, author: &PersonId, client_id: &ClientId, text: &str) -> u32 {
        let digest = Sha256::digest(text);
        let fingerprint = digest.first_chunk().copied().unwrap_or_default();
        let mut last_words = self
            .last_words
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if last_words.len() >= WRITERS && !last_words.contains_key(author) {
            // Whoever repeats himself is counted anew; that costs less than remembering everybody.
            last_words.clear();
        }
        let times = match last_words.get(author) {
            Some(last) if last.fingerprint != fingerprint => 1,
            Some(last) if last.client_id == *client_id => last.times,
            Some(last) => last.times + 1,
            None => 1,
        };
        last_words.insert(
            author.clone(),
            LastWords {
                fingerprint,
                client_id: client_id.clone(),
                times,
            },
        );
        times
    }
}

fn slow_down(Reached { retry_after_s }: Reached) -> Problem {
    Problem::retry_after(ProblemCode::SlowDown, retry_after_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, IDRIS, client_id};

    #[test]
    fn a_retried_start_is_not_another_one() {
        let limits = WritingLimits::default();
        let cookie = Caller::Anonymous(TokenHash::of(b"cora's"));
        let peer = Peer::V4([127, 0, 0, 1]);
        let start = |number| limits.count_start(&cookie, &client_id(number), peer, Time(1_000));
        for _ in 0..=limits::MESSAGES_PER_SENDER {
            assert!(start(1).is_ok());
        }
        assert!(start(1).is_err(), "retries are limited too");
        for number in 2..=5 {
            assert!(start(number).is_ok());
        }
        assert!(start(6).is_err(), "a sixth start");
    }

    #[test]
    fn the_same_words_ten_times_in_a_row_are_a_flood_and_a_retry_is_not() {
        let limits = WritingLimits::default();
        let cora = CORA.person_id();
        assert_eq!(limits.repeats(&cora, &client_id(1), "hello"), 1);
        assert_eq!(limits.repeats(&cora, &client_id(1), "hello"), 1);
        for number in 2..=10 {
            assert_eq!(
                limits.repeats(&cora, &client_id(number), "hello"),
                u32::from(number)
            );
        }
        assert_eq!(
            limits.repeats(&IDRIS.person_id(), &client_id(1), "hello"),
            1
        );
        assert_eq!(limits.repeats(&cora, &client_id(11), "anybody there?"), 1);
        assert_eq!(limits.repeats(&cora, &client_id(12), "hello"), 1);
    }
}
