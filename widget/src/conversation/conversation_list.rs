//! Conversations as rows: *Customer Support* and *Chats* show the same list.
//!
//! The law: a row is one button whose name starts with whom it is with; arrow keys move, Enter opens; unread is a number
//! and weight, never colour alone.

use super::list_row::ListRow;
use super::thread_header::proof_words;
use crate::frame::draw::{Drawn, Event, draw};
use crate::frame::element::{Step, key, move_focus};
use crate::i18n::{Text, UserText, say, say_with};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Memo, RwSignal, Signal, with_list};
use crate::ui::{FaceSize, Weight, button, face_view, team_view, with_badge};
use shared::ids::ConversationId;

/// A list of conversations.
#[derive(Clone, Copy)]
pub struct ConversationList {
    /// Newest activity first.
    pub rows: Signal<Vec<ListRow>>,
    /// What the list is called.
    pub label: &'static str,
    /// The conversation that is open beside the list.
    pub open: Signal<Option<ConversationId>>,
    pub on_open: Callback<ConversationId>,
    /// Whether there is another page.
    pub has_more: Signal<bool>,
    pub on_more: Callback<()>,
}

impl ConversationList {
    pub fn draw(self) -> Drawn {
        let (rows, open, on_open) = (self.rows, self.open, self.on_open);
        // The one row that Tab leads to; the others are reached by arrow keys.
        let current = RwSignal::new(None::<ConversationId>);
        let entry = Memo::new(move |_| {
            rows.with(|rows| entry_row(rows, current.with(Clone::clone).as_ref()))
        });
        let keyed = |row: &ListRow| (row.conversation_id.as_str().to_owned(), row.clone());
        let items =
            Signal::derive(move || rows.with(|rows| rows.iter().map(keyed).collect::<Vec<_>>()));
        let list = draw("ul")
            .class("rows")
            .set("aria-label", self.label)
            .on("keydown", |event| steer(&event));
        let list = with_list(list, items, move |_, row| {
            Row {
                row,
                entry,
                current,
                open,
                on_open,
            }
            .draw()
        });
        let (has_more, on_more) = (self.has_more, self.on_more);
        draw("div").child(list).show(move || {
            let more = || button(say(UserText::ShowMore), Weight::Quiet, on_more);
            has_more
                .get()
                .then(|| draw("div").class("rows-more").child(more()))
        })
    }
}

/// The row somebody was on, or the first.
fn entry_row(rows: &[ListRow], current: Option<&ConversationId>) -> Option<ConversationId> {
    let current = rows
        .iter()
        .find(|row| Some(&row.conversation_id) == current);
    current
        .or(rows.first())
        .map(|row| row.conversation_id.clone())
}

fn steer(event: &Event) {
    let step = match key(event).as_str() {
        "ArrowDown" => Step::Next,
        "ArrowUp" => Step::Previous,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return,
    };
    move_focus(event, ".row", step);
}

/// One row.
struct Row {
    row: Signal<ListRow>,
    entry: Memo<Option<ConversationId>>,
    current: RwSignal<Option<ConversationId>>,
    open: Signal<Option<ConversationId>>,
    on_open: Callback<ConversationId>,
}

impl Row {
    fn draw(self) -> Drawn {
        let Self {
            row,
            entry,
            current,
            open,
            on_open,
        } = self;
        let id = row.with_untracked(|row| row.conversation_id.clone());
        let (here, there, focused) = (id.clone(), id.clone(), id.clone());
        let is_entry = move || entry.with(|entry| entry.as_ref() == Some(&here));
        let button = draw("button").class("row").set("type", "button");
        let button = button.class_while("is-unread", move || row.with(|row| row.unread != 0));
        let button = button.set_with("tabindex", move || {
            Some(if is_entry() { "0" } else { "-1" })
        });
        let button = button.set_with("aria-current", move || {
            open.with(|open| (open.as_ref() == Some(&there)).then_some("true"))
        });
        let button = button.on("focus", move |_| current.set(Some(focused.clone())));
        let button = button.on("click", move |_| on_open.run(id.clone()));
        draw("li").child(
            with_leading_face(button, row)
                .child(top_line(row))
                .child(bottom_line(row)),
        )
    }
}

fn with_leading_face(button: Drawn, row: Signal<ListRow>) -> Drawn {
    let shown = Memo::new(move |_| {
        row.with(|row| {
            let team = row.face.is_none().then(|| row.name.clone());
            (row.face.clone(), row.proof, team)
        })
    });
    button.show(move || {
        shown.with(|(face, proof, team)| match face {
            Some(face) => Some(face_view(face, FaceSize::Usual, *proof)),
            None => team.as_deref().map(team_view),
        })
    })
}

/// Whom it is with, what the mark at the face means for those who listen, and when.
fn top_line(row: Signal<ListRow>) -> Drawn {
    let name = draw("bdi")
        .class("row-name")
        .text_with(move || row.with(|row| row.name.clone()));
    let time = draw("span")
        .class("row-time")
        .text_with(move || row.with(|row| row.time.clone()));
    let proof = move || {
        row.with(|row| row.proof)
            .map(|proof| draw("span").class("said").text(say(proof_words(proof))))
    };
    draw("span")
        .class("row-top")
        .child(name)
        .show(proof)
        .child(time)
}

/// What was said last, who of the staff is in it, and how much is unread.
fn bottom_line(row: Signal<ListRow>) -> Drawn {
    let text = draw("span")
        .class("row-text")
        .set("dir", "auto")
        .text_with(move || row.with(last_line));
    let text = text.class_while("is-typing", move || row.with(|row| row.typing.is_some()));
    let helper = Memo::new(move |_| row.with(|row| row.helper.clone()));
    let line = draw("span").class("row-bottom").child(text);
    let line = line.show(move || {
        helper.with(|helper| {
            helper
                .as_ref()
                .map(|face| face_view(face, FaceSize::Tiny, None))
        })
    });
    with_badge(
        line,
        Signal::derive(move || row.with(|row| row.unread)),
        None,
    )
}

/// Who is typing, else the last message.
fn last_line(row: &ListRow) -> String {
    match &row.typing {
        Some(name) => say_with(Text::IsTyping, &[("name", name)]),
        None if row.own_snippet => say_with(UserText::OwnSnippet, &[("text", &row.snippet)]),
        None => row.snippet.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;

    fn row(number: u8) -> ListRow {
        ListRow {
            conversation_id: samples::conversation_id(number),
            name: samples::CORA.name.into(),
            face: None,
            proof: None,
            time: "now".into(),
            snippet: "Thank you".into(),
            own_snippet: false,
            unread: 0,
            helper: None,
            typing: None,
        }
    }

    #[test]
    fn tab_leads_to_the_row_somebody_was_on() {
        let rows = [row(1), row(2)];
        let second = samples::conversation_id(2);
        assert!(entry_row(&rows, Some(&second)) == Some(second.clone()));
        assert!(entry_row(&rows, None) == Some(samples::conversation_id(1)));
        assert!(
            entry_row(&rows[..1], Some(&second)) == Some(samples::conversation_id(1)),
            "a row that is gone"
        );
        assert!(entry_row(&[], None).is_none());
    }

    #[test]
    fn the_line_says_who_spoke_last() {
        let mut row = row(1);
        assert_eq!(last_line(&row), "Thank you");
        row.own_snippet = true;
        assert_eq!(last_line(&row), "You: Thank you");
        row.typing = Some("Cora".into());
        assert_eq!(last_line(&row), "Cora is typing");
    }
}
