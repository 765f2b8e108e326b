//! A thread as somebody reads it who takes no part: day lines, notices, messages with their names.
//!
//! The law: what is shown is what was stored, in its order; nobody's side is "own", so every message has its author.

use super::summary::message_words;
use crate::conversation::message_log::Labels;
use shared::conversation::{Message, MessageKind, Side};
use shared::identity::Face;
use shared::ids::{Position, Time};

/// Messages of one person belong together within this time. **Units**: milliseconds.
const TOGETHER_MS: i64 = 2 * 60 * 1_000;

/// A quoted message is cut to this. **Units**: characters.
const QUOTE_CHARACTERS: usize = 120;

/// One line of the thread.
#[derive(Clone, PartialEq, Eq)]
pub enum Line {
    /// "Today", "Friday 20 November".
    Day(String),
    /// A line of nobody's.
    Notice(String),
    Spoken(Spoken),
}

/// One message.
#[derive(Clone, PartialEq, Eq)]
pub struct Spoken {
    pub position: Position,
    /// The side it stands on: staff and peers at the end, customers and owners at the start.
    pub is_staff: bool,
    pub author: Option<Face>,
    pub text: String,
    /// "14:05".
    pub time: String,
    pub sent_at: Time,
    /// The first of its author's: shows face and name.
    pub opens: bool,
    /// The last of its author's: shows the time.
    pub closes: bool,
    pub quote: Option<Quoted>,
}

/// The message that one answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Quoted {
    pub name: String,
    /// Cut to one line. Empty while the quoted message is not on this screen.
    pub text: String,
}

/// Lines and the key by which each is known.
pub fn thread_lines(messages: &[Message], now: Time, labels: &impl Labels) -> Vec<(String, Line)> {
    let mut lines = Vec::new();
    for (place, message) in messages.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| messages.get(place));
        let after = messages.get(place + 1);
        let day = labels.day_number(message.sent_at);
        if before.is_none_or(|before| labels.day_number(before.sent_at) != day) {
            lines.push((
                format!("day {day}"),
                Line::Day(labels.day(message.sent_at, now)),
            ));
        }
        let joins = |near: Option<&Message>| {
            near.is_some_and(|near| {
                belong_together(near, message) && labels.day_number(near.sent_at) == day
            })
        };
        let line = match message.kind {
            MessageKind::Notice => Line::Notice(message_words(message).into()),
            MessageKind::Text => Line::Spoken(Spoken {
                position: message.position,
                is_staff: message.side == Side::Staff,
                author: message.author.clone(),
                text: message_words(message).into(),
                time: labels.time(message.sent_at),
                sent_at: message.sent_at,
                opens: !joins(before),
                closes: !joins(after),
                quote: message.reply_to.map(|position| quoted(messages, position)),
            }),
        };
        // With its neighbourhood: a message whose looks changed is drawn again, and one whose words were erased.
        let (before, after) = (joins(before), joins(after));
        let is_erased = message.text.is_empty();
        let looks = format!("{} {before}{after}{is_erased}", message.message_id);
        lines.push((looks, line));
    }
    lines
}

/// Earlier messages and later ones, where nothing is missing between them; otherwise only the later ones.
pub fn joined(earlier: &[Message], later: &[Message]) -> Vec<Message> {
    let is_whole = match (earlier.last(), later.first()) {
        (Some(last), Some(first)) => last.position.next() == first.position,
        _ => true,
    };
    let earlier = if is_whole { earlier } else { &[] };
    [earlier, later].concat()
}

/// The earlier messages, after still earlier ones came. Those that no longer reach up to the newest are let go.
pub fn grown(came: &[Message], known: &[Message], newest: &[Message]) -> Vec<Message> {
    let is_shown = joined(known, newest).len() > newest.len();
    joined(came, if is_shown { known } else { &[] })
}

fn belong_together(one: &Message, other: &Message) -> bool {
    let id = |message: &Message| {
        message
            .author
            .as_ref()
            .map(|author| author.person_id.clone())
    };
    let are_texts = one.kind == MessageKind::Text && other.kind == MessageKind::Text;
    are_texts && id(one) == id(other) && (one.sent_at.0 - other.sent_at.0).abs() <= TOGETHER_MS
}

