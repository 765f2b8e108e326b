//! A button that is a drawing.
//!
//! The law: its name is what it does, said to those who listen and shown to those who wait with the pointer.

use super::icon::{Icon, icon};
use crate::frame::draw::{Drawn, draw};
use crate::reactive::{Callable, Callback};

/// `name` is what it does.
pub fn icon_button(which: Icon, name: &str, on_press: Callback<()>) -> Drawn {
    named_button(which, name).on("click", move |_| on_press.run(()))
}

/// The same, for somebody who has more to say about what happens.
pub fn named_button(which: Icon, name: &str) -> Drawn {
    let button = draw("button").class("icon-button").set("type", "button");
    button
        .set("aria-label", name)
        .set("title", name)
        .child(icon(which))
}
