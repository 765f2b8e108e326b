//! One of several: the browser's own list, which every keyboard and phone knows.
//!
//! The law: what is chosen is always in the list.

use super::Value;
use super::field::{FieldMistake, Help, described_by};
use crate::ui::unique_id;
use leptos::prelude::*;

/// One of them.
#[derive(Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is handed back.
    pub value: String,
    /// What is read.
    pub name: String,
}

impl ChoiceOption {
    pub fn new(value: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            name: name.into(),
        }
    }
}

#[component]
pub fn Choice(
    label: &'static str,
    #[prop(into)] value: Value<String>,
    #[prop(into)] options: Signal<Vec<ChoiceOption>>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id();
    let described = described_by(&id, help.is_some(), mistake);
    // Each says itself whether it is chosen: the list may come after the choice.
    let listed = move || {
        let entries = options.get().into_iter().map(|option| {
            let ChoiceOption { value: own, name } = option;
            let is_chosen = {
                let own = own.clone();
                move || value.get() == own
            };
            view! { <option value=own prop:selected=is_chosen>{name}</option> }
        });
        entries.collect_view()
    };
    view! {
        <div class="field" class:is-wrong=move || mistake.with(Option::is_some)>
            <label class="field-label" for=id.clone()>{label}</label>
            <select
                class="field-input field-choice"
                id=id.clone()
                aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:change=move |event| value.set(event_target_value(&event))
            >
                {listed}
            </select>
            <Help id=id.clone() words=help/>
            <FieldMistake id words=mistake/>
        </div>
    }
}
