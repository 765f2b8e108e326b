//! The two lists of staff: *Customer Support* and their own *Chats*.
//!
//! The law: the tabs pattern of ARIA: one of them is in the order of Tab, arrow keys move and choose.

use crate::frame::draw::{Drawn, draw};
use crate::frame::element::{Step, key, move_focus};
use crate::i18n::{Direction, Text, say, strings};
use crate::reactive::{RwSignal, Signal};
use crate::ui::with_badge;

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

const PANEL_ID: &str = "tab-panel";

/// What the selected tab shows.
pub fn tab_panel(selected: Signal<Tab>) -> Drawn {
    let panel = draw("div")
        .class("screen-body")
        .set("role", "tabpanel")
        .set("id", PANEL_ID);
    panel.set_with("aria-labelledby", move || Some(selected.get().id()))
}

/// The tabs.
#[derive(Clone, Copy)]
pub struct Tabs {
    pub selected: RwSignal<Tab>,
    /// Conversations with something unread.
    pub unread: Signal<u32>,
    /// Unread messages in the own chats.
    pub unread_chats: Signal<u32>,
    /// The one tab of somebody who has no other.
    pub only: Option<Tab>,
}

impl Tabs {
    pub fn draw(self) -> Drawn {
        let list = draw("div")
            .class("tabs")
            .set("role", "tablist")
            .on("keydown", |event| {
                if let Some(step) = step(&key(&event), strings().direction()) {
                    move_focus(&event, ".tabs-tab", step);
                }
            });
        let is_there = |tab: &Tab| self.only.is_none_or(|only| only == *tab);
        list.children(
            Tab::ALL
                .into_iter()
                .filter(is_there)
                .map(|tab| self.tab(tab)),
        )
    }

    /// The count is the tab's description, so that its name stays its name.
    fn tab(self, tab: Tab) -> Drawn {
        let selected = self.selected;
        let is_selected = move || selected.get() == tab;
        let button = draw("button")
            .class("tabs-tab")
            .set("type", "button")
            .set("role", "tab")
            .set("id", tab.id());
        let button = button
            .set("aria-describedby", tab.count_id())
            .set("aria-controls", PANEL_ID)
            .text(say(tab.text()));
        let button = button.class_while("is-selected", is_selected);
        let button = button.set_with("aria-selected", move || Some(is_selected().to_string()));
        let button = button.set_with("tabindex", move || {
            Some(if is_selected() { "0" } else { "-1" })
        });
        let choose = move |_| {
            if selected.get_untracked() != tab {
                selected.set(tab);
            }
        };
        let count = match tab {
            Tab::CustomerSupport => self.unread,
            Tab::Chats => self.unread_chats,
        };
        with_badge(
            button.on("click", choose).on("focus", choose),
            count,
            Some(tab.count_id()),
        )
    }
}

/// Which way a key moves.
fn step(key: &str, direction: Direction) -> Option<Step> {
    match (key, direction) {
        ("ArrowRight", Direction::LeftToRight) | ("ArrowLeft", Direction::RightToLeft) => {
            Some(Step::Next)
        }
        ("ArrowLeft", Direction::LeftToRight) | ("ArrowRight", Direction::RightToLeft) => {
            Some(Step::Previous)
        }
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
