//! A list of conversations as views show it: *Chats*, and for staff *Customer Support*.
//!
//! The law: the same code for both; what differs, the question that is asked, is handed in, so that the inbox's is in
//! the program of staff only (D10).

use super::api::get_conversation;
use super::head::viewer_in;
use super::list_row::ListRow;
use super::listing::{Chosen, Effect as ListEffect, Listing};
use super::message_log::{Told, Viewer, one_line};
use super::notice::notice_sentence;
use super::row_maker::whose;
use super::rows::Whose;
use super::typists::Typists;
use crate::frame::spawn_local;
use crate::frame::{clock, intl};
use crate::i18n::{UserText, say};
use crate::net::Failure;
use crate::reactive::{Kept, Memo, RwSignal};
use shared::conversation::{Conversation, Message, MessageKind, Side};
use shared::ids::{ConversationId, PersonId};
use shared::realtime::Event;
use std::future::Future;
use std::pin::Pin;

/// A last message in one line. **Units**: characters.
const SNIPPET_CHARACTERS: usize = 120;

/// With whom a thread is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Partner {
    /// With the support team: the viewer is the customer.
    Team,
    /// With a customer, as staff.
    Customer,
    /// With another user.
    Peer,
}

/// Who looks, and at what.
#[derive(Clone, PartialEq, Eq)]
pub struct Viewing {
    pub person_id: Option<PersonId>,
    pub partner: Partner,
    /// What the other side is called, where it is not a customer with a name.
    pub support_name: String,
}

impl Viewing {
    pub fn viewer(&self) -> Viewer {
        Viewer {
            person_id: self.person_id.clone(),
            side: match self.partner {
                Partner::Customer => Side::Staff,
                // In a direct conversation the head tells more.
                Partner::Team | Partner::Peer => Side::Customer,
            },
        }
    }
}

impl Default for Viewing {
    fn default() -> Self {
        Self {
            person_id: None,
            partner: Partner::Team,
            support_name: String::new(),
        }
    }
}

/// One page, whoever asked for it.
pub struct Page {
    pub conversations: Vec<Conversation>,
    pub cursor: Option<String>,
    /// Conversations with something unread over all pages, where the server counts them.
    pub unread_conversations: Option<u32>,
}

/// Asks for a page.
pub type PageSource =
    fn(Option<String>, Chosen) -> Pin<Box<dyn Future<Output = Result<Page, Failure>>>>;

/// How much of the list is here.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Listed {
    #[default]
    Loading,
    Ready,
    Unreachable,
}

/// The list.
#[derive(Clone, Copy)]
pub struct ListState {
    pub listing: RwSignal<Listing>,
    pub listed: RwSignal<Listed>,
    /// Conversations with something unread.
    pub unread: RwSignal<u32>,
    pub viewing: RwSignal<Viewing>,
    typists: RwSignal<Typists>,
    /// Changes each minute, because "2 min" does.
    minute: RwSignal<u32>,
    source: Kept<PageSource>,
    /// Counts first pages asked for: only the newest counts.
    asked: Kept<u32>,
    is_asking_more: Kept<bool>,
}

impl ListState {
    pub fn new(source: PageSource, typists: RwSignal<Typists>, minute: RwSignal<u32>) -> Self {
        Self {
            listing: RwSignal::new(Listing::default()),
            listed: RwSignal::new(Listed::Loading),
            unread: RwSignal::new(0),
            viewing: RwSignal::new(Viewing::default()),
            typists,
            minute,
            source: Kept::new(source),
            asked: Kept::new(0),
            is_asking_more: Kept::new(false),
        }
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        self.asked.update_value(|asked| *asked += 1);
        self.listing.set(Listing::default());
        self.listed.set(Listed::Loading);
        self.unread.set(0);
    }

    /// Asks for the first page, for the first time or again.
    pub fn fetch_first(self) {
        let source = self.source.get_value();
        self.asked.update_value(|asked| *asked += 1);
        let asked = self.asked.get_value();
        let chosen = self.listing.with_untracked(|listing| listing.chosen);
        spawn_local(async move {
            let page = source(None, chosen).await;
            if self.asked.get_value() != asked {
                return;
            }
            match page {
                Ok(page) => {
                    self.listing
                        .update(|listing| listing.first_page(page.conversations, page.cursor));
                    self.count(page.unread_conversations);
                    self.listed.set(Listed::Ready);
                }
                Err(_) if self.listed.get_untracked() == Listed::Ready => {}
                Err(_) => self.listed.set(Listed::Unreachable),
            }
        });
    }

    pub fn is_ready(self) -> bool {
        self.listed.get() == Listed::Ready
    }

    /// Asks for the page after those that are here.
    pub fn fetch_more(self) {
        let (cursor, chosen) = self
            .listing
            .with_untracked(|listing| (listing.cursor.clone(), listing.chosen));
        let (source, is_asking) = (self.source.get_value(), self.is_asking_more.get_value());
        let Some(cursor) = cursor.filter(|_| !is_asking) else {
            return;
        };
        self.is_asking_more.set_value(true);
        let asked = self.asked.get_value();
        spawn_local(async move {
            let page = source(Some(cursor), chosen).await;
            self.is_asking_more.set_value(false);
            if let (Ok(page), true) = (page, self.asked.get_value() == asked) {
                self.listing
                    .update(|listing| listing.next_page(page.conversations, page.cursor));
                self.count(page.unread_conversations);
            }
        });
    }

