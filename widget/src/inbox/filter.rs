//! Which conversations the inbox shows.
//!
//! The law: two buttons of which one is pressed, in words for those who listen.

use crate::i18n::{Text, say};
use crate::reactive::RwSignal;
use leptos::prelude::*;
use shared::inbox::InboxFilter;

const CHOICES: [(InboxFilter, Text); 2] = [
    (InboxFilter::All, Text::FilterAll),
    (InboxFilter::Unanswered, Text::FilterUnanswered),
];

#[component]
pub fn Filter(chosen: RwSignal<InboxFilter>) -> impl IntoView {
    let choice = move |(filter, text): (InboxFilter, Text)| {
        view! {
            <button
                type="button"
                class="filter-choice"
                aria-pressed=move || (chosen.get() == filter).to_string()
                on:click=move |_| chosen.set(filter)
            >
                <span class="filter-words">{say(text)}</span>
            </button>
        }
    };
    view! {
        <div class="filter" role="group" aria-label=say(Text::Filter)>
            {CHOICES.map(choice).collect_view()}
        </div>
    }
}
