//! Where somebody is: which thread is open, which list, and where they were on the host's last page.
//!
//! The law: whoever has one conversation is in it; whoever has several returns to the one they left.

use super::app::App;
use super::choice::Place;
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Viewing;
use crate::frame::storage;
use crate::reactive::untrack;
use shared::conversation::Side;
use shared::identity::Role;
use shared::ids::ConversationId;

/// Where somebody was, by person.
pub(super) const PLACE_KEYS: &str = "porchlight.place.";

impl App {
    /// Where this person begins.
    pub(super) fn begin(self) {
        match self.identity.session.with_untracked(|session| {
            session
                .as_ref()
                .map(|session| (session.role, session.conversation_id.clone()))
        }) {
            Some((Role::Guest, Some(conversation_id))) => {
                self.open_own(Destination::In(conversation_id))
            }
            Some((Role::Visitor, _)) => self.resume_first_message(),
            Some((Role::User | Role::Agent | Role::Admin, _)) => {
                if let Some(several) = self.several {
                    several.fetch(untrack(|| self.role()));
                    self.return_to_place();
                } else {
                    // A server that answers a user with the program of guests: a new conversation is always there.
                    self.open_own(Destination::New);
                }
            }
            _ => {}
        }
    }

    /// A first message that was written and not acknowledged is shown, not the door before it.
    fn resume_first_message(self) {
        let writer = self.outgoing.writer();
        let waiting = self.outgoing.with(|outbox| {
            outbox
                .of(&writer, &Destination::New)
                .find_map(|entry| entry.unsent.guest.clone())
        });
        if let Some((name, email)) = waiting {
            self.open_first(name, email);
        }
    }

    /// The door took name and address.
    pub fn open_first(self, name: String, email: String) {
        self.is_support_thread.set(false);
        self.thread
            .open_as_guest(&self.viewing.get_untracked(), name, email);
        self.place.set(Place::Thread);
    }

    /// Opens one of the own conversations, or a new one.
    pub fn open_own(self, destination: Destination) {
        let known = destination
            .conversation_id()
            .and_then(|id| self.several?.known(id, Side::Customer));
        self.is_support_thread.set(false);
        self.thread
            .open(destination, &self.viewing.get_untracked(), known);
        self.enter();
    }

    /// Opens a customer's conversation.
    pub fn open_support(self, id: ConversationId) {
        let known = self
            .several
            .and_then(|several| several.known(&id, Side::Staff));
        self.is_support_thread.set(true);
        let viewing = Viewing {
            side: Side::Staff,
            ..self.viewing.get_untracked()
        };
        self.thread.open(Destination::In(id), &viewing, known);
        self.enter();
    }

    /// Back to the lists.
    pub fn go_home(self) {
        self.place.set(Place::Home);
        self.thread.close();
        self.remember_place();
    }

    fn enter(self) {
        self.place.set(Place::Thread);
        self.remember_place();
    }

    /// Where somebody with several conversations is, so that the host's next page shows the same.
    fn remember_place(self) {
        let Some(key) = self.place_key() else { return };
        match self
            .thread
            .conversation_id()
            .filter(|_| self.place.get_untracked() == Place::Thread)
        {
            Some(id) => {
                let kind = if self.is_support_thread.get_untracked() {
                    "s"
                } else {
                    "o"
                };
                storage::put(&key, &[kind, id.as_str()].concat());
            }
            None => storage::remove(&key),
        }
    }

    fn return_to_place(self) {
        let Some(place) = self.place_key().and_then(|key| storage::get(&key)) else {
            return;
        };
        let is_staff = untrack(|| self.role()).is_staff();
        match (place.split_at_checked(1), is_staff) {
            (Some(("s", id)), true) => ConversationId::parse(id)
                .into_iter()
                .for_each(|id| self.open_support(id)),
            (Some(("o", id)), _) => {
                let id = ConversationId::parse(id);
                id.into_iter()
                    .for_each(|id| self.open_own(Destination::In(id)));
            }
            _ => {}
        }
    }

    fn place_key(self) -> Option<String> {
        let role = untrack(|| self.role());
        let person_id = self.person_id().filter(|_| role != Role::Guest)?;
        Some([PLACE_KEYS, person_id.as_str()].concat())
    }
}
