//! The people of one group.
//!
//! The law: who was put in by the host site's token is marked, because the next token may take them out again.

use super::add_people::AddPeople;
use super::{api, place, use_board};
use crate::admin::errand::Errand;
use crate::admin::load::Pages;
use crate::admin::people::face_of;
use crate::admin::search::settled;
use crate::admin::session::use_session;
use crate::admin::ui::{
    Button, FaceView, FieldKind, Loudness, Mark, MarkKind, Mistake, Rows, Section, TextField,
};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::group::{MemberRow, PersonRow};
use shared::ids::GroupId;

#[component]
pub fn Members(group_id: GroupId, #[prop(into)] name: Signal<String>) -> impl IntoView {
    let board = use_board().0;
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let search = settled(typed);
    let asked_of = group_id.clone();
    let pages = Pages::load(move |cursor| api::members(asked_of.clone(), search.get(), cursor));
    let is_adding = RwSignal::new(false);
    let errand = Errand::new();
    let done = notices::speaker();
    let changed = Callback::new(move |()| {
        pages.again();
        board.again();
        session.refresh();
    });
    let taken_from = group_id.clone();
    let remove = Callback::new(move |person: PersonRow| {
        let group_id = taken_from.clone();
        let person_id = person.person_id.clone();
        let said = say::person_removed(&person.name, &name.get_untracked());
        errand.run(
            async move { api::take_out(&group_id, &person_id).await },
            move |()| {
                changed.run(());
                done.run(said);
                navigation::focus_in_place("group-people");
            },
        );
    });
    let empty = Signal::derive(move || match search.with(Option::is_some) {
        true => say::NOBODY_FOUND.to_owned(),
        false => say::GROUP_PEOPLE_EMPTY.into(),
    });
    view! {
        <Section id="group-people" title=say::GROUP_PEOPLE>
            <div class="line-form">
                <TextField label=say::SEARCH_PEOPLE kind=FieldKind::Search value=typed help=say::SEARCH_HELP/>
                <Button label=say::ADD_PEOPLE on_press=move |()| is_adding.set(true)/>
            </div>
            <Mistake words=errand.words()/>
            <Rows
                pages
                label=say::GROUP_PEOPLE
                empty
                key=|row: &MemberRow| (row.person.person_id.as_str().to_owned(), row.by_token)
                draw=move |row| view! { <Line row remove/> }
            />
        </Section>
        <AddPeople group_id name open=is_adding on_added=changed/>
    }
}

#[component]
fn Line(row: MemberRow, remove: Callback<PersonRow>) -> impl IntoView {
    let MemberRow {
        person, by_token, ..
    } = row;
    let address = place::of_person(&person.person_id);
    let name = person.name.clone();
    let button = say::remove_entry(&name);
    let to_remove = person.clone();
    view! {
        <li class="rows-list-row">
            <FaceView face=face_of(&person)/>
            <div class="rows-list-words">
                <p class="rows-list-name">
                    <a href=address dir="auto">{name}</a>
                    {person.is_admin.then(|| view! { <Mark words=say::ADMIN_MARK kind=MarkKind::Strong/> })}
                    {person.is_disabled.then(|| view! { <Mark words=say::DISABLED_MARK kind=MarkKind::Warning/> })}
                    {by_token.then(|| view! { <Mark words=say::BY_TOKEN_MARK/> })}
                </p>
                <p class="rows-list-more">{person.email.unwrap_or_else(|| say::NO_ADDRESS.into())}</p>
            </div>
            <Button label=say::REMOVE loudness=Loudness::Quiet name=button on_press=move |()| remove.run(to_remove.clone())/>
        </li>
    }
}
