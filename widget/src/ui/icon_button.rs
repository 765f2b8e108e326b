//! A button that is a drawing.
//!
//! The law: its name is what it does, said to those who listen and shown to those who wait with the pointer.

use super::icon::{Icon, icon};
use crate::reactive::Signal;
use leptos::prelude::*;

#[component]
pub fn IconButton(
    icon: Icon,
    /// What it does.
    #[prop(into)]
    name: Signal<String>,
    on_press: Callback<()>,
    #[prop(into, optional)] disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            aria-label=move || name.get()
            title=move || name.get()
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {self::icon(icon)}
        </button>
    }
}
