//! Putting people into a group: look for them, add them, one after the other.
//!
//! The law: whoever is in it already is shown as such, so nobody is looked for twice.

use super::api;
use crate::admin::errand::Errand;
use crate::admin::people::{FoundPeople, face_of};
use crate::admin::ui::{Button, Dialog, FaceView, Loudness, Mark, Mistake};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use crate::ui::unique_id;
use leptos::prelude::*;
use shared::group::PersonRow;
use shared::ids::{GroupId, PersonId};

#[component]
pub fn AddPeople(
    group_id: GroupId,
    #[prop(into)] name: Signal<String>,
    open: RwSignal<bool>,
    #[prop(into)] on_added: Callback<()>,
) -> impl IntoView {
    let title = Signal::derive(move || say::add_people_to(&name.get()));
    let errand = Errand::new();
    let done = notices::speaker();
    let status = RwSignal::new(String::new());
    let added = RwSignal::new(Vec::<PersonId>::new());
    let of = group_id.clone();
    let add = Callback::new(move |person: PersonRow| {
        let (group_id, person_id) = (of.clone(), person.person_id.clone());
        let said = say::person_added(&person.name, &name.get_untracked());
        errand.run(
            async move { api::put_in(&group_id, &person_id).await },
            move |()| {
                added.update(|added| added.push(person.person_id));
                status.set(said.clone());
                done.run(said);
                on_added.run(());
            },
        );
    });
    let draw = Callback::new(move |person: PersonRow| {
        let is_there = {
            let (group_id, person_id) = (group_id.clone(), person.person_id.clone());
            let was_there = person.groups.contains(&group_id);
            Signal::derive(move || was_there || added.with(|added| added.contains(&person_id)))
        };
        view! { <Line person is_there add/> }.into_any()
    });
    view! {
        <Dialog title open>
            <FoundPeople label=say::SEARCH_PEOPLE draw/>
            <Mistake words=errand.words()/>
            <p class="said" role="status">{status}</p>
            <div class="card-actions">
                <Button label=say::DONE loudness=Loudness::Quiet on_press=move |()| open.set(false)/>
            </div>
        </Dialog>
    }
}

#[component]
fn Line(person: PersonRow, is_there: Signal<bool>, add: Callback<PersonRow>) -> impl IntoView {
    let name = person.name.clone();
    let button = say::add_whom(&name);
    let face = face_of(&person);
    let email = person
        .email
        .clone()
        .unwrap_or_else(|| say::NO_ADDRESS.into());
    let id = unique_id();
    let place = id.clone();
    // The button goes away with the press.
    Effect::new(move |before: Option<bool>| {
        let is_there = is_there.get();
        if before == Some(false) && is_there {
            navigation::focus_in_place(place.clone());
        }
        is_there
    });
    let action = move || match is_there.get() {
        true => view! { <Mark words=say::IN_IT_ALREADY/> }.into_any(),
        false => {
            let person = person.clone();
            view! {
                <Button label=say::ADD loudness=Loudness::Quiet name=button.clone() on_press=move |()| add.run(person.clone())/>
            }
            .into_any()
        }
    };
    view! {
        <li class="rows-list-row" id=id tabindex="-1">
            <FaceView face/>
            <div class="rows-list-words">
                <p class="rows-list-name" dir="auto">{name}</p>
                <p class="rows-list-more">{email}</p>
            </div>
            {action}
        </li>
    }
}
