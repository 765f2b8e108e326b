//! Which conversations the inbox shows.
//!
//! The law: two buttons of which one is pressed, in words for those who listen.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say};
use crate::reactive::RwSignal;
use shared::inbox::InboxFilter;

const CHOICES: [(InboxFilter, UserText); 2] = [
    (InboxFilter::All, UserText::FilterAll),
    (InboxFilter::Unanswered, UserText::FilterUnanswered),
];

pub fn filter(chosen: RwSignal<InboxFilter>) -> Drawn {
    let group = draw("div")
        .class("filter")
        .set("role", "group")
        .set("aria-label", say(UserText::Filter));
    group.children(CHOICES.map(|(filter, text)| choice(chosen, filter, text)))
}

fn choice(chosen: RwSignal<InboxFilter>, filter: InboxFilter, text: UserText) -> Drawn {
    let button = draw("button").class("filter-choice").set("type", "button");
    let button = button.set_with("aria-pressed", move || {
        Some((chosen.get() == filter).to_string())
    });
    let button = button.on("click", move |_| chosen.set(filter));
    button.child(draw("span").class("filter-words").text(say(text)))
}
