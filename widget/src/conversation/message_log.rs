//! The messages of one conversation, as far as this frame has them.
//!
//! The law: the order is the position; a message is shown once, however often and in whatever order it arrives; what
//! lies behind a hole is not shown before the hole is filled.

use super::outbox::Entry;
use super::row_maker::{RowMaker, whose};
use super::rows::{Quote, Row, Whose};
use shared::conversation::{Conversation, Message, MessageKind, Side};
use shared::ids::{PersonId, Position, Time};

/// A quoted message is cut to this. **Units**: characters.
const QUOTE_CHARACTERS: usize = 120;

/// Stored messages, ascending by position.
#[derive(Clone, Default)]
pub struct MessageLog {
    messages: Vec<Message>,
}

/// What is missing.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Hole {
    /// The last position before it.
    pub after: Position,
}

/// For whom the thread is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Viewer {
    pub person_id: Option<PersonId>,
    pub side: Side,
}

/// What turns the log into rows.
pub struct Showing<'a> {
    pub viewer: &'a Viewer,
    /// How far the other side has seen.
    pub other_seen: Position,
    /// What the viewer had seen when the thread was opened; `None` shows no marker.
    pub new_after: Option<Position>,
    pub now: Time,
    /// Says how it came to its customer.
    pub head: Option<&'a Conversation>,
}

/// What a notice is about, as far as a sentence needs it.
pub struct Told<'a> {
    /// `shared::conversion::Notice::word`.
    pub word: &'a str,
    /// On which side whoever reads it is.
    pub side: Side,
    /// Whether it is of the conversion that holds.
    pub is_live: bool,
    /// What the guest is called, and whoever they became, where that is known.
    pub guest: Option<&'a str>,
    pub name: Option<&'a str>,
}

/// What the log itself has no words for.
pub enum Saying<'a> {
    Notice(Told<'a>),
    /// In the place of words that were erased.
    Erased,
    /// Above what was sent before sign-in without a proof.
    Unproven,
}

/// What people read besides messages: times as they say them, which is the browser's business, and the language's.
pub trait Labels {
    /// `None`: nothing is shown, as where only messages are read.
    fn say(&self, _saying: &Saying) -> Option<String> {
        None
    }
    /// A number that differs between calendar days of the viewer.
    fn day_number(&self, time: Time) -> i64;
    /// "Today", "Yesterday", "Friday 20 November".
    fn day(&self, time: Time, now: Time) -> String;
    /// "14:05".
    fn time(&self, time: Time) -> String;
}

/// A row and the key by which its element is known.
pub type KeyedRow = (String, Row);

impl MessageLog {
    /// Takes in messages, in any order, known or not. **Shape**: returns those that were new.
    pub fn merge(&mut self, messages: impl IntoIterator<Item = Message>) -> Vec<Position> {
        let mut fresh = Vec::new();
        for message in messages {
            // Nearly always the last: look from the end.
            let place = self
                .messages
                .partition_point(|known| known.position < message.position);
            if self
                .messages
                .get(place)
                .is_some_and(|known| known.position == message.position)
            {
                continue;
            }
            fresh.push(message.position);
            self.messages.insert(place, message);
        }
        fresh
    }

    /// Starts again from a page, because too much lies between.
    pub fn reset(&mut self, messages: Vec<Message>) {
        self.messages.clear();
        self.merge(messages);
    }

    /// The first hole, or what is missing at the end.
    pub fn hole(&self, last_position: Position) -> Option<Hole> {
        let whole = self.whole();
        let after = whole
            .last()
            .map_or(Position::NONE, |message| message.position);
        (whole.len() < self.messages.len() || after < last_position).then_some(Hole { after })
    }

    /// Whether the conversation began before the first message here.
    pub fn has_older(&self) -> bool {
        self.first().is_some_and(|first| first > Position(1))
    }

    pub fn first(&self) -> Option<Position> {
        self.messages.first().map(|message| message.position)
    }

