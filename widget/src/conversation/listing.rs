//! A list of conversations, newest activity first, as far as its pages were fetched.
//!
//! The law: a conversation stands in it once; what it cannot know is asked for, never guessed.

use super::head;
use super::message_log::Viewer;
use shared::conversation::{Conversation, MessageKind, Side};
use shared::ids::{ConversationId, PersonId, Revision};
use shared::realtime::Event;

/// Which conversations belong in it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Chosen {
    #[default]
    All,
    /// The last word is the customer's.
    Unanswered,
}

/// The list.
#[derive(Clone, Default)]
pub struct Listing {
    conversations: Vec<Conversation>,
    /// Where the next page begins; `None` on the last.
    pub cursor: Option<String>,
    pub chosen: Chosen,
}

/// What an event did to the list.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Effect {
    /// Nothing that is shown.
    None,
    Changed,
    /// The list does not have it, or missed something of it: fetch its head.
    Fetch(ConversationId),
}

impl Listing {
    pub fn conversations(&self) -> &[Conversation] {
        &self.conversations
    }

    pub fn get(&self, conversation_id: &ConversationId) -> Option<&Conversation> {
        self.conversations
            .iter()
            .find(|known| known.conversation_id == *conversation_id)
    }

    /// The direct conversation with somebody.
    pub fn with_peer(&self, person_id: &PersonId) -> Option<&ConversationId> {
        let is_with = |known: &&Conversation| {
            let peer = known.peer.as_ref();
            peer.is_some_and(|peer| peer.face.person_id == *person_id)
        };
        let found = self.conversations.iter().find(is_with);
        found.map(|known| &known.conversation_id)
    }

    /// The first page, again or for the first time. Rows of later pages stay; rows that should stand in it and do not
    /// are gone.
    pub fn first_page(&mut self, page: Vec<Conversation>, cursor: Option<String>) {
        let last = page.last().map(|last| last.last_activity_at);
        match (&cursor, last) {
            (Some(_), Some(last)) => {
                let had_more = !self.conversations.is_empty();
                self.conversations
                    .retain(|known| known.last_activity_at < last);
                if !had_more || self.conversations.is_empty() {
                    self.cursor = cursor;
                }
            }
            _ => {
                self.conversations.clear();
                self.cursor = None;
            }
        }
        for conversation in page {
            self.put(conversation);
        }
    }

    /// A page after the ones known.
    pub fn next_page(&mut self, page: Vec<Conversation>, cursor: Option<String>) {
        self.cursor = cursor;
        for conversation in page {
            self.put(conversation);
        }
    }

    /// Puts in a head, fetched or come by event, where its activity belongs. An older head than the known one changes
    /// nothing.
    pub fn put(&mut self, conversation: Conversation) {
        let known = self
            .conversations
            .iter()
            .position(|known| known.conversation_id == conversation.conversation_id);
        if let Some(place) = known {
            if self.conversations[place].revision > conversation.revision {
                return;
            }
            self.conversations.remove(place);
        }
        if !self.keeps(&conversation) {
            return;
        }
        let order = |row: &Conversation| (row.last_activity_at, row.conversation_id.clone());
        let mine = order(&conversation);
        let place = self.conversations.partition_point(|row| order(row) > mine);
        self.conversations.insert(place, conversation);
    }

    pub fn remove(&mut self, conversation_id: &ConversationId) {
        self.conversations
            .retain(|known| known.conversation_id != *conversation_id);
    }

    /// What an event changes.
    pub fn event(&mut self, event: &Event, viewer: &Viewer) -> Effect {
        match event {
            Event::ConversationStarted(started) => {
                self.put(started.conversation.clone());
                Effect::Changed
            }
            // Something about the conversation itself changed: its head says what.
            Event::MessageSent(sent) if sent.message.kind == MessageKind::Notice => {
                Effect::Fetch(sent.conversation_id.clone())
            }
            Event::MessageSent(sent) => self.change(&sent.conversation_id, sent.revision, |row| {
                let viewer = head::viewer_in(row, viewer);
                head::message_sent(row, &sent.message, &viewer);
            }),
            Event::SeenAdvanced(seen) => self.change(&seen.conversation_id, seen.revision, |row| {
                let viewer = head::viewer_in(row, viewer);
                let person_id = seen.person_id.as_ref();
                head::seen_advanced(row, seen.side, person_id, seen.position, &viewer);
            }),
            // What changed is not said, so it is asked.
            Event::ConversationChanged(changed) => match self.get(&changed.conversation_id) {
                Some(row) if row.revision < changed.revision => {
                    Effect::Fetch(changed.conversation_id.clone())
                }
                _ => Effect::None,
            },
            Event::CustomerMoved(moved) => {
                let row = self
                    .conversations
                    .iter_mut()
                    .find(|row| row.conversation_id == moved.conversation_id);
                if let Some(customer) = row.and_then(|row| row.customer.as_mut()) {
                    customer.page.clone_from(&moved.page);
                }
                Effect::Changed
            }
            _ => Effect::None,
        }
    }

    fn change(
        &mut self,
        id: &ConversationId,
        revision: Revision,
        what: impl FnOnce(&mut Conversation),
    ) -> Effect {
        let Some(place) = self
            .conversations
            .iter()
            .position(|row| row.conversation_id == *id)
        else {
            return Effect::Fetch(id.clone());
        };
        let row = &mut self.conversations[place];
        if revision <= row.revision {
            return Effect::None;
        }
        if revision.0 > row.revision.0 + 1 {
            return Effect::Fetch(id.clone());
        }
        row.revision = revision;
        what(row);
        let row = self.conversations.remove(place);
        self.put(row);
        Effect::Changed
    }

    fn keeps(&self, conversation: &Conversation) -> bool {
        self.chosen == Chosen::All || is_unanswered(conversation)
    }
}

/// Whether the last word is the customer's; what a notice says is nobody's.
fn is_unanswered(conversation: &Conversation) -> bool {
    match conversation.last_message.as_ref().map(|last| last.side) {
        Some(Side::Customer) => true,
        // Right behind an answer there is none of the customer's between.
        Some(Side::System) => conversation.last_staff_position.next() < conversation.last_position,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
