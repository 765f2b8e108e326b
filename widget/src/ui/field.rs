//! A text field with its label above it and its mistake beneath it.
//!
//! The law: a mistake is tied to its field (`aria-describedby`, `aria-invalid`) and never announced by itself; it is
//! said when somebody leaves the field, not while they type.

use super::icon::{Icon, icon};
use super::unique_id;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;

/// What is typed into it: decides what the browser offers to fill in, and which keys a phone shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Name,
    /// Not `type="email"`: browsers rewrite addresses in such fields, and the server wants them as typed.
    Email,
}

impl FieldKind {
    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Self::Name => "text",
            Self::Email => "email",
        }
    }

    const fn capitals(self) -> &'static str {
        match self {
            Self::Name => "words",
            Self::Email => "none",
        }
    }
}

#[component]
pub fn Field(
    kind: FieldKind,
    /// Its accessible name.
    label: &'static str,
    value: RwSignal<String>,
    /// What is wrong with it, in one sentence; empty while nothing is.
    #[prop(into)]
    mistake: Signal<String>,
    /// Somebody left it.
    on_leave: Callback<()>,
) -> impl IntoView {
    let field = unique_id();
    let note = format!("{field}-mistake");
    let is_wrong = move || mistake.with(|mistake| !mistake.is_empty());
    let note_id = note.clone();
    view! {
        <div class="field" class:is-wrong=is_wrong>
            <label class="field-label" for=field.clone()>{label}</label>
            <input
                class="field-input"
                id=field
                type="text"
                dir="auto"
                required
                autocomplete=kind.autocomplete()
                inputmode=kind.keys()
                autocapitalize=kind.capitals()
                spellcheck="false"
                maxlength="400"
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=move || is_wrong().then(|| note_id.clone())
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:blur=move |_| on_leave.run(())
            />
            <p class="field-mistake" id=note hidden=move || !is_wrong()>
                {icon(Icon::Failed)}
                {move || mistake.get()}
            </p>
        </div>
    }
}
