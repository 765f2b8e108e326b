//! Everybody: users, or guests.
//!
//! The law: whether somebody is an admin, disabled or has a password is said in words beside their name.

use super::{api, face_of};
use crate::admin::groups::{place, use_board};
use crate::admin::load::Pages;
use crate::admin::search::settled;
use crate::admin::sentences as say;
use crate::admin::ui::{
    Choice, ChoiceOption, FaceView, FieldKind, Mark, MarkKind, Rows, Section, TextField,
};
use leptos::prelude::*;
use shared::group::PersonRow;

const USERS: &str = "users";
const GUESTS: &str = "guests";

#[component]
pub fn People() -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let search = settled(typed);
    let of = RwSignal::new(USERS.to_owned());
    let pages = Pages::load(move |cursor| api::people(of.get(), search.get(), cursor));
    let empty =
        Signal::derive(
            move || match (search.with(Option::is_some), of.with(|of| of == USERS)) {
                (true, _) => say::NOBODY_FOUND.to_owned(),
                (false, true) => say::PEOPLE_EMPTY.into(),
                (false, false) => say::GUESTS_EMPTY.into(),
            },
        );
    let kinds = vec![
        ChoiceOption::new(USERS, say::SHOW_USERS),
        ChoiceOption::new(GUESTS, say::SHOW_GUESTS),
    ];
    view! {
        <Section id="people" title=say::PEOPLE_LIST>
            <div class="filter-line">
                <TextField label=say::SEARCH_PEOPLE kind=FieldKind::Search value=typed help=say::SEARCH_HELP/>
                <Choice label=say::PEOPLE_SHOW value=of options=kinds/>
            </div>
            <p><a href=place::INVITATIONS>{say::INVITE}</a></p>
            <Rows
                pages
                label=say::PEOPLE_LIST
                empty
                key=|person: &PersonRow| person.person_id.as_str().to_owned()
                draw=|person| view! { <li class="rows-list-row"><PersonLine person/></li> }
            />
        </Section>
    }
}

/// Somebody's face, name, marks, address and groups.
#[component]
pub fn PersonLine(person: PersonRow) -> impl IntoView {
    let board = use_board().0.value();
    let address = place::of_person(&person.person_id);
    let face = face_of(&person);
    let groups = person.groups.clone();
    let names = move || {
        let names = board.with(|board| {
            let known = board
                .as_ref()?
                .groups
                .iter()
                .filter(|group| groups.contains(&group.group_id));
            Some(
                known
                    .map(|group| group.name.clone())
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        });
        names
            .filter(|names| !names.is_empty())
            .map(|names| [" · ", &names].concat())
    };
    view! {
        <FaceView face/>
        <div class="rows-list-words">
            <p class="rows-list-name">
                <a href=address dir="auto">{person.name.clone()}</a>
                <PersonMarks person=person.clone()/>
            </p>
            <p class="rows-list-more">{person.email.unwrap_or_else(|| say::NO_ADDRESS.into())}{names}</p>
        </div>
    }
}

/// What is particular about somebody.
#[component]
pub fn PersonMarks(person: PersonRow) -> impl IntoView {
    let marks = [
        (person.is_admin, say::ADMIN_MARK, MarkKind::Strong),
        (person.is_disabled, say::DISABLED_MARK, MarkKind::Warning),
        (person.is_guest, say::GUEST_MARK, MarkKind::Plain),
        (person.has_account, say::ACCOUNT_MARK, MarkKind::Plain),
        (
            person.external_id.is_some(),
            say::HOST_MARK,
            MarkKind::Plain,
        ),
    ];
    let shown = marks.into_iter().filter(|(is_so, ..)| *is_so);
    shown
        .map(|(_, words, kind)| view! { " "<Mark words kind/> })
        .collect_view()
}
