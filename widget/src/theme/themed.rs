//! The element that carries the accent, the language and its direction.
//!
//! The law: the accent goes in by CSSOM (`style:`), never as an attribute, which our content security policy forbids.

use super::accent::Accent;
use crate::frame::draw::{Drawn, draw};
use crate::i18n::strings;
use crate::reactive::{Memo, Signal};

/// Everything visible stands inside it. `accent`: `#RRGGBB`, from settings.
pub fn themed(accent: Signal<String>) -> Drawn {
    let made = Memo::new(move |_| accent.with(|accent| Accent::new(accent)));
    let strings = strings();
    let themed = draw("div").class("themed").set("lang", strings.language());
    let themed = themed.set("dir", strings.direction().as_attribute());
    PROPERTIES.into_iter().fold(themed, |themed, (name, part)| {
        themed.style_with(name, move || made.with(|made| part(made).to_owned()))
    })
}

type Part = fn(&Accent) -> &str;

const PROPERTIES: [(&str, Part); 5] = [
    ("--accent", |made| &made.accent),
    ("--accent-ink", |made| &made.ink),
    ("--accent-deep", |made| &made.deep),
    ("--accent-on-light", |made| &made.on_light),
    ("--accent-on-dark", |made| &made.on_dark),
];
