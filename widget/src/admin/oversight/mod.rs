//! *Conversations* and *Guest Conversations*: the list, and a thread to read along.
//!
//! The law: nothing is written here, and whoever reads along is told that it leaves a line.

/// Calls.
mod api;
/// Who it was before.
mod conversions;
/// What may be asked about a customer.
mod customer;
/// All of them.
mod list;
/// A row.
mod row;
/// Others with the customer's address.
mod same_address;
/// A conversation in a row.
mod summary;
/// Reading along.
mod thread;
/// A thread, line by line.
mod thread_lines;

use super::sentences as say;
use super::ui::Page;
use leptos::prelude::*;
use list::ConversationList;
use shared::conversation::CustomerKind;
use shared::ids::ConversationId;
use thread::{NoThread, ReadAlong};

/// Whose conversations a screen shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Users,
    Guests,
}

const CONVERSATIONS: &str = "/admin/conversations";
const GUEST_CONVERSATIONS: &str = "/admin/guest-conversations";

impl Whose {
    const fn address(self) -> &'static str {
        match self {
            Self::Users => CONVERSATIONS,
            Self::Guests => GUEST_CONVERSATIONS,
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Users => (say::CONVERSATIONS, say::CONVERSATIONS_LEAD),
            Self::Guests => (say::GUEST_CONVERSATIONS, say::GUEST_CONVERSATIONS_LEAD),
        }
    }
}

#[component]
pub fn Conversations(rest: Signal<String>) -> impl IntoView {
    view! { <Oversight whose=Whose::Users rest/> }
}

#[component]
pub fn GuestConversations(rest: Signal<String>) -> impl IntoView {
    view! { <Oversight whose=Whose::Guests rest/> }
}

#[component]
fn Oversight(whose: Whose, rest: Signal<String>) -> impl IntoView {
    let chosen = Memo::new(move |_| rest.with(|rest| ConversationId::parse(rest)));
    let (title, lead) = whose.words();
    let looked = RwSignal::new(0);
    let has_rows = RwSignal::new(false);
    let thread = move || match chosen.get() {
        Some(conversation_id) => view! { <ReadAlong whose conversation_id looked/> }.into_any(),
        None => view! { <NoThread has_rows/> }.into_any(),
    };
    view! {
        <Page title lead wide=true>
            <div class="oversight" class:is-reading=move || chosen.with(Option::is_some)>
                <ConversationList whose chosen looked has_rows/>
                {thread}
            </div>
        </Page>
    }
}

/// Where a conversation is read along, by whose it seems to be.
pub fn address_of(kind: CustomerKind, conversation_id: &ConversationId) -> String {
    let screen = match kind {
        CustomerKind::User => CONVERSATIONS,
        CustomerKind::Guest => GUEST_CONVERSATIONS,
    };
    [screen, "/", conversation_id.as_str(), "#thread"].concat()
}
