//! What was sent and not yet acknowledged.
//!
//! The law: a message leaves only when the server has it, when it is refused and thrown away, at sign-out, or after
//! 24 hours. A retry carries the same client id, and one conversation has one message under way, so order is kept.

/// Whose they are.
mod writers;

use super::drafts::{Destination, Writer};
use crate::net::backoff::backoff_ms;
use serde::{Deserialize, Serialize};
use shared::conversation::{GuestParticulars, SendMessage, StartConversation};
use shared::ids::{ClientId, ConversationId, PersonId, Position, Time};
use shared::problem::ProblemCode;

/// What every key of a stored command begins with.
pub const OUTBOX_KEYS: &str = "porchlight.outbox.";

/// What follows: the form of what is stored, because it outlives builds. A build that knows the first form only would send
/// a first message to somebody to the support group, so it must not find any.
const FORMS: [&str; 2] = ["1.", "2."];

/// How long an unsent message is kept. **Units**: milliseconds.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;

/// A whole command, as it is stored: it must make sense to the next build too, so it holds no codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Unsent {
    pub client_id: ClientId,
    /// Whose; `None` for somebody without a name yet.
    pub writer: Option<PersonId>,
    /// `None`: it starts a conversation, with the support group or with `with`.
    pub conversation_id: Option<ConversationId>,
    pub text: String,
    pub reply_to: Option<Position>,
    /// What a guest typed into the form, with their first message: name, address.
    pub guest: Option<(String, String)>,
    pub written_at: Time,
    /// The other one of a direct conversation that it starts, or has started.
    pub with: Option<PersonId>,
}

impl Unsent {
    pub fn destination(&self) -> Destination {
        match (&self.conversation_id, &self.with) {
            (Some(conversation_id), _) => Destination::In(conversation_id.clone()),
            (None, Some(person_id)) => Destination::With(person_id.clone()),
            (None, None) => Destination::New,
        }
    }

    /// Where it is stored.
    pub fn key(&self) -> String {
        let form = FORMS[usize::from(self.with.is_some())];
        [OUTBOX_KEYS, form, self.client_id.as_str()].concat()
    }

    /// Reads what was stored, also by a build that knew no direct conversations: its form ends before `with`, and a zero
    /// behind it reads as nobody. Behind the newer form it is not read at all.
    pub fn from_stored(mut bytes: Vec<u8>) -> Option<Self> {
        bytes.push(0);
        postcard::from_bytes(&bytes).ok()
    }

    /// The command for a conversation that exists.
    pub fn as_send(&self) -> SendMessage {
        SendMessage {
            client_id: self.client_id.clone(),
            text: self.text.clone(),
            reply_to: self.reply_to,
        }
    }

    /// The command that starts one.
    pub fn as_start(&self) -> StartConversation {
        StartConversation {
            client_id: self.client_id.clone(),
            text: self.text.clone(),
            guest: self
                .guest
                .clone()
                .map(|(name, email)| GuestParticulars { name, email }),
            with: self.with.clone(),
        }
    }

    fn is_of(&self, writer: &Writer) -> bool {
        Writer::new(self.writer.clone()) == *writer
    }
}

/// Where a message stands.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Standing {
    /// Waits for its turn, or for the moment given.
    Waiting { not_before: Time, failures: u32 },
    /// A command is on its way.
    UnderWay { failures: u32 },
    /// Another tab looks after it.
    Elsewhere,
    /// Refused for a reason that a retry alone does not change.
    Refused(ProblemCode),
}

/// One message and where it stands.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Entry {
    pub unsent: Unsent,
    pub standing: Standing,
}

/// All of them, in the order in which they were written.
#[derive(Clone, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
}

impl Outbox {
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes in a message just written, or one that was stored.
    ///
    /// A client id that is known already changes nothing.
    pub fn put(&mut self, unsent: Unsent, standing: Standing) {
        if self.entry(&unsent.client_id).is_some() {
            return;
        }
        // UUIDv7 sorts by the moment it was made; equal destinations must keep the order of writing.
        let place = self.entries.partition_point(|entry| {
            (entry.unsent.written_at, &entry.unsent.client_id)
                <= (unsent.written_at, &unsent.client_id)
        });
        self.entries.insert(place, Entry { unsent, standing });
    }

