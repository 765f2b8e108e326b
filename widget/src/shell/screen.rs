//! A screen: a header on top, what scrolls in the middle, what stays at the bottom.
//!
//! The law: the whole card, or the whole phone; only the middle scrolls, so the header and the composer are always
//! there.

use crate::reactive::Signal;
use leptos::prelude::*;

#[component]
pub fn Screen(children: Children) -> impl IntoView {
    view! { <main class="screen">{children()}</main> }
}

/// The middle of a screen whose content scrolls as a whole; a thread brings its own.
#[component]
pub fn ScreenBody(children: Children) -> impl IntoView {
    view! { <div class="screen-body">{children()}</div> }
}

/// What a screen's one button stands in, below what scrolls.
#[component]
pub fn ScreenAction(children: Children) -> impl IntoView {
    view! { <div class="screen-action">{children()}</div> }
}

/// Something is on its way. Words come after two seconds, so that what is quick says nothing.
#[component]
pub fn Waiting(#[prop(into)] sentence: Signal<String>) -> impl IntoView {
    view! {
        <div class="waiting">
            <span class="waiting-line" aria-hidden="true"></span>
            <p class="waiting-words">{move || sentence.get()}</p>
        </div>
    }
}

/// One sentence across the screen about what is different here.
#[component]
pub fn Note(#[prop(into)] sentence: Signal<String>) -> impl IntoView {
    view! { <p class="note" dir="auto">{move || sentence.get()}</p> }
}
