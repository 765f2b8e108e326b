//! How a thread's rows are made of its messages: day lines, notices, bubbles.
//!
//! The law: a row's key stays the same from pending to seen, so that its element stays too. What only users and staff
//! can meet is not in what a guest downloads (D10).

use super::message_log::{KeyedRow, Labels, MessageLog, Saying, Showing, Told, Viewer};
use super::outbox::{Entry, Standing};
use super::rows::{Bubble, Line, Mark, Offer, Place, Row, Tick, Whose};
use shared::conversation::{Message, Side};
use shared::conversion::{Converted, Proof};
use shared::ids::{PersonId, Position, Time};

/// Bubbles of one person belong together within this time. **Units**: milliseconds.
const TOGETHER_MS: i64 = 2 * 60 * 1_000;

/// Whether this program is one of users and staff. A guest meets no conversion that holds, and nothing that was erased.
const HAS_USERS: bool = cfg!(feature = "users");

/// Where a message stands for this viewer.
pub fn whose(message: &Message, viewer: &Viewer) -> Whose {
    if message.side != viewer.side {
        return Whose::Other;
    }
    let author = message.author.as_ref().map(|author| &author.person_id);
    // The customer's side is one person, also when the guest of then is the user of now: authors are never rewritten.
    if !HAS_USERS || viewer.side == Side::Customer || author == viewer.person_id.as_ref() {
        Whose::Own
    } else {
        Whose::Colleague
    }
}

/// Rows in the making.
pub struct RowMaker<'a, L> {
    pub rows: Vec<KeyedRow>,
    day: Option<i64>,
    /// Of the bubble above, unless something stands between: who, and when.
    previous: Option<(Whose, Option<PersonId>, Time)>,
    showing: &'a Showing<'a>,
    labels: &'a L,
}

impl<'a, L: Labels> RowMaker<'a, L> {
    pub fn new(showing: &'a Showing<'a>, labels: &'a L) -> Self {
        Self {
            rows: Vec::new(),
            day: None,
            previous: None,
            showing,
            labels,
        }
    }

    /// Above the guest's part, as far as it is here, where nobody proved that it is the user's (C4).
    pub fn unproven(&mut self, first: Option<Position>) {
        let is_there = first.is_some_and(|first| self.is_unproven(first));
        if is_there && self.showing.viewer.side == Side::Customer {
            let words = self.labels.say(&Saying::Unproven).unwrap_or_default();
            self.push("unproven".into(), Row::Notice(Line::plain(words)));
        }
    }

    /// Something happened to the conversation.
    pub fn notice(&mut self, message: &Message, log: &MessageLog) {
        let is_live = self
            .converted()
            .is_some_and(|converted| converted.cut.next() == message.position);
        let [guest, name] = self.names(message, log, is_live);
        let told = Told {
            word: &message.text,
            side: self.showing.viewer.side,
            is_live,
            guest,
            name,
        };
        if let Some(text) = self.labels.say(&Saying::Notice(told)) {
            let offer = self.offer(is_live);
            self.day_line(message.sent_at, message.message_id.as_str());
            self.push(
                message.message_id.as_str().into(),
                Row::Notice(Line { text, offer }),
            );
        }
    }

    fn converted(&self) -> Option<&'a Converted> {
        self.showing.head?.converted.as_ref()
    }

    /// What whoever reads it may do about the conversion that holds. Guests may nothing.
    fn offer(&self, is_live: bool) -> Option<Offer> {
        let converted = self
            .converted()
            .filter(|converted| HAS_USERS && is_live && converted.may_undo)?;
        match (self.showing.viewer.side, converted.proof) {
            (Side::Staff, _) => Some(Offer::Undo),
            // Otherwise it stands in the menu: nobody doubts what was proven.
            (_, Proof::AddressOnly) => Some(Offer::NotMe),
            _ => None,
        }
    }

    /// The guest, as the last message before it calls them, and the customer since. Only staff read names.
    fn names(&self, notice: &Message, log: &'a MessageLog, is_live: bool) -> [Option<&'a str>; 2] {
        if !HAS_USERS || self.showing.viewer.side != Side::Staff {
            return [None, None];
        }
        let is_customers = |message: &&Message| message.side == Side::Customer;
        let (before, after) = log.whole().split_at(
            log.whole()
                .partition_point(|known| known.position < notice.position),
        );
        let present = self.showing.head.and_then(|head| head.customer.as_ref());
        let present = present.filter(|_| is_live).map(|customer| &customer.face);
        let since = present.or_else(|| after.iter().find(is_customers)?.author.as_ref());
        let guest = before.iter().rfind(is_customers);
        let guest = guest.and_then(|message| message.author.as_ref());
        [guest, since].map(|face| face.map(|face| face.name.as_str()))
    }

    fn is_unproven(&self, position: Position) -> bool {
        HAS_USERS
            && self.converted().is_some_and(|converted| {
                converted.proof == Proof::AddressOnly && position <= converted.cut
            })
    }

    fn mark(&self, message: &Message) -> Mark {
        match message.side {
            _ if HAS_USERS && message.text.is_empty() => Mark::Erased,
            Side::Customer if self.is_unproven(message.position) => Mark::Unproven,
            _ => Mark::None,
        }
    }

    pub fn push(&mut self, key: String, row: Row) {
        self.previous = None;
        self.rows.push((key, row));
    }

    /// A line between two days, named for the message below it: clocks differ, so a day may come twice.
    pub fn day_line(&mut self, time: Time, below: &str) {
        let day = self.labels.day_number(time);
        if self.day == Some(day) {
            return;
        }
        self.day = Some(day);
        let mut key = String::from("day ");
        key.push_str(below);
        self.push(key, Row::Day(self.labels.day(time, self.showing.now)));
    }

    pub fn stored(&mut self, message: &Message, log: &MessageLog) {
        let id = message
            .client_id
            .as_ref()
            .map_or(message.message_id.as_str(), |client_id| client_id.as_str());
        let mark = self.mark(message);
        let (id, text) = match mark {
            // Another row: the words of the former must leave the screen.
            Mark::Erased => {
                let words = self.labels.say(&Saying::Erased);
                ([id, " erased"].concat(), words.unwrap_or_default())
            }
            _ => (id.to_owned(), message.text.clone()),
        };
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
            text,
            time: self.labels.time(message.sent_at),
            tick,
            place: Place::Alone,
            position: Some(message.position),
            quote: message
                .reply_to
                .map(|position| log.quote(position, self.showing.viewer)),
            mark,
        };
        self.bubble(&id, bubble, message.sent_at);
    }

    pub fn pending(&mut self, entry: &Entry, log: &MessageLog) {
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
            mark: Mark::None,
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
