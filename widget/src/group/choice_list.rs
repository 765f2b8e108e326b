//! Rows of which one is chosen: groups, and people.
//!
//! The law: a row is one button whose name starts with what it is called; Tab leads to one of them, arrow keys to the
//! others, Enter chooses.

use crate::frame::draw::{Drawn, draw};
use crate::reactive::{Callable, Callback, Memo, RwSignal, Signal, with_list};
use crate::ui::{FaceSize, face_view, strokes};
use shared::identity::Face;

/// Two people, on a 24 by 24 grid.
const PEOPLE: &str = "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.8-3.2 3.3-4.7 6.5-4.7s5.7 1.5 6.5 4.7M16 4.8a3.5 3.5 0 0 1 0 6.4M18 15.2c1.8.7 3 2.1 3.5 4.3";

/// What stands at the start of a row.
#[derive(Clone, PartialEq, Eq)]
pub enum ChoiceFace {
    Group,
    Person(Face),
}

/// A row.
#[derive(Clone, PartialEq, Eq)]
pub struct Choice {
    pub key: String,
    pub face: ChoiceFace,
    pub title: String,
    /// Beneath the title; empty for nothing.
    pub line: String,
}

/// The rows.
#[derive(Clone, Copy)]
pub struct ChoiceList {
    pub rows: Signal<Vec<Choice>>,
    /// What the list is called.
    pub label: &'static str,
    /// The key of the row that Tab leads to; another than those shown: the first.
    pub current: RwSignal<Option<String>>,
    pub on_choose: Callback<String>,
}

impl ChoiceList {
    pub fn draw(self) -> Drawn {
        let Self { rows, current, .. } = self;
        let entry = Memo::new(move |_| {
            rows.with(|rows| current.with(|current| entry_row(rows, current.as_deref())))
        });
        let keyed = |row: &Choice| (row.key.clone(), row.clone());
        let items =
            Signal::derive(move || rows.with(|rows| rows.iter().map(keyed).collect::<Vec<_>>()));
        let list = draw("ul").class("choices").set("aria-label", self.label);
        with_list(list, items, move |key, row| self.row(&key, row, entry))
    }

    fn row(self, key: &str, row: Signal<Choice>, entry: Memo<Option<String>>) -> Drawn {
        let (here, focused, chosen) = (key.to_owned(), key.to_owned(), key.to_owned());
        let Self {
            current, on_choose, ..
        } = self;
        let is_entry = move || entry.with(|entry| entry.as_deref() == Some(&here));
        let button = draw("button").class("choice").set("type", "button");
        let button = button.set_with("tabindex", move || {
            Some(if is_entry() { "0" } else { "-1" })
        });
        let button = button.on("focus", move |_| current.set(Some(focused.clone())));
        let button = button.on("click", move |_| on_choose.run(chosen.clone()));
        let face = Memo::new(move |_| row.with(|row| row.face.clone()));
        let title = draw("bdi")
            .class("choice-title")
            .text_with(move || row.with(|row| row.title.clone()));
        let line = draw("bdi")
            .class("choice-line")
            .text_with(move || row.with(|row| row.line.clone()));
        let words = draw("span").class("choice-words").child(title).child(line);
        let button = button.show(move || Some(face.with(face_of))).child(words);
        draw("li").child(button)
    }
}

fn face_of(face: &ChoiceFace) -> Drawn {
    match face {
        ChoiceFace::Person(face) => face_view(face, FaceSize::Usual, None),
        ChoiceFace::Group => {
            draw("span")
                .class("choice-group")
                .child(strokes("icon", "0 0 24 24", PEOPLE))
        }
    }
}

/// The row somebody was on, or the first.
fn entry_row(rows: &[Choice], current: Option<&str>) -> Option<String> {
    let current = rows.iter().find(|row| Some(row.key.as_str()) == current);
    current.or(rows.first()).map(|row| row.key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: &str) -> Choice {
        Choice {
            key: key.into(),
            face: ChoiceFace::Group,
            title: "Trial".into(),
            line: String::new(),
        }
    }

    #[test]
    fn tab_leads_to_the_row_somebody_was_on() {
        let rows = [row("a"), row("b")];
        assert_eq!(entry_row(&rows, Some("b")).as_deref(), Some("b"));
        assert_eq!(entry_row(&rows, Some("c")).as_deref(), Some("a"));
        assert_eq!(entry_row(&rows, None).as_deref(), Some("a"));
        assert_eq!(entry_row(&[], Some("a")), None);
    }
}
