//! Where in a thread somebody is, and keeping it so.
//!
//! The law: it opens at the newest, or at the "new messages" line; what arrives while somebody reads further up never
//! moves what they read. Scrolling starts at the bottom (`column-reverse`), so older messages above and the keyboard of
//! a phone below keep the place without any script; only what is added below needs one. The browsers' own scroll
//! anchoring is off: Chromium 156 shifts such a list twice.

use super::message_list::{Older, is_by, last_key};
use super::rows::{Row, Whose};
use crate::frame::element::{content_height, reveal, scroll_to_newest, scroll_up_by, scrolled};
use crate::reactive::{Effect, Kept, RwSignal, Signal};
use leptos::prelude::*;

/// Nearer to the bottom than this counts as being there. **Units**: CSS pixels.
const AT_THE_BOTTOM: i32 = 48;
/// Nearer to the top than this asks for older messages. **Units**: CSS pixels.
const NEAR_THE_TOP: i32 = 200;
/// What stays visible above the "new messages" line. **Units**: CSS pixels.
const ABOVE_THE_MARKER: i32 = 56;

/// The element that scrolls.
pub(super) type Log = NodeRef<leptos::html::Div>;

/// Somebody scrolled.
pub(super) fn note_place(
    log: Log,
    older: Signal<Older>,
    on_older: Callback<()>,
    at_newest: RwSignal<bool>,
) {
    let Some(log) = log.get_untracked() else {
        return;
    };
    let scrolled = scrolled(&log);
    let is_at_newest = scrolled.from_bottom < AT_THE_BOTTOM;
    if at_newest.get_untracked() != is_at_newest {
        at_newest.set(is_at_newest);
    }
    if scrolled.from_top < NEAR_THE_TOP && older.get_untracked() == Older::Some {
        on_older.run(());
    }
}

/// Opens at the "new messages" line, where there is one and it is not on screen anyhow. Once.
pub(super) fn open_at_marker(
    log: Log,
    rows: Signal<Vec<(String, Row)>>,
    at_newest: RwSignal<bool>,
) {
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(log) = log.get() else { return false };
        let (is_empty, has_marker) = rows.with(|rows| {
            (
                rows.is_empty(),
                rows.iter().any(|(_, row)| *row == Row::NewMessages),
            )
        });
        if has_marker {
            // After the rows of this very change have their elements.
            request_animation_frame(move || {
                if scrolled(&log).from_top > 0 {
                    reveal(&log, ".thread-marker", ABOVE_THE_MARKER);
                    at_newest.set(scrolled(&log).from_bottom < AT_THE_BOTTOM);
                }
            });
        }
        !is_empty
    });
}

/// What somebody sends themselves they want to see, wherever they were reading.
pub(super) fn follow_own(log: Log, rows: Signal<Vec<(String, Row)>>) {
    Effect::new(move |previous: Option<Option<String>>| {
        let (last, is_own) = rows.with(|rows| {
            (
                last_key(rows),
                rows.last().is_some_and(|(_, row)| is_by(row, Whose::Own)),
            )
        });
        let is_new = previous.is_some_and(|previous| previous.is_some() && previous != last);
        if is_new
            && is_own
            && let Some(log) = log.get_untracked()
        {
            scroll_to_newest(&log);
        }
        last
    });
}

/// What is added below moves everything that is measured from the bottom: scroll up by as much.
pub(super) fn hold_place(log: Log, rows: Signal<Vec<(String, Row)>>, at_newest: RwSignal<bool>) {
    let height = Kept::new(0);
    Effect::new(move |previous: Option<(Option<String>, Option<String>)>| {
        let ends = rows.with(|rows| (rows.first().map(|(key, _)| key.clone()), last_key(rows)));
        let is_added_below =
            previous.is_some_and(|previous| previous.0 == ends.0 && previous.1 != ends.1);
        request_animation_frame(move || {
            let Some(log) = log.get_untracked() else {
                return;
            };
            let before = height.get_value();
            height.set_value(content_height(&log));
            if is_added_below && !at_newest.get_untracked() {
                scroll_up_by(&log, content_height(&log) - before);
            }
        });
        ends
    });
}
