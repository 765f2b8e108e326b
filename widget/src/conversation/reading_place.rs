//! Where in a thread somebody is, and keeping it so.
//!
//! The law: it opens at the newest, or at the "new messages" line; what arrives while somebody reads further up never
//! moves what they read. Scrolling starts at the bottom (`column-reverse`), so older messages above and the keyboard of
//! a phone below keep the place without any script; only what is added below needs one. The browsers' own scroll
//! anchoring is off: Chromium 156 shifts such a list twice.

use super::message_list::{Older, is_by, last_key};
use super::rows::{Row, Whose};
use crate::frame::draw::Place;
use crate::frame::element::{
    content_height, focus, reveal, scroll_to_newest, scroll_up_by, scrolled,
};
use crate::frame::page::before_next_frame;
use crate::reactive::{Callable, Callback};
use crate::reactive::{Effect, Kept, RwSignal, Signal};

/// Nearer to the bottom than this counts as being there. **Units**: CSS pixels.
const AT_THE_BOTTOM: i32 = 48;
/// Nearer to the top than this asks for older messages. **Units**: CSS pixels.
const NEAR_THE_TOP: i32 = 200;
/// What stays visible above the "new messages" line. **Units**: CSS pixels.
const ABOVE_THE_MARKER: i32 = 56;

/// What is needed to keep somebody's place.
#[derive(Clone, Copy)]
pub(super) struct ReadingPlace {
    /// The element that scrolls.
    pub log: Place,
    pub rows: Signal<Vec<(String, Row)>>,
    pub older: Signal<Older>,
    pub on_older: Callback<()>,
    pub at_newest: RwSignal<bool>,
}

impl ReadingPlace {
    pub fn keep(self) {
        self.open_at_marker();
        self.follow_own();
        self.hold();
    }

    /// Somebody scrolled.
    pub fn note(self) {
        let Some(log) = self.log.get() else { return };
        let scrolled = scrolled(&log);
        let is_at_newest = scrolled.from_bottom < AT_THE_BOTTOM;
        if self.at_newest.get_untracked() != is_at_newest {
            self.at_newest.set(is_at_newest);
        }
        if scrolled.from_top < NEAR_THE_TOP && self.older.get_untracked() == Older::Some {
            self.on_older.run(());
        }
    }

    pub fn go_to_newest(self) {
        if let Some(log) = self.log.get() {
            scroll_to_newest(&log);
            // The button that led here goes away under the keyboard.
            focus(&log);
        }
    }

    /// The last row that was on screen when somebody scrolled away from it.
    pub fn left_at(self) -> RwSignal<Option<String>> {
        let left_at = RwSignal::new(None);
        Effect::new(move |_: Option<()>| {
            let is_away = !self.at_newest.get();
            left_at.set(if is_away {
                self.rows.with_untracked(|rows| last_key(rows))
            } else {
                None
            });
        });
        left_at
    }

    /// Opens at the "new messages" line, where there is one and it is not on screen anyhow. Once.
    fn open_at_marker(self) {
        Effect::new(move |is_done: Option<bool>| {
            if is_done == Some(true) {
                return true;
            }
            let is_marker = |(_, row): &(String, Row)| *row == Row::NewMessages;
            let (is_empty, has_marker) = self
                .rows
                .with(|rows| (rows.is_empty(), rows.iter().any(is_marker)));
            if has_marker {
                // After the rows of this very change have their elements.
                before_next_frame(move || self.reveal_marker());
            }
            !is_empty
        });
    }

    fn reveal_marker(self) {
        let Some(log) = self.log.get() else { return };
        if scrolled(&log).from_top > 0 {
            reveal(&log, ".thread-marker", ABOVE_THE_MARKER);
            self.at_newest
                .set(scrolled(&log).from_bottom < AT_THE_BOTTOM);
        }
    }

    /// What somebody sends themselves they want to see, wherever they were reading.
    fn follow_own(self) {
        Effect::new(move |previous: Option<Option<String>>| {
            let is_own =
                |rows: &[(String, Row)]| rows.last().is_some_and(|(_, row)| is_by(row, Whose::Own));
            let (last, is_own) = self.rows.with(|rows| (last_key(rows), is_own(rows)));
            let is_new = previous.is_some_and(|previous| previous.is_some() && previous != last);
            if is_new
                && is_own
                && let Some(log) = self.log.get()
            {
                scroll_to_newest(&log);
            }
            last
        });
    }

    /// What is added below moves everything that is measured from the bottom: scroll up by as much.
    fn hold(self) {
        let height = Kept::new(0);
        Effect::new(move |previous: Option<(Option<String>, Option<String>)>| {
            let first_key = |rows: &[(String, Row)]| rows.first().map(|(key, _)| key.clone());
            let ends = self.rows.with(|rows| (first_key(rows), last_key(rows)));
            let is_added_below =
                previous.is_some_and(|previous| previous.0 == ends.0 && previous.1 != ends.1);
            before_next_frame(move || {
                let Some(log) = self.log.get() else { return };
                let before = height.get_value();
                height.set_value(content_height(&log));
                if is_added_below && !self.at_newest.get_untracked() {
                    scroll_up_by(&log, content_height(&log) - before);
                }
            });
            ends
        });
    }
}
