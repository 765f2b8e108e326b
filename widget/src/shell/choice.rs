//! Which screen is shown.
//!
//! The law: one pure function of what is known; nothing else decides.

use crate::identity::state::Known;
use shared::identity::{Program, Role};

/// Where somebody went by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Place {
    /// Where their role begins.
    #[default]
    Home,
    /// In the open thread.
    Thread,
    /// Changing the password, at a desk.
    Password,
    /// Where they are signed in, at a desk.
    Sessions,
    /// Where earlier chats are brought by a mailed code.
    Code,
}

/// What the screens are shown in.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Surface {
    /// The card, or a window of its own.
    #[default]
    Card,
    /// The desk on a narrow screen: one thing at a time.
    NarrowDesk,
    /// The desk on a wide screen: list and thread side by side.
    WideDesk,
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
    /// Address and password, at a desk.
    SignIn,
    /// List and thread side by side, at a wide desk.
    Panes,
    /// The pages about the own account, at a narrow one.
    Account,
    /// An address, and the code that was mailed to it.
    Code,
}

/// Chooses. `belongs`: the program that this caller belongs in, which says whether a guest has several conversations.
pub const fn choose(
    surface: Surface,
    known: Known,
    (role, belongs): (Role, Program),
    place: Place,
    is_cookie_lost: bool,
) -> Showing {
    match known {
        Known::Nobody => return Showing::Starting,
        Known::Unreachable => return Showing::Unreachable,
        Known::Stale => return Showing::Stale,
        Known::Somebody if is_cookie_lost => return Showing::OwnWindow,
        Known::Somebody => {}
    }
    if matches!(
        (role, belongs, place),
        (Role::Guest, Program::Agent, Place::Home)
    ) {
        return Showing::Lists;
    }
    match (surface, role, place) {
        (Surface::NarrowDesk | Surface::WideDesk, Role::Visitor, _) => Showing::SignIn,
        (Surface::WideDesk, _, _) => Showing::Panes,
        (_, _, Place::Password | Place::Sessions) => Showing::Account,
        (_, _, Place::Code) => Showing::Code,
        (_, _, Place::Thread) | (_, Role::Guest, Place::Home) => Showing::Thread,
        (_, Role::Visitor, Place::Home) => Showing::Door,
        (_, Role::User | Role::Agent | Role::Admin, Place::Home) => Showing::Lists,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 5] = [
        Role::Visitor,
        Role::Guest,
        Role::User,
        Role::Agent,
        Role::Admin,
    ];
    const PLACES: [Place; 5] = [
        Place::Home,
        Place::Thread,
        Place::Password,
        Place::Sessions,
        Place::Code,
    ];
    const SURFACES: [Surface; 3] = [Surface::Card, Surface::NarrowDesk, Surface::WideDesk];

    fn belongs(role: Role) -> Program {
        match role {
            Role::Visitor | Role::Guest => Program::Widget,
            _ => Program::Agent,
        }
    }

    #[test]
    fn a_guest_with_several_conversations_begins_with_their_list() {
        let guest = (Role::Guest, Program::Agent);
        for (place, showing) in [
            (Place::Home, Showing::Lists),
            (Place::Thread, Showing::Thread),
            (Place::Code, Showing::Code),
        ] {
            let chosen = choose(Surface::Card, Known::Somebody, guest, place, false);
            assert_eq!(chosen, showing);
        }
    }

    #[test]
    fn everybody_begins_where_their_role_begins() {
        let choose = |role, place, lost| {
            let who = (role, belongs(role));
            choose(Surface::Card, Known::Somebody, who, place, lost)
        };
        for (role, showing) in ROLES.into_iter().zip([
            Showing::Door,
            Showing::Thread,
            Showing::Lists,
            Showing::Lists,
            Showing::Lists,
        ]) {
            assert_eq!(choose(role, Place::Home, false), showing);
            assert_eq!(choose(role, Place::Thread, false), Showing::Thread);
            assert_eq!(choose(role, Place::Code, false), Showing::Code);
            assert_eq!(choose(role, Place::Home, true), Showing::OwnWindow);
        }
    }

    #[test]
    fn at_a_desk_nobody_gets_past_the_door_without_signing_in() {
        for surface in [Surface::NarrowDesk, Surface::WideDesk] {
            for place in PLACES {
                let who = (Role::Visitor, Program::Widget);
                let showing = choose(surface, Known::Somebody, who, place, false);
                assert_eq!(showing, Showing::SignIn);
            }
        }
    }

    #[test]
    fn a_narrow_desk_shows_one_thing_at_a_time_and_a_wide_one_all() {
        for (surface, place, showing) in [
            (Surface::NarrowDesk, Place::Home, Showing::Lists),
            (Surface::NarrowDesk, Place::Thread, Showing::Thread),
            (Surface::NarrowDesk, Place::Password, Showing::Account),
            (Surface::NarrowDesk, Place::Sessions, Showing::Account),
            (Surface::WideDesk, Place::Home, Showing::Panes),
            (Surface::WideDesk, Place::Thread, Showing::Panes),
            (Surface::WideDesk, Place::Sessions, Showing::Panes),
        ] {
            let who = (Role::Agent, Program::Agent);
            let chosen = choose(surface, Known::Somebody, who, place, false);
            assert_eq!(chosen, showing, "{surface:?} {place:?}");
        }
    }

    #[test]
    fn while_it_is_not_known_who_is_there_nothing_of_anybody_is_shown() {
        for surface in SURFACES {
            for (role, place) in ROLES
                .into_iter()
                .flat_map(|role| PLACES.map(|place| (role, place)))
            {
                for (known, showing) in [
                    (Known::Nobody, Showing::Starting),
                    (Known::Stale, Showing::Stale),
                ] {
                    let who = (role, belongs(role));
                    assert_eq!(choose(surface, known, who, place, false), showing);
                }
            }
        }
    }
}