    /// What may be sent now: of each destination the first that is not refused, unless one is under way there. A guest's
    /// first message goes by a cookie of its own, whoever has signed in since.
    pub fn due(&self, writer: &Writer, now: Time) -> Vec<Unsent> {
        let mut met = Vec::new();
        let mut due = Vec::new();
        for entry in self
            .entries
            .iter()
            .filter(|entry| entry.unsent.is_of(writer) || entry.unsent.guest.is_some())
        {
            let destination = entry.unsent.destination();
            if matches!(entry.standing, Standing::Refused(_)) || met.contains(&destination) {
                continue;
            }
            met.push(destination);
            if matches!(entry.standing, Standing::Waiting { not_before, .. } if not_before <= now) {
                due.push(entry.unsent.clone());
            }
        }
        due
    }

    /// Its command is on its way.
    pub fn under_way(&mut self, client_id: &ClientId) {
        self.change(client_id, |standing| match standing {
            Standing::Waiting { failures, .. } => Standing::UnderWay { failures },
            other => other,
        });
    }

    /// The way there failed, or the server asked for patience. **Units** of `at_least_ms`: what the server asked for.
    pub fn postpone(&mut self, client_id: &ClientId, now: Time, at_least_ms: u32, chance: u32) {
        self.change(client_id, |standing| {
            let failures = match standing {
                Standing::UnderWay { failures } | Standing::Waiting { failures, .. } => failures,
                other => return other,
            };
            let wait = backoff_ms(failures, chance).max(at_least_ms);
            Standing::Waiting {
                not_before: Time(now.0 + i64::from(wait)),
                failures: failures + 1,
            }
        });
    }

    /// The network came back, or somebody pressed *Retry*: everything that waits is due.
    pub fn hurry(&mut self) {
        for entry in &mut self.entries {
            if let Standing::Waiting { not_before, .. } = &mut entry.standing {
                *not_before = Time::default();
            }
        }
    }

    /// The server has it.
    pub fn acknowledged(&mut self, client_id: &ClientId) -> Option<Unsent> {
        let place = self
            .entries
            .iter()
            .position(|entry| entry.unsent.client_id == *client_id)?;
        Some(self.entries.remove(place).unsent)
    }

    /// The server will not take it as it is.
    pub fn refused(&mut self, client_id: &ClientId, code: ProblemCode) {
        self.change(client_id, |_| Standing::Refused(code));
    }

    /// *Retry*: the same message with the same client id.
    pub fn retry(&mut self, client_id: &ClientId) {
        self.change(client_id, |standing| match standing {
            Standing::Refused(_) => Standing::Waiting {
                not_before: Time::default(),
                failures: 0,
            },
            other => other,
        });
        self.hurry();
    }

    /// The tab that looked after it is gone.
    pub fn adopt(&mut self, client_id: &ClientId) {
        self.change(client_id, |standing| match standing {
            Standing::Elsewhere => Standing::Waiting {
                not_before: Time::default(),
                failures: 0,
            },
            other => other,
        });
    }

    /// Another tab looks after it for sure: it is not ours to keep.
    pub fn release(&mut self, client_id: &ClientId) {
        self.entries.retain(|entry| {
            entry.unsent.client_id != *client_id || entry.standing != Standing::Elsewhere
        });
    }

    /// Throws away what is too old. **Shape**: what left, for storage.
    pub fn expire(&mut self, now: Time) -> Vec<Unsent> {
        let (old, kept): (Vec<Entry>, Vec<Entry>) = self
            .entries
            .drain(..)
            .partition(|entry| now.0 - entry.unsent.written_at.0 > KEPT_MS);
        self.entries = kept;
        old.into_iter().map(|entry| entry.unsent).collect()
    }

    /// Sign-out: nothing of anybody stays.
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// What one destination still waits for, in order.
    pub fn of<'a>(
        &'a self,
        writer: &'a Writer,
        destination: &'a Destination,
    ) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |entry| {
            entry.unsent.is_of(writer) && entry.unsent.destination() == *destination
        })
    }

    /// Whether something would be lost if the page went away and storage with it.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn entry(&self, client_id: &ClientId) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.unsent.client_id == *client_id)
    }

    fn change(&mut self, client_id: &ClientId, next: impl FnOnce(Standing) -> Standing) {
        if let Some(entry) = self
            .entries
            .iter_mut()
            .find(|entry| entry.unsent.client_id == *client_id)
        {
            entry.standing = next(entry.standing);
        }
    }
}
