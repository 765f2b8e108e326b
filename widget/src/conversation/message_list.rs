//! The thread from top to bottom.
//!
//! The law: a row keeps its element for as long as it is there; what came while somebody reads further up is counted on
//! the button that leads down. `reading_place.rs` keeps their place.

use super::bubble::{BubbleActions, BubbleView, ReplyEntry, Standing};
use super::reading_place::{Log, follow_own, hold_place, note_place, open_at_marker};
use super::rows::{Row, Whose};
use crate::frame::element::{Step, focus, is_from, move_focus, scroll_to_newest};
use crate::i18n::{Text, say, say_count};
use crate::ui::{Icon, icon};
use leptos::ev::KeyboardEvent;
use crate::reactive::{Effect, Memo, RwSignal, Signal, keyed_list};
use leptos::prelude::*;

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

#[component]
pub fn MessageList(
    /// From top to bottom, each with a key of its own.
    #[prop(into)]
    rows: Signal<Vec<(String, Row)>>,
    #[prop(into, optional)] older: Signal<Older>,
    /// Somebody came near the top and there is more above.
    on_older: Callback<()>,
    /// Whether the newest message is on screen: written here, read by whoever marks messages as seen.
    at_newest: RwSignal<bool>,
    actions: BubbleActions,
    /// Shown instead of messages while there are none.
    #[prop(optional, into)]
    welcome: ViewFn,
) -> impl IntoView {
    let log = Log::new();
    // The last row that was on screen when somebody scrolled away from it.
    let left_at = RwSignal::new(None::<String>);
    let place = move || note_place(log, older, on_older, at_newest);
    Effect::new(move |_| {
        left_at.set(if at_newest.get() {
            None
        } else {
            rows.with_untracked(|rows| last_key(rows))
        })
    });
    open_at_marker(log, rows, at_newest);
    follow_own(log, rows);
    hold_place(log, rows, at_newest);
    let below = Memo::new(move |_| {
        left_at.with(|left_at| {
            left_at
                .as_ref()
                .map_or(0, |key| rows.with(|rows| others_after(rows, key)))
        })
    });
    let newest = Memo::new(move |_| rows.with(|rows| newest_to_answer(rows)));
    let entry = ReplyEntry {
        at: RwSignal::new(None),
        newest: newest.into(),
    };
    let down = move || {
        if let Some(log) = log.get_untracked() {
            scroll_to_newest(&log);
            // The button goes away under the keyboard.
            focus(&log);
        }
    };
    view! {
        <div class="thread">
            <div
                class="thread-log"
                role="log"
                aria-label=say(Text::Conversation)
                aria-relevant="additions"
                aria-busy=move || (older.get() == Older::Loading).then_some("true")
                tabindex="0"
                node_ref=log
                on:scroll=move |_| place()
                on:keydown=|event| steer(&event)
            >
                <div class="thread-column">
                    <Show when=move || older.get() == Older::Loading>
                        <p class="thread-notice">{say(Text::LoadingOlder)}</p>
                    </Show>
                    <Show when=move || rows.with(Vec::is_empty)>{welcome.run()}</Show>
                    {keyed_list(rows, move |key, row| row_view(key, row, actions, entry))}
                </div>
            </div>
            <Show when=move || !at_newest.get()>
                <button type="button" class="thread-down" aria-label=move || down_name(below.get()) on:click=move |_| down()>
                    {icon(Icon::Down)}
                    {move || (below.get() > 0).then(|| say_count(Text::NewBelow, below.get()))}
                </button>
            </Show>
        </div>
    }
}

/// From one *Reply* to the next; elsewhere in the log the arrows scroll, as they always do.
fn steer(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        _ => return,
    };
    if is_from(event, REPLY) {
        move_focus(event, REPLY, step);
    }
}

const REPLY: &str = ".bubble-reply";

fn row_view(
    key: String,
    row: Signal<Row>,
    actions: BubbleActions,
    entry: ReplyEntry,
) -> AnyView {
    match row.get_untracked() {
        // "Today" is "Yesterday" after midnight.
        Row::Day(_) => view! { <p class="thread-day">{move || row.with(words)}</p> }.into_any(),
        Row::NewMessages => {
            view! { <p class="thread-marker">{say(Text::NewMessages)}</p> }.into_any()
        }
        Row::Notice(text) => view! { <p class="thread-notice" dir="auto">{text}</p> }.into_any(),
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
            view! { <BubbleView key first standing actions entry /> }.into_any()
        }
    }
}

fn words(row: &Row) -> String {
    match row {
        Row::Day(text) | Row::Notice(text) => text.clone(),
        Row::NewMessages | Row::Bubble(_) => String::new(),
    }
}

fn down_name(below: u32) -> String {
    if below > 0 {
        format!(
            "{}: {}",
            say(Text::JumpToNewest),
            say_count(Text::NewBelow, below)
        )
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
    use super::super::rows::{Bubble, Place, Tick};
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
            ("n".into(), Row::Notice("Teo joined".into())),
            by(Whose::Colleague, "7"),
        ]);
        rows.splice(0..0, [by(Whose::Other, "1"), by(Whose::Other, "2")]);
        assert_eq!(others_after(&rows, "4"), 2);
    }
}
