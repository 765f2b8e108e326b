//! A list of short texts: each a field with its own mistake, and one more to add.
//!
//! The law: what is wrong is said at the entry it is wrong with, and taking one away never moves the keyboard to
//! nowhere.

use super::Value;
use super::button::{Button, Loudness};
use super::drawing::{Drawing, drawing};
use super::field::{FieldMistake, Help, described_by};
use crate::admin::sentences as say;
use crate::frame::{clock, navigation};
use crate::ui::unique_id;
use leptos::prelude::*;

/// `mistakes`: by place; entries beyond its end have none. `mistake` is about the list as a whole.
#[component]
pub fn TextList(
    label: &'static str,
    /// What an entry is called: "Origin".
    entry: &'static str,
    add: &'static str,
    #[prop(into)] value: Value<Vec<String>>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] mistakes: Signal<Vec<Option<String>>>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
    /// Somebody left one of its fields.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
) -> impl IntoView {
    let id = unique_id();
    let places = Memo::new(move |_| value.get().len());
    let described = described_by(&id, help.is_some(), mistake);
    let group = id.clone();
    let entries = move || {
        let entries = (0..places.get()).map(|place| {
            let mistake =
                Signal::derive(move || mistakes.with(|all| all.get(place).cloned().flatten()));
            view! { <Entry group=group.clone() place entry value mistake/> }
        });
        entries.collect_view()
    };
    let (group, list) = (id.clone(), id.clone());
    let add_one = move |()| {
        let mut texts = value.get_untracked();
        texts.push(String::new());
        focus_later(entry_id(&group, texts.len() - 1));
        value.set(texts);
    };
    view! {
        <fieldset
            class="text-list"
            id=list
            tabindex="-1"
            aria-describedby=described
            on:focusout=move |_| { on_leave.inspect(|on_leave| on_leave.run(())); }
        >
            <legend class="field-label">{label}</legend>
            <Help id=id.clone() words=help/>
            <ul class="text-list-entries">{entries}</ul>
            <FieldMistake id words=mistake/>
            <Button label=add loudness=Loudness::Quiet on_press=add_one/>
        </fieldset>
    }
}

#[component]
fn Entry(
    group: String,
    place: usize,
    entry: &'static str,
    value: Value<Vec<String>>,
    mistake: Signal<Option<String>>,
) -> impl IntoView {
    let id = entry_id(&group, place);
    let text = Memo::new(move |_| value.get().get(place).cloned().unwrap_or_default());
    let name = format!("{entry} {}", place + 1);
    let described = described_by(&id, false, mistake);
    let write = move |event| {
        let mut texts = value.get_untracked();
        if let Some(text) = texts.get_mut(place) {
            *text = event_target_value(&event);
        }
        value.set(texts);
    };
    let remove = move |_| {
        let mut texts = value.get_untracked();
        if place < texts.len() {
            texts.remove(place);
        }
        // The list itself, where none is left.
        focus_later(match texts.is_empty() {
            true => group.clone(),
            false => entry_id(&group, place.saturating_sub(1)),
        });
        value.set(texts);
    };
    view! {
        <li class="text-list-entry" class:is-wrong=move || mistake.with(Option::is_some)>
            <div class="text-list-line">
                <input
                    class="field-input"
                    id=id.clone()
                    type="text"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-label=name
                    aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    prop:value=text
                    on:input=write
                />
                <button
                    type="button"
                    class="icon-button"
                    aria-label=move || text.with(|text| say::remove_entry(text))
                    on:click=remove
                >
                    {drawing(Drawing::Close)}
                </button>
            </div>
            <FieldMistake id words=mistake/>
        </li>
    }
}

fn entry_id(group: &str, place: usize) -> String {
    format!("{group}-{place}")
}

/// Once it is drawn.
fn focus_later(id: String) {
    clock::after(0, move || {
        navigation::focus_on(&id);
    });
}
