//! A word or two about somebody or something: "Admin", "Blocked".
//!
//! The law: it is said in words; the colour only repeats it.

use leptos::prelude::*;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum MarkKind {
    #[default]
    Plain,
    /// It gives power, or is the one of its kind.
    Strong,
    /// Something is shut or wrong.
    Warning,
}

#[component]
pub fn Mark(
    #[prop(into)] words: Oco<'static, str>,
    #[prop(optional)] kind: MarkKind,
) -> impl IntoView {
    view! {
        <span
            class="mark"
            class:is-strong=kind == MarkKind::Strong
            class:is-warning=kind == MarkKind::Warning
        >
            {words}
        </span>
    }
}
