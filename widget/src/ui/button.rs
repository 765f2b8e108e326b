//! A button with words.

use crate::frame::draw::{Drawn, draw};
use crate::reactive::Signal;
use crate::reactive::{Callable, Callback};

/// How much a button asks for attention. One loud button a screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// What most people came for: in the accent, as wide as there is room.
    Loud,
    /// Everything else: a hairline around words.
    Quiet,
}

/// `label` is what it does.
pub fn button(label: &str, weight: Weight, on_press: Callback<()>) -> Drawn {
    let button = draw("button").class("button").set("type", "button");
    let button = button.class_if("is-quiet", weight == Weight::Quiet);
    button.text(label).on("click", move |_| on_press.run(()))
}

/// The loud button of a form; what it does is the form's to say.
pub fn submit_button(label: Signal<String>, is_busy: Signal<bool>) -> Drawn {
    let button = draw("button").class("button").set("type", "submit");
    button
        .flag_while("disabled", move || is_busy.get())
        .text_with(move || label.get())
}
