//! A button with words.

use crate::reactive::Signal;
use leptos::prelude::*;

/// How much a button asks for attention. One loud button a screen.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// What most people came for: in the accent, as wide as there is room.
    #[default]
    Loud,
    /// Everything else: a hairline around words.
    Quiet,
}

#[component]
pub fn Button(
    /// What it does.
    #[prop(into)]
    label: Signal<String>,
    on_press: Callback<()>,
    #[prop(optional)] weight: Weight,
    /// Whether it submits the form it stands in; `on_press` is then left to the form.
    #[prop(optional)]
    submits: bool,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type=if submits { "submit" } else { "button" }
            class="button"
            class:is-quiet=weight == Weight::Quiet
            disabled=move || disabled.get()
            on:click=move |_| {
                if !submits {
                    on_press.run(());
                }
            }
        >
            {move || label.get()}
        </button>
    }
}
