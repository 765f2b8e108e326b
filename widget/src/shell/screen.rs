//! A screen: a header on top, what scrolls in the middle, what stays at the bottom.
//!
//! The law: the whole card, or the whole phone; only the middle scrolls, so the header and the composer are always
//! there.

use crate::frame::draw::{Drawn, draw};

pub fn screen(parts: impl IntoIterator<Item = Drawn>) -> Drawn {
    draw("div").class("screen").children(parts)
}

/// The middle of a screen whose content scrolls as a whole; a thread brings its own.
pub fn screen_body(content: Drawn) -> Drawn {
    draw("div").class("screen-body").child(content)
}

/// What a screen's buttons stand in, below what scrolls: the loud one first.
pub fn screen_action(buttons: impl IntoIterator<Item = Drawn>) -> Drawn {
    draw("div").class("screen-action").children(buttons)
}

/// Something is on its way. Words come after two seconds, so that what is quick says nothing.
pub fn waiting(sentence: &str) -> Drawn {
    let line = draw("span")
        .class("waiting-line")
        .set("aria-hidden", "true");
    draw("div")
        .class("waiting")
        .child(line)
        .child(draw("p").class("waiting-words").text(sentence))
}

/// One sentence across the screen about what is different here.
pub fn note(sentence: &str) -> Drawn {
    draw("p").class("note").set("dir", "auto").text(sentence)
}
