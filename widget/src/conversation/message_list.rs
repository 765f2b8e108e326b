//! The thread from top to bottom.
//!
//! The law: a row keeps its element for as long as it is there; what came while somebody reads further up is counted on
//! the button that leads down. `reading_place.rs` keeps their place.

use super::bubble::{BubbleActions, BubbleView, ReplyEntry, Standing};
use super::reading_place::ReadingPlace;
use super::rows::{Line, Offer, Row, Whose};
use crate::frame::draw::{Drawn, Event, Place, draw};
use crate::frame::element::{Step, is_from, key, move_focus};
use crate::i18n::{Text, UserText, say, say_count};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Memo, RwSignal, Signal, with_list};
use crate::ui::{Icon, icon};

/// Whether there is more above.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Older {
    /// The first message is here.
    #[default]
    None,
    /// There are some; ask by scrolling up.
    Some,
    /// They are on their way.
    Loading,
}

/// A thread's messages.
#[derive(Clone, Copy)]
pub struct MessageList {
    /// From top to bottom, each with a key of its own.
    pub rows: Signal<Vec<(String, Row)>>,
    pub older: Signal<Older>,
    /// Somebody came near the top and there is more above.
    pub on_older: Callback<()>,
    /// Whether the newest message is on screen: written here, read by whoever marks messages as seen.
    pub at_newest: RwSignal<bool>,
    pub actions: BubbleActions,
    /// Shown instead of messages while there are none.
    pub welcome: fn() -> Option<Drawn>,
}

impl MessageList {
    pub fn draw(self) -> Drawn {
        let Self {
            rows,
            older,
            on_older,
            at_newest,
            ..
        } = self;
        let place = ReadingPlace {
            log: Place::new(),
            rows,
            older,
            on_older,
            at_newest,
        };
        let log = self.log(place);
        place.keep();
        let left_at = place.left_at();
        let below = Memo::new(move |_| {
            left_at.with(|key| {
                key.as_ref()
                    .map_or(0, |key| rows.with(|rows| others_after(rows, key)))
            })
        });
        draw("div")
            .class("thread")
            .child(log)
            .show(move || (!at_newest.get()).then(|| way_down(below, place)))
    }

    fn log(self, place: ReadingPlace) -> Drawn {
        let Self {
            rows,
            older,
            actions,
            welcome,
            ..
        } = self;
        let is_fetching = move || older.get() == Older::Loading;
        let log = draw("div")
            .class("thread-log")
            .set("role", "log")
            .set("aria-label", say(Text::Conversation));
        let log = log
            .set("aria-relevant", "additions")
            .set("tabindex", "0")
            .lend(place.log);
        let log = log.set_with("aria-busy", move || is_fetching().then_some("true"));
        let log = log
            .on("scroll", move |_| place.note())
            .on("keydown", |event| steer(&event));
        let newest = Memo::new(move |_| rows.with(|rows| newest_to_answer(rows)));
        let entry = ReplyEntry {
            at: RwSignal::new(None),
            newest: newest.into(),
        };
        let is_empty = Memo::new(move |_| rows.with(Vec::is_empty));
        let column = draw("div").class("thread-column");
        let column = column
            .show(move || is_fetching().then(|| line("thread-notice", say(Text::LoadingOlder))));
        let column = column.show(move || is_empty.get().then(welcome).flatten());
        log.child(with_list(column, rows, move |key, row| {
            row_view(key, row, actions, entry)
        }))
    }
}

/// The round button that leads to the newest, and says how many came meanwhile.
fn way_down(below: Memo<u32>, place: ReadingPlace) -> Drawn {
    let down = draw("button")
        .class("thread-down")
        .set("type", "button")
        .child(icon(Icon::Down));
    let down = down.set_with("aria-label", move || Some(down_name(below.get())));
    let words = move || {
        if below.get() > 0 {
            say_count(Text::NewBelow, below.get())
        } else {
            String::new()
        }
    };
    down.text_with(words)
        .on("click", move |_| place.go_to_newest())
}

/// From one *Reply* to the next, and from one *More* to the next; elsewhere in the log the arrows scroll, as they always do.
fn steer(event: &Event) {
    let step = match key(event).as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        _ => return,
    };
    for buttons in [".bubble-reply", ".bubble-more"] {
        if is_from(event, buttons) {
            move_focus(event, buttons, step);
        }
    }
}

