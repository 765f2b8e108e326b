//! The field in which somebody is looked for, and the heading of the group they are looked for in.
//!
//! The law: it asks by itself once the keys rest, so it has no button; its name says where it looks.

use crate::frame::draw::{Drawn, Place, draw};
use crate::i18n::{UserText, say, say_count, say_with};
use crate::reactive::{Callable, Callback, RwSignal, Signal};
use crate::ui::{Icon, direction, icon_button};
use shared::group::ChatGroup;
use shared::limits::SEARCH_BYTES;

/// The field.
#[derive(Clone, Copy)]
pub struct Finder {
    pub typed: RwSignal<String>,
    /// The group that is open; `None`: all are searched.
    pub inside: Signal<Option<ChatGroup>>,
    pub on_type: Callback<String>,
    /// The field itself, for whoever gives it the keyboard.
    pub place: Place,
}

impl Finder {
    pub fn draw(self) -> Drawn {
        let Self {
            typed,
            inside,
            on_type,
            place,
        } = self;
        let name = move || Some(inside.with(name_in));
        let field = draw("input")
            .class("finder-field")
            .set("type", "search")
            .set_with("dir", move || typed.with(|typed| direction(typed)))
            .set("autocomplete", "off")
            .set("spellcheck", "false")
            .set("maxlength", &crate::i18n::digits(SEARCH_BYTES as u64));
        let field = field
            .set_with("aria-label", name)
            .set_with("placeholder", name)
            .lend(place);
        let field = field.value(move || typed.get(), move |typed| on_type.run(typed));
        draw("div").class("finder").child(field)
    }
}

fn name_in(inside: &Option<ChatGroup>) -> String {
    match inside {
        Some(group) => say_with(UserText::FindInGroup, &[("group", &group.name)]),
        None => say(UserText::FindSomebody).into(),
    }
}

/// Which group is open, how many people are in it, and the way back to all of them.
pub fn group_heading(group: &ChatGroup, on_back: Callback<()>) -> Drawn {
    let name = draw("h2")
        .class("finder-group")
        .child(draw("bdi").text(&group.name));
    let count = draw("p")
        .class("finder-count")
        .text(&say_count(UserText::PeopleCount, group.people));
    draw("div")
        .class("finder-heading")
        .child(icon_button(Icon::Back, say(UserText::AllGroups), on_back))
        .child(name)
        .child(count)
}
