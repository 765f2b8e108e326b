//! Every screen, on one page.
//!
//! The law: a screen is one line here; the side bar, titles and addresses follow it. A screen that is not built yet has
//! no line.

use super::account::Account;
use super::activity::Activity;
use super::blocked::Blocked;
use super::groups::Groups;
use super::host;
use super::oversight::{Conversations, GuestConversations};
use super::sentences;
use super::settings::{self, SettingsScreen};
use super::ui::Drawing;
use leptos::prelude::*;
use shared::account::AdminSession;

/// The path of one's own account.
pub const ACCOUNT: &str = "account";

/// Where people find a screen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// In the side bar.
    Main,
    /// Linked from elsewhere.
    Apart,
}

/// One line of the page.
pub struct Screen {
    /// What stands in the address behind `/admin/`.
    pub path: &'static str,
    /// In the side bar, the heading and the title.
    pub name: &'static str,
    pub shelf: Shelf,
    pub drawing: Drawing,
    /// What waits there: a number beside its name. 0: nothing.
    pub count: fn(&AdminSession) -> u32,
    /// Gets what stands in the address behind the screen's path.
    pub draw: fn(Signal<String>) -> AnyView,
}

/// The page. **Shape**: in the side bar's order.
#[rustfmt::skip]
pub const SCREENS: &[Screen] = &[
    Screen { path: "conversations", name: sentences::CONVERSATIONS, shelf: Shelf::Main, drawing: Drawing::Speech, count: nothing, draw: |rest| view! { <Conversations rest/> }.into_any() },
    Screen { path: "guest-conversations", name: sentences::GUEST_CONVERSATIONS, shelf: Shelf::Main, drawing: Drawing::Lantern, count: nothing, draw: |rest| view! { <GuestConversations rest/> }.into_any() },
    Screen { path: "blocked", name: sentences::BLOCKED_AND_REPORTED, shelf: Shelf::Main, drawing: Drawing::Flag, count: open_reports, draw: |rest| view! { <Blocked rest/> }.into_any() },
    Screen { path: "groups", name: sentences::USER_GROUPS, shelf: Shelf::Main, drawing: Drawing::People, count: nothing, draw: |rest| view! { <Groups rest/> }.into_any() },
    Screen { path: settings::SCREEN, name: sentences::SETTINGS, shelf: Shelf::Main, drawing: Drawing::Sliders, count: nothing, draw: |_| view! { <SettingsScreen/> }.into_any() },
    Screen { path: "activity", name: sentences::ACTIVITY, shelf: Shelf::Main, drawing: Drawing::Lines, count: nothing, draw: |_| view! { <Activity/> }.into_any() },
    Screen { path: host::SCREEN, name: sentences::DELIVERIES, shelf: Shelf::Apart, drawing: Drawing::Lines, count: nothing, draw: |rest| view! { <host::Deliveries rest/> }.into_any() },
    Screen { path: ACCOUNT, name: sentences::YOUR_ACCOUNT, shelf: Shelf::Apart, drawing: Drawing::Person, count: nothing, draw: |_| view! { <Account/> }.into_any() },
];

/// Reports that nobody has dismissed.
fn open_reports(admin: &AdminSession) -> u32 {
    admin.open_reports
}

/// Nothing waits there.
fn nothing(_: &AdminSession) -> u32 {
    0
}

/// The screen of a path; the first for none.
pub fn find(path: &str) -> Option<&'static Screen> {
    if path.is_empty() {
        return SCREENS.first();
    }
    SCREENS.iter().find(|screen| screen.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_has_a_path_of_its_own() {
        for (place, screen) in SCREENS.iter().enumerate() {
            let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
            assert!(!screen.path.is_empty() && screen.path.chars().all(is_plain));
            assert!(
                SCREENS[..place]
                    .iter()
                    .all(|other| other.path != screen.path)
            );
            assert!(!matches!(screen.path, "preview" | "setup" | "invitation"));
        }
    }
}
