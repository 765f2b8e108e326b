//! The messages of one conversation, as far as this frame has them.
//!
//! The law: the order is the position; a message is shown once, however often and in whatever order it arrives; what
//! lies behind a hole is not shown before the hole is filled.

use super::outbox::{Entry, Standing};
use shared::conversation::{Message, MessageKind, Side};
use shared::ids::{PersonId, Position, Time};

use super::rows::{Bubble, Place, Quote, Row, Tick, Whose};

/// Bubbles of one person belong together within this time. **Units**: milliseconds.
const TOGETHER_MS: i64 = 2 * 60 * 1_000;

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
}

/// Times as people say them: the browser's business.
pub trait Labels {
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
        let mut rows = RowMaker {
            rows: Vec::new(),
            day: None,
            previous: None,
            showing,
            labels,
        };
        let mut marker = showing.new_after;
        for message in self.whole() {
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

/// Where a message stands for this viewer.
pub fn whose(message: &Message, viewer: &Viewer) -> Whose {
    if message.side != viewer.side {
        return Whose::Other;
    }
    let author = message.author.as_ref().map(|author| &author.person_id);
    // The customer's side is one person, also when the guest of then is the user of now: authors are never rewritten.
    if viewer.side == Side::Customer || author == viewer.person_id.as_ref() {
        Whose::Own
    } else {
        Whose::Colleague
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

/// Rows in the making.
struct RowMaker<'a, L> {
    rows: Vec<KeyedRow>,
    day: Option<i64>,
    /// Of the bubble above, unless something stands between: who, and when.
    previous: Option<(Whose, Option<PersonId>, Time)>,
    showing: &'a Showing<'a>,
    labels: &'a L,
}

impl<L: Labels> RowMaker<'_, L> {
    fn push(&mut self, key: String, row: Row) {
        self.previous = None;
        self.rows.push((key, row));
    }

    /// A line between two days, named for the message below it: clocks differ, so a day may come twice.
    fn day_line(&mut self, time: Time, below: &str) {
        let day = self.labels.day_number(time);
        if self.day == Some(day) {
            return;
        }
        self.day = Some(day);
        let mut key = String::from("day ");
        key.push_str(below);
        self.push(key, Row::Day(self.labels.day(time, self.showing.now)));
    }

    fn stored(&mut self, message: &Message, log: &MessageLog) {
        let id = message
            .client_id
            .as_ref()
            .map_or(message.message_id.as_str(), |client_id| client_id.as_str());
        if message.kind == MessageKind::Notice {
            return self.push(id.into(), Row::Notice(message.text.clone()));
        }
        let whose = whose(message, self.showing.viewer);
        let tick = match whose {
            Whose::Own if message.position <= self.showing.other_seen => Tick::Seen,
            Whose::Own => Tick::Sent,
            _ => Tick::None,
        };
        let bubble = Bubble {
            whose,
            author: (whose != Whose::Own)
                .then(|| message.author.clone())
                .flatten(),
            text: message.text.clone(),
            time: self.labels.time(message.sent_at),
            tick,
            place: Place::Alone,
            position: Some(message.position),
            quote: message
                .reply_to
                .map(|position| log.quote(position, self.showing.viewer)),
        };
        self.bubble(id, bubble, message.sent_at);
    }

    fn pending(&mut self, entry: &Entry, log: &MessageLog) {
        let unsent = &entry.unsent;
        let bubble = Bubble {
            whose: Whose::Own,
            author: None,
            text: unsent.text.clone(),
            time: self.labels.time(unsent.written_at),
            tick: match entry.standing {
                Standing::Refused(code) => Tick::Failed(code),
                _ => Tick::Pending,
            },
            place: Place::Alone,
            position: None,
            quote: unsent
                .reply_to
                .map(|position| log.quote(position, self.showing.viewer)),
        };
        self.bubble(unsent.client_id.as_str(), bubble, unsent.written_at);
    }

    /// Adds a bubble, to the group above it where that is the same person's within two minutes.
    fn bubble(&mut self, id: &str, mut bubble: Bubble, time: Time) {
        let author = bubble
            .author
            .as_ref()
            .map(|author| author.person_id.clone());
        let belongs = self.previous.as_ref().is_some_and(|(whose, before, at)| {
            *whose == bubble.whose && *before == author && time.0 - at.0 <= TOGETHER_MS
        });
        if let (true, Some((_, Row::Bubble(above)))) = (belongs, self.rows.last_mut()) {
            above.place = if above.place == Place::Alone {
                Place::First
            } else {
                Place::Middle
            };
            bubble.place = Place::Last;
        }
        self.previous = Some((bubble.whose, author, time));
        self.rows.push((id.into(), Row::Bubble(bubble)));
    }
}