fn quoted(messages: &[Message], position: Position) -> Quoted {
    let found = messages.iter().find(|message| message.position == position);
    let first_line = |text: &str| {
        let line = text.lines().next().unwrap_or_default();
        line.chars().take(QUOTE_CHARACTERS).collect()
    };
    Quoted {
        name: found
            .and_then(|message| message.author.as_ref())
            .map(|author| author.name.clone())
            .unwrap_or_default(),
        text: found
            .map(|message| first_line(message_words(message)))
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, MINA, NOON_ISH, message, messages};

    struct Plain;

    impl Labels for Plain {
        fn day_number(&self, time: Time) -> i64 {
            time.0.div_euclid(86_400_000)
        }

        fn day(&self, time: Time, now: Time) -> String {
            format!("{} days ago", self.day_number(now) - self.day_number(time))
        }

        fn time(&self, time: Time) -> String {
            format!("+{}", (time.0 - NOON_ISH.0) / 60_000)
        }
    }

    fn written(messages: &[Message]) -> Vec<String> {
        let lines = thread_lines(messages, NOON_ISH, &Plain);
        let write = |(_, line)| match line {
            Line::Day(day) => format!("-- {day}"),
            Line::Notice(text) => format!("* {text}"),
            Line::Spoken(spoken) => {
                let name = spoken
                    .author
                    .filter(|_| spoken.opens)
                    .map_or_else(String::new, |author| author.name);
                let side = if spoken.is_staff { ">" } else { "<" };
                let time = if spoken.closes {
                    spoken.time
                } else {
                    String::new()
                };
                let quote = spoken.quote.map_or_else(String::new, |quote| {
                    format!("[{}: {}] ", quote.name, quote.text)
                });
                format!("{side} {name}| {quote}{} |{time}", spoken.text)
            }
        };
        lines.into_iter().map(write).collect()
    }

    #[test]
    fn everybody_has_their_name_and_those_who_go_on_have_it_once() {
        assert_eq!(
            written(&messages()),
            [
                "-- 0 days ago",
                "< Cora Lindqvist| Hello, is the blue lamp back in stock? |+0",
                "> Mina Okafor| Hello Cora! It is, since this morning. |",
                "> | Shall I put one aside for you? |+2",
                "< Cora Lindqvist| Yes please. Thank you! |+5",
            ]
        );
    }

    #[test]
    fn what_is_missing_between_two_pages_is_never_hidden() {
        let all = messages();
        let positions = |messages: Vec<Message>| {
            let positions = messages.iter().map(|message| message.position.0);
            positions.collect::<Vec<_>>()
        };
        assert_eq!(positions(joined(&all[..2], &all[2..])), [1, 2, 3, 4]);
        assert_eq!(positions(joined(&all[..1], &all[2..])), [3, 4]);
        assert_eq!(positions(joined(&[], &all)), [1, 2, 3, 4]);
        assert_eq!(positions(joined(&all[..1], &[])), [1]);
        // The newest page moved on meanwhile: what is known is let go, or nothing earlier would ever be shown again.
        assert_eq!(positions(grown(&all[..1], &all[1..2], &all[2..])), [1, 2]);
        assert_eq!(positions(grown(&all[1..3], &all[..1], &all[3..])), [2, 3]);
    }

    #[test]
    fn what_was_erased_is_drawn_again() {
        let keys = |messages: &[Message]| {
            let lines = thread_lines(messages, NOON_ISH, &Plain);
            lines.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
        };
        let mut all = messages();
        let before = keys(&all);
        assert_eq!(before, keys(&all), "what is the same stays where it is");
        all[1].text.clear();
        let after = keys(&all);
        let redrawn = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one != other);
        assert_eq!(redrawn.count(), 1);
    }

    #[test]
    fn a_notice_a_quote_and_a_day_stand_where_they_belong() {
        let notice = Message {
            kind: MessageKind::Notice,
            side: Side::System,
            author: None,
            ..message(2, &MINA, Side::System, "Teo joined", 1)
        };
        let answer = Message {
            reply_to: Some(Position(1)),
            ..message(3, &MINA, Side::Staff, "<b>Yes</b>", 1_440)
        };
        let lost = Message {
            reply_to: Some(Position(99)),
            ..message(4, &MINA, Side::Staff, "And this?", 1_441)
        };
        let asked = message(1, &CORA, Side::Customer, "Are you there?\nHello?", 0);
        assert_eq!(
            written(&[asked, notice, answer, lost]),
            [
                "-- 0 days ago",
                "< Cora Lindqvist| Are you there?\nHello? |+0",
                "* Teo joined",
                "-- -1 days ago",
                "> Mina Okafor| [Cora Lindqvist: Are you there?] <b>Yes</b> |",
                "> | [: ] And this? |+1441",
            ]
        );
    }
}
