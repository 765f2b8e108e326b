//! The two lists of staff: *Customer Support* and their own *Chats*.
//!
//! The law: the tabs pattern of ARIA: one of them is in the order of Tab, arrow keys move and choose.

use crate::frame::element::{Step, move_focus};
use crate::i18n::{Text, say, strings};
use crate::i18n::Direction;
use crate::ui::Badge;
use leptos::ev::KeyboardEvent;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    #[default]
    CustomerSupport,
    Chats,
}

impl Tab {
    pub const ALL: [Self; 2] = [Self::CustomerSupport, Self::Chats];

    const fn text(self) -> Text {
        match self {
            Self::CustomerSupport => Text::CustomerSupport,
            Self::Chats => Text::Chats,
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::CustomerSupport => "tab-support",
            Self::Chats => "tab-chats",
        }
    }

    const fn count_id(self) -> &'static str {
        match self {
            Self::CustomerSupport => "tab-support-count",
            Self::Chats => "tab-chats-count",
        }
    }
}

/// The id of the panel under the tabs: whoever shows the lists gives it to their element, with `role="tabpanel"` and
/// `aria-labelledby` set to [`tab_id`].
pub const PANEL_ID: &str = "tab-panel";

/// The id of a tab's button.
pub const fn tab_id(tab: Tab) -> &'static str {
    tab.id()
}

#[component]
pub fn Tabs(
    selected: RwSignal<Tab>,
    /// Conversations with something unread.
    #[prop(into)]
    unread: Signal<u32>,
    /// Unread messages in the own chats.
    #[prop(into)]
    unread_chats: Signal<u32>,
    /// The one tab of somebody who has no other.
    #[prop(optional_no_strip)]
    only: Option<Tab>,
) -> impl IntoView {
    let keys = move |event: KeyboardEvent| {
        if let Some(step) = step(&event.key(), strings().direction()) {
            move_focus(&event, ".tabs-tab", step);
        }
    };
    view! {
        <div class="tabs" role="tablist" on:keydown=keys>
            {(only != Some(Tab::Chats)).then(|| tab_view(Tab::CustomerSupport, selected, unread))}
            {(only != Some(Tab::CustomerSupport)).then(|| tab_view(Tab::Chats, selected, unread_chats))}
        </div>
    }
}

/// The count is the tab's description, so that its name stays its name.
fn tab_view(tab: Tab, selected: RwSignal<Tab>, unread: Signal<u32>) -> impl IntoView {
    let is_selected = move || selected.get() == tab;
    view! {
        <button
            type="button"
            class="tabs-tab"
            class:is-selected=is_selected
            role="tab"
            id=tab.id()
            aria-describedby=tab.count_id()
            aria-selected=move || is_selected().to_string()
            aria-controls=PANEL_ID
            tabindex=move || if is_selected() { "0" } else { "-1" }
            on:click=move |_| selected.set(tab)
            on:focus=move |_| selected.set(tab)
        >
            {say(tab.text())}
            <Badge count=unread describes=tab.count_id() />
        </button>
    }
}

/// Which way a key moves.
fn step(key: &str, direction: Direction) -> Option<Step> {
    match (key, direction) {
        ("ArrowRight", Direction::LeftToRight) | ("ArrowLeft", Direction::RightToLeft) => Some(Step::Next),
        ("ArrowLeft", Direction::LeftToRight) | ("ArrowRight", Direction::RightToLeft) => Some(Step::Previous),
        ("Home", _) => Some(Step::First),
        ("End", _) => Some(Step::Last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_follow_the_way_of_writing() {
        let of = |key, direction| step(key, direction);
        assert!(of("ArrowRight", Direction::LeftToRight) == Some(Step::Next));
        assert!(of("ArrowRight", Direction::RightToLeft) == Some(Step::Previous));
        assert!(of("ArrowLeft", Direction::RightToLeft) == Some(Step::Next));
        assert!(of("a", Direction::LeftToRight).is_none());
    }
}