fn row_view(key: String, row: Signal<Row>, actions: BubbleActions, entry: ReplyEntry) -> Drawn {
    match row.get_untracked() {
        // "Today" is "Yesterday" after midnight.
        Row::Day(_) => draw("p")
            .class("thread-day")
            .text_with(move || row.with(words)),
        Row::NewMessages => line("thread-marker", say(Text::NewMessages)),
        Row::Notice(first) => notice(first, row, actions.on_offer),
        Row::Bubble(first) => {
            let before = Standing::from(&first);
            let standing = Memo::new(move |_| {
                row.with(|row| {
                    if let Row::Bubble(bubble) = row {
                        bubble.into()
                    } else {
                        before.clone()
                    }
                })
            });
            BubbleView {
                key,
                first,
                standing: standing.into(),
                actions,
                entry,
            }
            .draw()
        }
    }
}

/// What happened, and beside it what can be done about it. Its words may come later, with older messages.
fn notice(first: Line, row: Signal<Row>, on_offer: Option<Callback<Offer>>) -> Drawn {
    // The sentence runs as the interface does; the names in it are parted from it.
    let view = line("thread-notice", "");
    if !cfg!(feature = "users") {
        return view.text(&first.text);
    }
    let now = Memo::new(move |_| {
        row.with(|row| match row {
            Row::Notice(line) => line.clone(),
            _ => first.clone(),
        })
    });
    let view = view.text_with(move || now.with(|line| line.text.clone()));
    let offer = Memo::new(move |_| now.with(|line| line.offer));
    view.show(move || {
        let (offer, act) = (offer.get()?, on_offer?);
        let words = match offer {
            Offer::NotMe => UserText::NotMe,
            Offer::Undo => UserText::Undo,
        };
        let button = draw("button").class("thread-offer").set("type", "button");
        Some(button.text(say(words)).on("click", move |_| act.run(offer)))
    })
}

fn line(class: &str, words: &str) -> Drawn {
    draw("p").class(class).text(words)
}

fn words(row: &Row) -> String {
    match row {
        Row::Day(text) => text.clone(),
        Row::Notice(_) | Row::NewMessages | Row::Bubble(_) => String::new(),
    }
}

fn down_name(below: u32) -> String {
    if below > 0 {
        let counted = say_count(Text::NewBelow, below);
        [say(Text::JumpToNewest), ": ", &counted].concat()
    } else {
        say(Text::JumpToNewest).into()
    }
}

pub(super) fn last_key(rows: &[(String, Row)]) -> Option<String> {
    rows.last().map(|(key, _)| key.clone())
}

/// The last row that is stored.
fn newest_to_answer(rows: &[(String, Row)]) -> Option<String> {
    let is_stored = |row: &Row| matches!(row, Row::Bubble(bubble) if bubble.position.is_some());
    let newest = rows.iter().rfind(|(_, row)| is_stored(row));
    newest.map(|(key, _)| key.clone())
}

pub(super) fn is_by(row: &Row, whose: Whose) -> bool {
    matches!(row, Row::Bubble(bubble) if bubble.whose == whose)
}

/// How many messages of others came after the row with this key. Counted from the key, not from a total, because older
/// messages may arrive above meanwhile.
fn others_after(rows: &[(String, Row)], key: &str) -> u32 {
    let newer = rows.iter().rev().take_while(|(known, _)| known != key);
    u32::try_from(
        newer
            .filter(|(_, row)| is_by(row, Whose::Other) || is_by(row, Whose::Colleague))
            .count(),
    )
    .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::rows::{Bubble, Mark, Place, Tick};
    use super::*;

    fn by(whose: Whose, key: &str) -> (String, Row) {
        let bubble = Bubble {
            whose,
            author: None,
            text: "Hello".into(),
            time: "14:05".into(),
            tick: Tick::None,
            place: Place::Alone,
            position: None,
            quote: None,
            mark: Mark::None,
        };
        (key.into(), Row::Bubble(bubble))
    }

    #[test]
    fn what_came_below_is_counted_and_what_came_above_is_not() {
        let mut rows = vec![by(Whose::Other, "3"), by(Whose::Own, "4")];
        assert_eq!(others_after(&rows, "4"), 0);
        rows.extend([
            by(Whose::Other, "5"),
            by(Whose::Own, "6"),
            ("n".into(), Row::Notice(Line::plain("Teo joined"))),
            by(Whose::Colleague, "7"),
        ]);
        rows.splice(0..0, [by(Whose::Other, "1"), by(Whose::Other, "2")]);
        assert_eq!(others_after(&rows, "4"), 2);
    }
}
