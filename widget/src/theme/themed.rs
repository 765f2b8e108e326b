//! The element that carries the accent, the language and its direction.
//!
//! The law: the accent goes in by CSSOM (`style:`), never as an attribute, which our content security policy forbids.

use super::accent::Accent;
use crate::i18n::strings;
use crate::reactive::{Memo, Signal};
use leptos::prelude::*;

/// Everything visible stands inside it.
#[component]
pub fn Themed(
    /// `#RRGGBB`, from settings.
    #[prop(into)]
    accent: Signal<String>,
    children: Children,
) -> impl IntoView {
    let made = Memo::new(move |_| accent.with(|accent| Accent::new(accent)));
    let strings = strings();
    view! {
        <div
            class="themed"
            lang=strings.language()
            dir=strings.direction().as_attribute()
            style=("--accent", move || made.with(|made| made.accent.clone()))
            style=("--accent-ink", move || made.with(|made| made.ink.clone()))
            style=("--accent-deep", move || made.with(|made| made.deep.clone()))
            style=("--accent-on-light", move || made.with(|made| made.on_light.clone()))
            style=("--accent-on-dark", move || made.with(|made| made.on_dark.clone()))
        >
            {children()}
        </div>
    }
}
