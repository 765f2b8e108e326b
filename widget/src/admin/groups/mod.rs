//! *User Groups*: groups and their people, permissions, everybody, invitations.
//!
//! The law: every part has an address of its own, and all of them show the same board.

/// Putting people into a group.
mod add_people;
/// Calls.
mod api;
/// Renaming and deleting.
mod change;
/// All groups.
mod list;
/// The ticks of every group with every other.
mod matrix;
/// The people of one group.
mod members;
/// One group.
mod one;
/// Where somebody is.
pub mod place;
/// User Groups on or off.
mod switch;
/// Ticks that are saved one after the other.
mod ticking;
/// The ticks, as they will be.
mod ticks;
/// Who may chat with whom.
mod who;

use super::load::{Loaded, load};
use super::people::{Invitations, OnePerson, People};
use super::sentences as say;
use super::ui::{Empty, Page, Tab, Tabs};
use leptos::prelude::*;
use place::Place;
use shared::group::GroupBoard;
use ticking::Ticking;

const TABS: &[Tab] = &[
    Tab {
        address: place::GROUPS,
        name: say::GROUPS_TAB,
    },
    Tab {
        address: place::PERMISSIONS,
        name: say::PERMISSIONS_TAB,
    },
    Tab {
        address: place::PEOPLE,
        name: say::PEOPLE_TAB,
    },
    Tab {
        address: place::INVITATIONS,
        name: say::INVITATIONS_TAB,
    },
];

/// Everything about groups, for every part of the screen.
#[derive(Clone, Copy)]
pub struct Board(pub Loaded<GroupBoard>);

pub fn use_board() -> Board {
    expect_context()
}

#[component]
pub fn Groups(rest: Signal<String>) -> impl IntoView {
    let board = load(api::board);
    provide_context(Board(board));
    provide_context(Ticking::new(board));
    let place = Memo::new(move |_| rest.with(|rest| Place::parse(rest)));
    let here = Signal::derive(move || place.with(Place::tab));
    let draw = move || match place.get() {
        Place::Groups => view! { <list::GroupList/> }.into_any(),
        Place::Group(group_id) => view! { <one::OneGroup group_id/> }.into_any(),
        Place::Permissions => view! { <matrix::PermissionMatrix/><who::Who/> }.into_any(),
        Place::People => view! { <People/> }.into_any(),
        Place::Person(person_id) => view! { <OnePerson person_id/> }.into_any(),
        Place::Invitations => view! { <Invitations/> }.into_any(),
        Place::Nowhere => view! { <Empty words=say::NOT_A_PAGE_WORDS.to_owned()/> }.into_any(),
    };
    view! {
        <Page title=say::USER_GROUPS lead=say::USER_GROUPS_LEAD>
            <Tabs label=say::GROUP_PAGES tabs=TABS here/>
            {draw}
        </Page>
    }
}
