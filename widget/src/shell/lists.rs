//! The lists of whoever has several conversations: *Chats*, and for staff *Customer Support*.
//!
//! The law: a guest has one conversation and downloads none of this (D10). The shell reaches it only through the parts
//! that a program hands in.

use super::app::App;
use crate::conversation::api::list_conversations;
use crate::conversation::list_state::{ListState, Page, Viewing};
use crate::conversation::listing::Chosen;
use crate::conversation::typists::Typists;
use crate::frame::draw::Drawn;
use crate::inbox::api::list_inbox;
use crate::net::Failure;
use crate::reactive::RwSignal;
use shared::conversation::{Conversation, Side};
use shared::identity::Role;
use shared::ids::{ConversationId, PersonId};
use shared::realtime::Event;
use std::pin::Pin;

/// Both lists. Who is no staff has an inbox that is never asked for.
#[derive(Clone, Copy)]
pub struct Lists {
    pub chats: ListState,
    pub inbox: ListState,
}

/// Who looks at them.
pub struct Reader {
    pub role: Role,
    pub person_id: Option<PersonId>,
    pub support_name: String,
}

/// What the shell asks of the lists.
pub struct ListParts {
    make: fn(RwSignal<Typists>, RwSignal<u32>) -> Lists,
    read_by: fn(Lists, &Reader),
    fetch: fn(Lists, Role),
    wipe: fn(Lists),
    told: fn(Lists, &Reader, &Event),
    put: fn(Lists, Conversation),
    known: fn(Lists, &ConversationId, Side) -> Option<Conversation>,
    unread: fn(Lists, Role) -> Option<u32>,
    has_own: fn(Lists) -> bool,
    home: fn(App, Lists) -> Drawn,
    customer_header: fn(App) -> Drawn,
}

/// The lists, and what can be asked of them.
#[derive(Clone, Copy)]
pub struct Several {
    lists: Lists,
    parts: &'static ListParts,
}

impl Several {
    pub fn new(
        parts: &'static ListParts,
        typists: RwSignal<Typists>,
        minute: RwSignal<u32>,
    ) -> Self {
        Self {
            lists: (parts.make)(typists, minute),
            parts,
        }
    }

    /// Somebody else looks.
    pub fn read_by(self, reader: &Reader) {
        (self.parts.read_by)(self.lists, reader);
    }

    /// Asks for the first page of each list that this role has.
    pub fn fetch(self, role: Role) {
        (self.parts.fetch)(self.lists, role);
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        (self.parts.wipe)(self.lists);
    }

    /// What the socket says.
    pub fn told(self, reader: &Reader, event: &Event) {
        (self.parts.told)(self.lists, reader, event);
    }

    /// One of the own conversations, as an answer told it.
    pub fn put(self, conversation: Conversation) {
        (self.parts.put)(self.lists, conversation);
    }

    /// What the list of this side knows of a conversation.
    pub fn known(self, id: &ConversationId, side: Side) -> Option<Conversation> {
        (self.parts.known)(self.lists, id, side)
    }

    /// The number on the launcher; `None` before the first page.
    pub fn unread(self, role: Role) -> Option<u32> {
        (self.parts.unread)(self.lists, role)
    }

    /// Whether there is an own conversation.
    pub fn has_own(self) -> bool {
        (self.parts.has_own)(self.lists)
    }

    /// The screen with the lists.
    pub fn home(self, app: App) -> Drawn {
        (self.parts.home)(app, self.lists)
    }

    /// The header of a thread with a customer.
    pub fn customer_header(self, app: App) -> Drawn {
        (self.parts.customer_header)(app)
    }
}

/// What the program of users and staff hands in.
pub const LISTS: ListParts = ListParts {
    make,
    read_by,
    fetch,
    wipe: |lists| {
        lists.chats.wipe();
        lists.inbox.wipe();
    },
    told,
    put: |lists, conversation| lists.chats.put(conversation),
    known: |lists, id, side| {
        let list = if side == Side::Staff {
            lists.inbox
        } else {
            lists.chats
        };
        list.get(id)
    },
    unread,
    has_own: |lists| {
        lists
            .chats
            .listing
            .with(|listing| !listing.conversations().is_empty())
    },
    home: crate::inbox::home::home,
    customer_header: crate::inbox::home::header,
};

fn make(typists: RwSignal<Typists>, minute: RwSignal<u32>) -> Lists {
    Lists {
        chats: ListState::new(own_page, typists, minute),
        inbox: ListState::new(list_inbox, typists, minute),
    }
}

fn read_by(lists: Lists, reader: &Reader) {
    let viewing = |side| Viewing {
        person_id: reader.person_id.clone(),
        side,
        support_name: reader.support_name.clone(),
    };
    lists.chats.viewing.set(viewing(Side::Customer));
    lists.inbox.viewing.set(viewing(Side::Staff));
    if !reader.role.is_staff() {
        lists.inbox.wipe();
    }
}

fn fetch(lists: Lists, role: Role) {
    lists.chats.fetch_first();
    if role.is_staff() {
        lists.inbox.fetch_first();
    }
}

/// To the list that has the conversation, or should have it.
fn told(lists: Lists, reader: &Reader, event: &Event) {
    let (id, may_be_new) = match event {
        Event::ConversationStarted(started) => {
            return conversation_started(lists, reader, &started.conversation, event);
        }
        Event::MessageSent(sent) => (&sent.conversation_id, true),
        Event::SeenAdvanced(seen) => (&seen.conversation_id, false),
        Event::CustomerMoved(moved) => (&moved.conversation_id, false),
        _ => return,
    };
    if lists.chats.has(id) {
        lists.chats.event(id, event);
    } else if reader.role.is_staff() && (may_be_new || lists.inbox.has(id)) {
        lists.inbox.event(id, event);
    } else if may_be_new {
        lists.chats.event(id, event);
    }
}

/// Staff are told of every customer's; who is the customer themself has it among their own.
fn conversation_started(lists: Lists, reader: &Reader, conversation: &Conversation, event: &Event) {
    let customer = conversation
        .customer
        .as_ref()
        .map(|customer| &customer.face.person_id);
    let is_of_others = customer.is_some() && customer != reader.person_id.as_ref();
    let list = if reader.role.is_staff() && is_of_others {
        lists.inbox
    } else {
        lists.chats
    };
    list.event(&conversation.conversation_id, event);
}

/// Customers count messages, staff conversations.
fn unread(lists: Lists, role: Role) -> Option<u32> {
    if role.is_staff() {
        lists
            .inbox
            .is_ready()
            .then(|| lists.inbox.unread.get() + lists.chats.unread.get())
    } else {
        lists
            .chats
            .is_ready()
            .then(|| lists.chats.unread_messages())
    }
}

/// A page of the own conversations.
fn own_page(
    cursor: Option<String>,
    _chosen: Chosen,
) -> Pin<Box<dyn Future<Output = Result<Page, Failure>>>> {
    Box::pin(async move {
        let page = list_conversations(cursor).await?;
        Ok(Page {
            conversations: page.conversations,
            cursor: page.cursor,
            unread_conversations: None,
        })
    })
}
