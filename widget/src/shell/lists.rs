//! The lists of whoever has several conversations: *Chats*, for staff *Customer Support*, and the groups of others.
//!
//! The law: a guest has one conversation and downloads none of this (D10). The shell reaches it only through the parts
//! that a program hands in.

/// What the shell asks of them.
mod several;

use super::app::App;
use super::conversion;
use super::home::home;
use super::partner;
use super::returning::{remember, return_to};
use super::taking_over::take_over;
use crate::conversation::api::{get_conversation, list_conversations};
use crate::conversation::list_state::{ListState, Page, Partner, Viewing};
use crate::conversation::listing::Chosen;
use crate::conversation::rows::Offer;
use crate::conversation::typists::Typists;
use crate::conversion::state::ConversionState;
use crate::frame::draw::Drawn;
use crate::frame::spawn_local;
use crate::group::state::Groups;
use crate::i18n::{Key, USER_KEYS};
use crate::inbox::api::list_inbox;
use crate::net::Failure;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::MenuItem;
use shared::conversation::{Conversation, Message, Side};
use shared::identity::Role;
use shared::ids::{ConversationId, PersonId};
use shared::realtime::Event;
use std::pin::Pin;

/// The lists. Who is no staff has an inbox that is never asked for.
#[derive(Clone, Copy)]
pub struct Lists {
    pub chats: ListState,
    pub inbox: ListState,
    pub groups: Groups,
    pub conversion: ConversionState,
}

/// Who looks at them.
pub struct Reader {
    pub role: Role,
    pub person_id: Option<PersonId>,
    pub support_name: String,
}

/// What the shell asks of the lists.
#[cfg_attr(
    not(feature = "users"),
    expect(dead_code, reason = "the program of guests makes no lists")
)]
pub struct ListParts {
    make: fn(RwSignal<Typists>, RwSignal<u32>) -> Lists,
    start: fn(App, Lists),
    read_by: fn(Lists, &Reader),
    fetch: fn(Lists, Role),
    wipe: fn(Lists),
    told: fn(Lists, &Reader, &Event),
    put: fn(Lists, Conversation),
    known: fn(Lists, &ConversationId, Side) -> Option<Conversation>,
    unread: fn(Lists, Role) -> Option<u32>,
    has_own: fn(Lists) -> bool,
    home: fn(App, Lists) -> Drawn,
    header: fn(App, Lists) -> Option<Drawn>,
    below: fn(App, Lists) -> Drawn,
    began_meanwhile: fn(App, &Conversation),
    is_of_other: fn(Lists, &Reader, &ConversationId, &Message) -> bool,
    welcome: fn() -> Option<Drawn>,
    remember: fn(App, Lists),
    return_to: fn(App, Lists),
    code: fn(App, Lists) -> Drawn,
    enter_code: fn(App, Lists),
    take_over: fn(App),
    may_say_not_me: fn(App) -> Memo<bool>,
    not_me_item: fn(App, Lists) -> Option<MenuItem>,
    on_offer: fn(App, Lists) -> Callback<Offer>,
    /// What the language files call its sentences.
    keys: &'static [Key],
}

/// The lists, and what can be asked of them.
#[derive(Clone, Copy)]
pub struct Several {
    lists: Lists,
    parts: &'static ListParts,
    /// Where there are none, the compiler knows it, and leaves out whatever would be done with them.
    #[cfg(not(feature = "users"))]
    _none: core::convert::Infallible,
}

/// What the program of users and staff hands in.
pub const LISTS: ListParts = ListParts {
    make,
    start: conversion::show_what_came,
    read_by,
    fetch,
    wipe: |lists| {
        lists.chats.wipe();
        lists.inbox.wipe();
        lists.groups.wipe();
        lists.conversion.wipe();
    },
    told,
    put,
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
    home,
    header: partner::header,
    below: partner::below,
    began_meanwhile: partner::began_meanwhile,
    is_of_other: partner::is_of_other,
    welcome: partner::welcome,
    remember,
    return_to,
    code: conversion::code,
    enter_code: conversion::enter_code,
    take_over,
    may_say_not_me: |app| Memo::new(move |_| conversion::may_say_not_me(app)),
    not_me_item: conversion::not_me_item,
    on_offer: conversion::on_offer,
    keys: USER_KEYS,
};

fn make(typists: RwSignal<Typists>, minute: RwSignal<u32>) -> Lists {
    Lists {
        chats: ListState::new(own_page, typists, minute),
        inbox: ListState::new(list_inbox, typists, minute),
        groups: Groups::new(),
        conversion: ConversionState::new(),
    }
}

fn read_by(lists: Lists, reader: &Reader) {
    let viewing = |partner| Viewing {
        person_id: reader.person_id.clone(),
        partner,
        support_name: reader.support_name.clone(),
    };
    lists.chats.viewing.set(viewing(Partner::Team));
    lists.inbox.viewing.set(viewing(Partner::Customer));
    if !reader.role.is_staff() {
        lists.inbox.wipe();
    }
}

fn fetch(lists: Lists, role: Role) {
    lists.chats.fetch_first();
    if role.is_staff() {
        lists.inbox.fetch_first();
    } else {
        lists.inbox.wipe();
    }
    // A guest finds nobody.
    if role > Role::Guest {
        lists.groups.fetch();
    }
}

fn put(lists: Lists, conversation: Conversation) {
    let list = if lists.inbox.has(&conversation.conversation_id) {
        lists.inbox
    } else {
        lists.chats
    };
    list.put(conversation);
}

/// To the list that has the conversation, or should have it.
fn told(lists: Lists, reader: &Reader, event: &Event) {
    let (id, may_be_new) = match event {
        Event::ConversationStarted(started) => {
            let conversation = &started.conversation;
            let list = list_of(lists, reader.person_id.as_ref(), conversation);
            return list.event(&conversation.conversation_id, event);
        }
        Event::MessageSent(sent) => (&sent.conversation_id, true),
        Event::SeenAdvanced(seen) => (&seen.conversation_id, false),
        Event::CustomerMoved(moved) => (&moved.conversation_id, false),
        Event::ConversationChanged(changed) => (&changed.conversation_id, false),
        _ => return,
    };
    if lists.chats.has(id) {
        lists.chats.event(id, event);
    } else if lists.inbox.has(id) {
        lists.inbox.event(id, event);
    } else if may_be_new && reader.role.is_staff() {
        find_list(lists, reader.person_id.clone(), id.clone());
    } else if may_be_new {
        lists.chats.event(id, event);
    }
}

/// A conversation that no page brought yet: its head says in which list it belongs.
fn find_list(lists: Lists, reader: Option<PersonId>, id: ConversationId) {
    spawn_local(async move {
        if let Ok(conversation) = get_conversation(&id).await {
            list_of(lists, reader.as_ref(), &conversation).put(conversation);
        }
    });
}

/// Staff are told of every customer's; who is the customer themself, or in a direct one, has it among their own.
fn list_of(lists: Lists, reader: Option<&PersonId>, conversation: &Conversation) -> ListState {
    let customer = conversation.customer.as_ref();
    let is_of_others = customer.is_some_and(|customer| Some(&customer.face.person_id) != reader);
    if is_of_others {
        lists.inbox
    } else {
        lists.chats
    }
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
