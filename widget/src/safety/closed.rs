//! Instead of the composer, where nothing can be written: why, and a way back where there is one.
//!
//! The law: said to whoever blocked; whoever was blocked never sees it.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say, say_with};
use crate::reactive::{Callback, Signal};
use crate::ui::{Weight, button};

/// Why nothing can be written.
#[derive(Clone, PartialEq, Eq)]
pub enum Reason {
    /// The viewer blocked them.
    OwnBlock { name: String },
    /// Somebody of the staff blocked them, for the whole site.
    SiteBlock { name: String },
    /// Their groups may no longer chat, or the other one is gone.
    Ended,
}

impl Reason {
    fn sentence(&self) -> String {
        match self {
            Self::OwnBlock { name } => say_with(UserText::YouBlocked, &[("name", name)]),
            Self::SiteBlock { name } => say_with(UserText::IsBlocked, &[("name", name)]),
            Self::Ended => say(UserText::WritingEnded).into(),
        }
    }
}

/// `mistake`: why it could not be undone; empty while nothing is wrong.
pub fn closed_line(reason: &Reason, mistake: Signal<String>, on_unblock: Callback<()>) -> Drawn {
    let words = draw("p")
        .class("closed-words")
        .set("dir", "auto")
        .text(&reason.sentence());
    let mistake = draw("p")
        .class("closed-mistake")
        .set("role", "status")
        .text_with(move || mistake.get());
    let undo = (*reason != Reason::Ended)
        .then(|| button(say(UserText::Unblock), Weight::Quiet, on_unblock));
    draw("div")
        .class("closed")
        .child(words)
        .children(undo)
        .child(mistake)
}