    /// Shows another choice of conversations.
    pub fn choose(self, chosen: Chosen) {
        let unread = self.unread.get_untracked();
        self.wipe();
        self.unread.set(unread);
        self.listing.update(|listing| listing.chosen = chosen);
        self.fetch_first();
    }

    pub fn get(self, conversation_id: &ConversationId) -> Option<Conversation> {
        self.listing
            .with_untracked(|listing| listing.get(conversation_id).cloned())
    }

    pub fn has(self, conversation_id: &ConversationId) -> bool {
        self.listing
            .with_untracked(|listing| listing.get(conversation_id).is_some())
    }

    /// A head that somebody else fetched, or that came with an answer.
    pub fn put(self, conversation: Conversation) {
        let id = conversation.conversation_id.clone();
        let was_unread = self.is_unread(&id);
        let is_unread = conversation.unread > 0;
        self.listing.update(|listing| listing.put(conversation));
        self.recount(was_unread, is_unread);
    }

    /// What the socket says of a conversation that belongs here.
    pub fn event(self, id: &ConversationId, event: &Event) {
        let was_unread = self.is_unread(id);
        let viewer = self.viewing.with_untracked(Viewing::viewer);
        let mut effect = ListEffect::None;
        // Most events change one row; whoever shows the list compares.
        self.listing
            .update(|listing| effect = listing.event(event, &viewer));
        match effect {
            ListEffect::None => {}
            ListEffect::Changed => self.recount(was_unread, self.is_unread(id)),
            ListEffect::Fetch(id) => self.fetch_head(id),
        }
    }

    /// Fetches one conversation's head.
    pub fn fetch_head(self, id: ConversationId) {
        let asked = self.asked.get_value();
        spawn_local(async move {
            let answer = get_conversation(&id).await;
            if self.asked.get_value() != asked {
                return;
            }
            match answer {
                Ok(conversation) => self.put(conversation),
                Err(Failure::Refused(_)) => self.listing.update(|listing| listing.remove(&id)),
                Err(_) => {}
            }
        });
    }

    /// As rows, with times as of now.
    pub fn rows(self) -> Memo<Vec<ListRow>> {
        Memo::new(move |_| {
            self.minute.track();
            let viewing = self.viewing.get();
            let typists = self.typists.get();
            self.listing.with(|listing| {
                listing
                    .conversations()
                    .iter()
                    .map(|row| shown(row, &viewing, &typists))
                    .collect()
            })
        })
    }

    /// Messages that the viewer has not seen, as a customer counts them.
    pub fn unread_messages(self) -> u32 {
        self.listing
            .with(|listing| listing.conversations().iter().map(|row| row.unread).sum())
    }

    fn is_unread(self, id: &ConversationId) -> bool {
        self.listing
            .with_untracked(|listing| listing.get(id).is_some_and(|row| row.unread > 0))
    }

    fn count(self, counted: Option<u32>) {
        let known = self.listing.with_untracked(|listing| {
            listing
                .conversations()
                .iter()
                .filter(|row| row.unread > 0)
                .count()
        });
        self.unread
            .set(counted.unwrap_or(u32::try_from(known).unwrap_or(u32::MAX)));
    }

    fn recount(self, was_unread: bool, is_unread: bool) {
        match (was_unread, is_unread) {
            (false, true) => self.unread.update(|unread| *unread += 1),
            (true, false) => self
                .unread
                .update(|unread| *unread = unread.saturating_sub(1)),
            _ => {}
        }
    }
}

/// One conversation as a row.
fn shown(row: &Conversation, viewing: &Viewing, typists: &Typists) -> ListRow {
    let viewer = viewer_in(row, &viewing.viewer());
    let customer = row
        .customer
        .as_ref()
        .filter(|_| viewing.partner == Partner::Customer);
    let last = row.last_message.as_ref();
    let helper = row.staff.first().cloned();
    // Whom it is with, where that is one person.
    let face = customer
        .map(|customer| &customer.face)
        .or(row.peer.as_ref().map(|peer| &peer.face));
    ListRow {
        conversation_id: row.conversation_id.clone(),
        name: face.map_or_else(|| viewing.support_name.clone(), |face| face.name.clone()),
        face: face.or(helper.as_ref()).cloned(),
        proof: customer.map(|customer| customer.proof),
        time: intl::row_time(row.last_activity_at, clock::server_now()),
        snippet: last.map_or(String::new(), |message| {
            one_line(&words(row, message, &viewer), SNIPPET_CHARACTERS)
        }),
        own_snippet: last.is_some_and(|message| whose(message, &viewer) == Whose::Own),
        unread: row.unread,
        helper: helper.filter(|_| customer.is_some()),
        typing: typists.names(&row.conversation_id).into_iter().next(),
    }
}

/// What the last message says, or what stands in its place.
fn words(row: &Conversation, last: &Message, viewer: &Viewer) -> String {
    if last.kind == MessageKind::Notice {
        let cut = row.converted.as_ref().map(|converted| converted.cut.next());
        let customer = row.customer.as_ref().map(|customer| &customer.face);
        let told = Told {
            word: &last.text,
            side: viewer.side,
            is_live: cut == Some(last.position),
            guest: None,
            name: customer.map(|face| face.name.as_str()),
        };
        return notice_sentence(&told).unwrap_or_default();
    }
    match last.text.is_empty() {
        true => say(UserText::Erased).into(),
        false => last.text.clone(),
    }
}
