//! Which tab of a browser looks after what is unsent.
//!
//! The law: one tab sends a message; another takes it over only when nobody says that it is theirs.

use super::super::outbox::{Entry, OUTBOX_KEYS, Standing, Unsent};
use super::Outgoing;
use crate::frame::tabs::{TabWord, tell};
use crate::frame::{clock, storage};
use shared::ids::ClientId;

/// How long other tabs may take to say that a stored message is theirs. **Units**: milliseconds.
const CLAIM_PATIENCE_MS: u32 = 400;

impl Outgoing {
    /// Takes in what earlier pages stored. Other tabs are asked first whether they look after it.
    pub fn load(self) {
        let mut asked = Vec::new();
        for key in storage::keys(OUTBOX_KEYS) {
            let stored = storage::get(&key).and_then(|text| storage::text_as_bytes(&text));
            match stored.and_then(Unsent::from_stored) {
                Some(unsent) => {
                    asked.push(unsent.client_id.clone());
                    self.change(|outbox| outbox.put(unsent, Standing::Elsewhere));
                }
                None => storage::remove(&key),
            }
        }
        self.expire();
        if asked.is_empty() {
            return;
        }
        tell(&TabWord::WhoseAreThese(asked.clone()));
        clock::after(CLAIM_PATIENCE_MS, move || {
            self.change(|outbox| {
                for client_id in &asked {
                    outbox.adopt(client_id);
                }
            });
            self.pump();
        });
    }

    /// What another tab says of the outbox.
    pub fn hear(self, word: &TabWord) {
        match word {
            TabWord::WhoseAreThese(asked) => {
                let is_mine = |entry: &&Entry| {
                    asked.contains(&entry.unsent.client_id) && entry.standing != Standing::Elsewhere
                };
                let mine: Vec<ClientId> = self.with(|outbox| {
                    outbox
                        .entries()
                        .iter()
                        .filter(is_mine)
                        .map(|entry| entry.unsent.client_id.clone())
                        .collect()
                });
                if !mine.is_empty() {
                    tell(&TabWord::Mine(mine));
                }
            }
            // Whoever looks after it tells us when it is done; then it is no longer ours to show.
            TabWord::Mine(claimed) => self.change(|outbox| {
                for client_id in claimed {
                    outbox.release(client_id);
                }
            }),
            TabWord::Acknowledged(client_id) => self.acknowledged(client_id),
            _ => {}
        }
    }
}
