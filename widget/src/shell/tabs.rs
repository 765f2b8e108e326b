//! The lists of whoever has several: *Customer Support* for staff, *Chats*, and *Groups* where there are any.
//!
//! The law: the tabs pattern of ARIA: one of them is in the order of Tab, arrow keys move and choose.

use crate::frame::draw::{Drawn, draw};
use crate::frame::element::{Step, key, move_focus};
use crate::i18n::{Direction, UserText, say, strings};
use crate::reactive::{Callable, Callback, Signal, with_list};
use crate::ui::with_badge;
use shared::identity::Role;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    #[default]
    CustomerSupport,
    Chats,
    Groups,
}

impl Tab {
    /// The tabs of somebody, in their order.
    pub fn all_of(role: Role, has_groups: bool) -> Vec<Self> {
        let support = role.is_staff().then_some(Self::CustomerSupport);
        let groups = has_groups.then_some(Self::Groups);
        support
            .into_iter()
            .chain([Self::Chats])
            .chain(groups)
            .collect()
    }

    /// The one that was chosen, as long as it is there.
    pub fn shown(self, all: &[Self]) -> Self {
        match all {
            [first, ..] if !all.contains(&self) => *first,
            _ => self,
        }
    }

    const fn text(self) -> UserText {
        match self {
            Self::CustomerSupport => UserText::CustomerSupport,
            Self::Chats => UserText::Chats,
            Self::Groups => UserText::Groups,
        }
    }

    const fn id(self) -> &'static str {
        match self {
            Self::CustomerSupport => "tab-support",
            Self::Chats => "tab-chats",
            Self::Groups => "tab-groups",
        }
    }

    const fn count_id(self) -> &'static str {
        match self {
            Self::CustomerSupport => "tab-support-count",
            Self::Chats => "tab-chats-count",
            Self::Groups => "tab-groups-count",
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
    /// Those that there are.
    pub all: Signal<Vec<Tab>>,
    pub selected: Signal<Tab>,
    pub on_select: Callback<Tab>,
    /// Conversations with something unread.
    pub unread: Signal<u32>,
    /// Unread messages in the own chats.
    pub unread_chats: Signal<u32>,
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
        let all = self.all;
        // A tab that stays keeps its element, and so the keyboard.
        let items = Signal::derive(move || {
            all.with(|all| {
                all.iter()
                    .map(|tab| (tab.id().to_owned(), *tab))
                    .collect::<Vec<_>>()
            })
        });
        with_list(list, items, move |_, tab| self.tab(tab.get_untracked()))
    }

    /// The count is the tab's description, so that its name stays its name.
    fn tab(self, tab: Tab) -> Drawn {
        let Self {
            selected,
            on_select,
            ..
        } = self;
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
                on_select.run(tab);
            }
        };
        let count = match tab {
            Tab::CustomerSupport => self.unread,
            Tab::Chats => self.unread_chats,
            Tab::Groups => 0.into(),
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
    fn everybody_has_the_tabs_that_lead_somewhere() {
        let (support, chats, groups) = (Tab::CustomerSupport, Tab::Chats, Tab::Groups);
        for (role, has_groups, tabs) in [
            (Role::User, false, vec![chats]),
            (Role::User, true, vec![chats, groups]),
            (Role::Agent, false, vec![support, chats]),
            (Role::Admin, true, vec![support, chats, groups]),
        ] {
            let all = Tab::all_of(role, has_groups);
            assert_eq!(all, tabs, "{role:?}");
            // A tab that went away while it was shown leaves its people at the first.
            for chosen in [support, chats, groups] {
                let shown = chosen.shown(&all);
                assert_eq!(
                    shown,
                    if all.contains(&chosen) {
                        chosen
                    } else {
                        all[0]
                    }
                );
            }
        }
    }

    #[test]
    fn arrows_follow_the_way_of_writing() {
        let of = |key, direction| step(key, direction);
        assert!(of("ArrowRight", Direction::LeftToRight) == Some(Step::Next));
        assert!(of("ArrowRight", Direction::RightToLeft) == Some(Step::Previous));
        assert!(of("ArrowLeft", Direction::RightToLeft) == Some(Step::Next));
        assert!(of("a", Direction::LeftToRight).is_none());
    }
}
