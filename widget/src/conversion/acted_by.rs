//! Somebody of the site is signed in as a customer: staff are told, above the thread.
//!
//! The law: said for as long as it is so, and who it is as the host calls them.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say_with};
use crate::reactive::Signal;

/// "Signed in as Noor by the site's staff: …" (C9). `acting`: whom they are signed in as, and what the host calls them.
pub fn acted_by_line(acting: Signal<Option<(String, String)>>) -> Drawn {
    let line = draw("div").class("acted-by").set("role", "status");
    line.show(move || {
        acting.get().map(|(name, who)| {
            let [name, who] = [name, who].map(|name| ["\u{2068}", &name, "\u{2069}"].concat());
            let words = say_with(UserText::ActedBy, &[("name", &name), ("who", &who)]);
            draw("p")
                .class("acted-by-words")
                .set("dir", "auto")
                .text(&words)
        })
    })
}
