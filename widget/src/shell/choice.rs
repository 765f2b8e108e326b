//! Which screen is shown.
//!
//! The law: one pure function of what is known; nothing else decides.

use crate::identity::state::Known;
use shared::identity::Role;

/// Where somebody went by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Place {
    /// Where their role begins.
    #[default]
    Home,
    /// In the open thread.
    Thread,
}

/// A screen.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Showing {
    Starting,
    /// The server cannot be asked.
    Unreachable,
    /// "Please reload this page to continue as yourself."
    Stale,
    /// The browser does not let us be remembered here.
    OwnWindow,
    Door,
    /// The lists of whoever has several conversations.
    Lists,
    Thread,
}

/// Chooses.
pub const fn choose(known: Known, role: Role, place: Place, is_cookie_lost: bool) -> Showing {
    match (known, role, place) {
        (Known::Nobody, _, _) => Showing::Starting,
        (Known::Unreachable, _, _) => Showing::Unreachable,
        (Known::Stale, _, _) => Showing::Stale,
        (Known::Somebody, _, _) if is_cookie_lost => Showing::OwnWindow,
        (Known::Somebody, _, Place::Thread) | (Known::Somebody, Role::Guest, Place::Home) => {
            Showing::Thread
        }
        (Known::Somebody, Role::Visitor, Place::Home) => Showing::Door,
        (Known::Somebody, Role::User, Place::Home) => Showing::Lists,
        (Known::Somebody, Role::Agent | Role::Admin, Place::Home) => Showing::Lists,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_begins_where_their_role_begins() {
        for (role, showing) in [
            (Role::Visitor, Showing::Door),
            (Role::Guest, Showing::Thread),
            (Role::User, Showing::Lists),
            (Role::Agent, Showing::Lists),
            (Role::Admin, Showing::Lists),
        ] {
            assert_eq!(choose(Known::Somebody, role, Place::Home, false), showing);
            assert_eq!(
                choose(Known::Somebody, role, Place::Thread, false),
                Showing::Thread
            );
            assert_eq!(
                choose(Known::Somebody, role, Place::Home, true),
                Showing::OwnWindow
            );
        }
    }

    #[test]
    fn while_it_is_not_known_who_is_there_nothing_of_anybody_is_shown() {
        for role in [
            Role::Visitor,
            Role::Guest,
            Role::User,
            Role::Agent,
            Role::Admin,
        ] {
            for place in [Place::Home, Place::Thread] {
                assert_eq!(choose(Known::Nobody, role, place, false), Showing::Starting);
                assert_eq!(choose(Known::Stale, role, place, false), Showing::Stale);
            }
        }
    }
}
