//! Where somebody is: which thread is open, and with whom.
//!
//! The law: whoever has one conversation is in it; whoever has several returns to the one they left.

use super::app::App;
use super::choice::Place;
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::{Partner, Viewing};
use crate::frame::page;
use crate::reactive::untrack;
use shared::conversation::{Conversation, ConversationKind, Side};
use shared::identity::Role;
use shared::ids::ConversationId;

/// In a page's address: earlier conversations are to be continued here.
const CONTINUE: &str = "continue";

impl App {
    /// Where this person begins.
    pub(super) fn begin(self) {
        let is_continuing = self.several.is_some() && page::take_word(CONTINUE);
        match self.identity.session.with_untracked(|session| {
            session
                .as_ref()
                .map(|session| (session.role, session.conversation_id.clone()))
        }) {
            Some((Role::Visitor | Role::Guest, _)) if is_continuing => self.continue_earlier(),
            Some((Role::Guest, Some(conversation_id))) => match untrack(|| self.lists()) {
                Some(several) => several.fetch(Role::Guest),
                None => self.open_own(Destination::In(conversation_id)),
            },
            Some((Role::Visitor, _)) => self.resume_first_message(),
            Some((Role::User | Role::Agent | Role::Admin, _)) => {
                if let Some(several) = self.several {
                    several.fetch(untrack(|| self.role()));
                    match self.desk.and_then(|desk| (desk.parts.asked_for)()) {
                        Some(id) => self.open_anything(id),
                        None => several.return_to(self),
                    }
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
        self.thread
            .open_as_guest(&self.viewing.get_untracked(), name, email);
        self.place.set(Place::Thread);
    }

    /// Opens one of the own conversations, or a new one.
    pub fn open_own(self, destination: Destination) {
        let known = destination
            .conversation_id()
            .and_then(|id| self.several?.known(id, Side::Customer));
        let is_direct = known
            .as_ref()
            .is_some_and(|known| known.kind == ConversationKind::Direct);
        if is_direct {
            return self.open_direct(destination);
        }
        self.open_thread(destination, Partner::Team, known);
    }

    /// Opens the direct conversation with whom somebody chose, or a new one with them.
    pub fn open_direct(self, destination: Destination) {
        let known = destination
            .conversation_id()
            .and_then(|id| self.several?.known(id, Side::Customer));
        self.open_thread(destination, Partner::Peer, known);
    }

    /// Opens a customer's conversation.
    pub fn open_support(self, id: ConversationId) {
        let known = self
            .several
            .and_then(|several| several.known(&id, Side::Staff));
        self.open_thread(Destination::In(id), Partner::Customer, known);
    }

    fn open_thread(self, destination: Destination, partner: Partner, known: Option<Conversation>) {
        let viewing = Viewing {
            partner,
            ..self.viewing.get_untracked()
        };
        self.safety.close();
        self.thread.open(destination, &viewing, known);
        self.enter();
    }

    /// Opens any conversation that this person may see, as a page's address or an alert names it.
    pub fn open_anything(self, id: ConversationId) {
        if let Some(desk) = self.desk {
            (desk.parts.open)(self, id);
        }
    }

    /// To a place where no conversation is open.
    pub fn go_to(self, place: Place) {
        self.place.set(place);
        self.thread.close();
        self.safety.close();
        self.remember_place();
    }

    /// To where a mailed code brings earlier conversations, in the program that has the form.
    pub fn continue_earlier(self) {
        match self.several {
            Some(several) => several.enter_code(self),
            None => {
                self.door.keep();
                page::reload_with(CONTINUE);
            }
        }
    }

    /// Back to where this person begins.
    pub fn leave_code(self) {
        self.go_home();
        if untrack(|| self.role()) == Role::Guest {
            self.begin();
        }
    }

    /// Back to the lists.
    pub fn go_home(self) {
        self.go_to(Place::Home);
    }

    fn enter(self) {
        self.place.set(Place::Thread);
        self.remember_place();
    }

    /// So that the host's next page shows the same.
    fn remember_place(self) {
        if let Some(several) = self.several {
            several.remember(self);
        }
        if let Some(desk) = self.desk {
            let is_in_thread = self.place.get_untracked() == Place::Thread;
            let open = self.thread.conversation_id().filter(|_| is_in_thread);
            (desk.parts.went)(open.as_ref());
        }
    }
}
