//! A text field with its label above it and its mistake beneath it.
//!
//! The law: a mistake is tied to its field (`aria-describedby`, `aria-invalid`) and never announced by itself; it is
//! said when somebody leaves the field, not while they type.

use super::icon::{Icon, icon};
use super::unique_id;
use crate::frame::draw::{Drawn, draw};
use crate::reactive::{Callable, Callback};
use crate::reactive::{RwSignal, Signal};

/// What is typed into it: decides what the browser offers to fill in, and which keys a phone shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Name,
    /// Not `type="email"`: browsers rewrite addresses in such fields, and the server wants them as typed.
    Email,
    /// The address that somebody signs in with.
    Username,
    CurrentPassword,
    NewPassword,
    /// A code that was mailed.
    Code,
}

/// What only the forms of users and staff hold.
const HAS_USERS: bool = cfg!(feature = "users");

impl FieldKind {
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Username if HAS_USERS => "username",
            Self::CurrentPassword if HAS_USERS => "current-password",
            Self::NewPassword if HAS_USERS => "new-password",
            Self::Code if HAS_USERS => "one-time-code",
            _ => "name",
        }
    }

    /// Passwords are covered; whoever types one knows what it says.
    const fn input_type(self) -> &'static str {
        match self {
            Self::CurrentPassword | Self::NewPassword if HAS_USERS => "password",
            _ => "text",
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Self::Email | Self::Username => "email",
            Self::Code if HAS_USERS => "numeric",
            _ => "text",
        }
    }

    const fn capitals(self) -> &'static str {
        match self {
            Self::Name => "words",
            _ => "none",
        }
    }
}

/// A field of a form.
pub struct Field {
    pub kind: FieldKind,
    /// Its accessible name.
    pub label: &'static str,
    pub value: RwSignal<String>,
    /// What is wrong with it, in one sentence; empty while nothing is.
    pub mistake: Signal<String>,
    /// Somebody left it.
    pub on_leave: Callback<()>,
}

impl Field {
    pub fn draw(self) -> Drawn {
        let mistake = self.mistake;
        let is_wrong = move || mistake.with(|mistake| !mistake.is_empty());
        let id = unique_id();
        let note_id = [&id, "-mistake"].concat();
        let label = draw("label")
            .class("field-label")
            .set("for", &id)
            .text(self.label);
        let note = draw("p").class("field-mistake").set("id", &note_id);
        let note = note
            .flag_while("hidden", move || !is_wrong())
            .child(icon(Icon::Failed))
            .text_with(move || mistake.get());
        let input = self
            .input(&id)
            .set_with("aria-invalid", move || is_wrong().then_some("true"));
        let input = input.set_with("aria-describedby", move || {
            is_wrong().then(|| note_id.clone())
        });
        draw("div")
            .class("field")
            .class_while("is-wrong", is_wrong)
            .child(label)
            .child(input)
            .child(note)
    }

    fn input(self, id: &str) -> Drawn {
        let (value, on_leave) = (self.value, self.on_leave);
        let input = draw("input")
            .class("field-input")
            .set("id", id)
            .set("type", self.kind.input_type())
            .set("dir", "auto");
        let input = input
            .set("required", "")
            .set("spellcheck", "false")
            .set("maxlength", "400");
        let input = input
            .set("autocomplete", self.kind.autocomplete())
            .set("inputmode", self.kind.keys());
        let input = input.set("autocapitalize", self.kind.capitals());
        let input = input.value(move || value.get(), move |typed| value.set(typed));
        input.on("blur", move |_| on_leave.run(()))
    }
}
