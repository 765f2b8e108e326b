//! Sends what waits in the outbox, and keeps the outbox where it outlives the page.
//!
//! The law: whatever happens to a command, its message is acknowledged, waits, or is shown as not sent.

/// A command on its way, and what became of it.
mod delivering;
/// Which tab of a browser looks after what.
mod tabs;

use super::drafts::{Destination, Writer};
use super::outbox::{OUTBOX_KEYS, Outbox, Standing, Unsent};
use crate::frame::spawn_local;
use crate::frame::{clock, page, storage};
use crate::net::{Vouched, vouched};
use crate::reactive::Kept;
use crate::reactive::{Notify, Trigger};
use shared::conversation::{Sent, Started};
use shared::ids::{ClientId, ConversationId, PersonId, Time};
use std::cell::RefCell;
use std::rc::Rc;

/// What became of a message.
pub enum Delivered {
    /// It started a conversation, from this place.
    Started(Destination, Box<Started>),
    Sent(ConversationId, Box<Sent>),
    /// The browser did not bring the cookie back: this frame cannot be remembered.
    CookieLost,
    /// The session ended under it.
    SessionEnded,
    /// What a guest of this browser wrote is somebody's by now.
    WentOn,
}

type OnDelivered = Rc<dyn Fn(Delivered)>;

/// The outbox and whoever empties it.
#[derive(Clone, Copy)]
pub struct Outgoing {
    /// Told whenever what is shown of the outbox changes.
    pub changed: Trigger,
    outbox: Kept<Rc<RefCell<Outbox>>>,
    writer: Kept<Writer>,
    /// Whether *Start chat* was said again because the first message found no cookie.
    knocked_again: Kept<bool>,
    on_delivered: Kept<Option<OnDelivered>>,
}

impl Outgoing {
    pub fn new() -> Self {
        Self {
            changed: Trigger::new(),
            outbox: Kept::new(Rc::default()),
            writer: Kept::new(Writer::default()),
            knocked_again: Kept::new(false),
            on_delivered: Kept::new(None),
        }
    }

    pub fn listen(self, on_delivered: OnDelivered) {
        self.on_delivered.set_value(Some(on_delivered));
    }

    /// Reads the outbox, whatever it is needed for.
    pub fn with<Read>(self, read: impl FnOnce(&Outbox) -> Read) -> Read {
        read(&self.outbox.get_value().borrow())
    }

    pub fn writer(self) -> Writer {
        self.writer.get_value()
    }

    /// Somebody else is in front of the screen.
    pub fn belongs_to(self, person_id: Option<PersonId>) {
        let writer = Writer::new(person_id);
        // Asked again and still nobody: knocking a third time would bring no cookie either.
        if writer != self.writer() {
            self.knocked_again.set_value(false);
        }
        self.writer.set_value(writer);
        self.changed.notify();
        self.pump();
    }

    /// Somebody without a name became a person: what they wrote is theirs.
    pub fn became(self, person_id: &PersonId, conversation_id: &ConversationId) {
        self.went_into(
            &Writer::default(),
            &Destination::New,
            person_id,
            conversation_id,
        );
    }

    /// What somebody wrote to this place goes into a conversation from now on.
    pub fn went_into(
        self,
        writer: &Writer,
        place: &Destination,
        person_id: &PersonId,
        conversation_id: &ConversationId,
    ) {
        let changed =
            self.change(|outbox| outbox.started(writer, place, person_id, conversation_id));
        changed.iter().for_each(store);
    }

    /// What a guest of this address wrote first, and what was refused, goes out as this user's.
    pub fn inherit(self, user: &PersonId, email: &str) {
        let changed = self.change(|outbox| outbox.inherited(user, email));
        changed.iter().for_each(store);
        self.pump();
    }

    /// What somebody had not sent will not be sent. **Shape**: the words, a line each, in the order of writing.
    pub fn give_up(self, person_id: &str) -> String {
        let mut words = String::new();
        while let Some(unsent) = self.with(|outbox| outbox.first_of(person_id).cloned()) {
            words += &unsent.text;
            words.push('\n');
            self.take_out(&unsent.client_id);
        }
        words
    }

    /// Sends a message, now or when it can be.
    pub fn send(self, unsent: Unsent) {
        store(&unsent);
        self.change(|outbox| {
            outbox.put(
                unsent,
                Standing::Waiting {
                    not_before: Time::default(),
                    failures: 0,
                },
            )
        });
        self.pump();
    }

    /// *Retry*.
    pub fn retry(self, client_id: &ClientId) {
        self.change(|outbox| outbox.retry(client_id));
        self.pump();
    }

    /// The network is back, or somebody looks.
    pub fn hurry(self) {
        self.change(Outbox::hurry);
        self.pump();
    }

    /// Sends what is due.
    pub fn pump(self) {
        let due = self.with(|outbox| outbox.due(&self.writer(), clock::now()));
        // The program of guests gives way to the larger one then, which can still speak for the guest.
        let is_late = !cfg!(feature = "users") && vouched() == Vouched::User;
        for unsent in due {
            if is_late && unsent.guest.is_some() {
                continue;
            }
            self.change(|outbox| outbox.under_way(&unsent.client_id));
            spawn_local(self.deliver(unsent));
        }
        self.guard();
    }

    /// The server has it, as the socket or another tab says.
    pub fn acknowledged(self, client_id: &ClientId) {
        if self.with(|outbox| {
            outbox
                .entries()
                .iter()
                .any(|entry| entry.unsent.client_id == *client_id)
        }) {
            self.take_out(client_id);
        }
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        self.change(Outbox::clear);
        storage::keys(OUTBOX_KEYS)
            .iter()
            .for_each(|key| storage::remove(key));
        self.guard();
    }

    /// Throws away what is too old.
    pub fn expire(self) {
        let old = self.change(|outbox| outbox.expire(clock::now()));
        old.iter().for_each(|unsent| storage::remove(&unsent.key()));
    }

    /// Leaving while something waits and the network is away asks first.
    pub fn guard(self) {
        page::guard_leaving(!page::is_online() && !self.with(Outbox::is_empty));
    }

    fn take_out(self, client_id: &ClientId) {
        if let Some(unsent) = self.change(|outbox| outbox.acknowledged(client_id)) {
            storage::remove(&unsent.key());
        }
        self.guard();
    }

    fn tell(self, delivered: Delivered) {
        if let Some(on_delivered) = self.on_delivered.get_value() {
            on_delivered(delivered);
        }
    }

    fn change<Done>(self, what: impl FnOnce(&mut Outbox) -> Done) -> Done {
        let done = what(&mut self.outbox.get_value().borrow_mut());
        self.changed.notify();
        done
    }
}

impl Default for Outgoing {
    fn default() -> Self {
        Self::new()
    }
}

fn store(unsent: &Unsent) {
    if let Ok(bytes) = postcard::to_allocvec(unsent) {
        storage::put(&unsent.key(), &storage::bytes_as_text(&bytes));
    }
}