    /// The last position that is shown.
    pub fn last(&self) -> Position {
        self.whole()
            .last()
            .map_or(Position::NONE, |message| message.position)
    }

    pub fn message(&self, position: Position) -> Option<&Message> {
        let place = self
            .messages
            .binary_search_by_key(&position, |message| message.position);
        place.ok().map(|place| &self.messages[place])
    }

    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// What is shown: from the first message to the first hole.
    pub fn whole(&self) -> &[Message] {
        let holed = self
            .messages
            .windows(2)
            .position(|pair| pair[1].position > pair[0].position.next());
        &self.messages[..holed.map_or(self.messages.len(), |place| place + 1)]
    }

    /// Messages of the other side after `seen`, as far as they are here.
    pub fn unseen(&self, viewer: &Viewer, seen: Position) -> u32 {
        let others = self
            .whole()
            .iter()
            .rev()
            .take_while(|message| message.position > seen);
        others
            .filter(|message| message.side != viewer.side && message.side != Side::System)
            .count() as u32
    }

    /// The last message of the other side.
    pub fn newest_of_other(&self, viewer: &Viewer) -> Option<&Message> {
        let is_theirs = |message: &&Message| {
            message.kind == MessageKind::Text && whose(message, viewer) == Whose::Other
        };
        self.whole().iter().rev().find(is_theirs)
    }

    /// A message of a colleague that arrived after `since`: what a send would cross.
    pub fn colleague_since(&self, viewer: &Viewer, since: Position) -> Option<&Message> {
        let late = self
            .whole()
            .iter()
            .rev()
            .take_while(|message| message.position > since);
        late.filter(|message| whose(message, viewer) == Whose::Colleague)
            .last()
    }

    /// Everything from top to bottom: stored messages, then what waits in the outbox.
    pub fn rows<'a>(
        &self,
        unsent: impl Iterator<Item = &'a Entry>,
        showing: &Showing,
        labels: &impl Labels,
    ) -> Vec<KeyedRow> {
        let mut rows = RowMaker::new(showing, labels);
        rows.unproven(self.first());
        let mut marker = showing.new_after;
        for message in self.whole() {
            if message.kind == MessageKind::Notice {
                rows.notice(message, self);
                continue;
            }
            rows.day_line(message.sent_at, message.message_id.as_str());
            let is_new = marker.is_some_and(|seen| message.position > seen);
            if is_new && message.side != showing.viewer.side && message.side != Side::System {
                rows.push("new".into(), Row::NewMessages);
                marker = None;
            }
            rows.stored(message, self);
        }
        let is_stored = |entry: &&Entry| !self.holds(entry);
        for entry in unsent.filter(is_stored) {
            rows.day_line(entry.unsent.written_at, entry.unsent.client_id.as_str());
            rows.pending(entry, self);
        }
        rows.rows
    }

    /// Whether an unsent message is stored already, as another tab or the socket may know first.
    fn holds(&self, entry: &Entry) -> bool {
        let is_it =
            |message: &&Message| message.client_id.as_ref() == Some(&entry.unsent.client_id);
        self.whole().iter().rev().find(is_it).is_some()
    }

    /// A message as it is quoted.
    pub fn quote(&self, position: Position, viewer: &Viewer) -> Quote {
        let quoted = self.message(position);
        let name = quoted.filter(|message| whose(message, viewer) != Whose::Own);
        Quote {
            position,
            name: name
                .and_then(|message| message.author.as_ref())
                .map(|author| author.name.clone()),
            text: quoted.map_or(String::new(), |message| {
                one_line(&message.text, QUOTE_CHARACTERS)
            }),
        }
    }
}

/// A text in one line, cut with an ellipsis.
pub fn one_line(text: &str, characters: usize) -> String {
    let mut line = String::new();
    for (count, character) in text.trim().chars().enumerate() {
        if count == characters {
            line.push('…');
            break;
        }
        line.push(if character.is_whitespace() {
            ' '
        } else {
            character
        });
    }
    line
}
