//! A button with words.
//!
//! The law: what is being done cannot be pressed again, and keeps its place and the keyboard.

use leptos::prelude::*;

/// How much a button asks for attention. One loud button a card.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Loudness {
    #[default]
    Loud,
    Quiet,
    /// It takes something away.
    Danger,
}

/// `label` is what it does. `submits`: it sends the form it stands in, and needs no `on_press`.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<&'static str>,
    #[prop(optional)] loudness: Loudness,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional)] submits: bool,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    /// Its whole name, where several buttons of a screen have the same label.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let press = move |_| {
        if let Some(on_press) = on_press
            && !busy.get_untracked()
        {
            on_press.run(());
        }
    };
    view! {
        <button
            type=if submits { "submit" } else { "button" }
            class="button act"
            class:is-quiet=loudness != Loudness::Loud
            class:is-danger=loudness == Loudness::Danger
            aria-disabled=move || busy.get().then_some("true")
            aria-label=name
            on:click=press
        >
            {label}
        </button>
    }
}
