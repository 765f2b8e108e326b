//! Looking for somebody: a field, and who was found.
//!
//! The law: nothing is listed before somebody looks for something; the list is said aloud when it changes.

use super::{api, face_of};
use crate::admin::load::Pages;
use crate::admin::search::settled;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, FaceView, FieldKind, Loudness, Rows, TextField};
use crate::frame::navigation;
use crate::net::Failure;
use crate::ui::unique_id;
use leptos::prelude::*;
use shared::group::PersonRow;

/// `draw` draws one who was found, as `<li>`.
#[component]
pub fn FoundPeople(
    label: &'static str,
    #[prop(into)] draw: Callback<PersonRow, AnyView>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let search = settled(typed);
    let pages = Pages::load(move |cursor| found(search.get(), cursor));
    let empty = Signal::derive(move || match search.with(Option::is_some) {
        true => say::NOBODY_FOUND.to_owned(),
        false => say::ADD_PEOPLE_FIRST.into(),
    });
    view! {
        <TextField label kind=FieldKind::Search value=typed/>
        <div class="found" role="group" aria-label=say::PEOPLE_LIST>
            <Rows
                pages
                label=say::PEOPLE_LIST
                empty
                key=|person: &PersonRow| person.person_id.as_str().to_owned()
                draw=move |person| draw.run(person)
            />
        </div>
    }
}

async fn found(
    search: Option<String>,
    cursor: Option<String>,
) -> Result<(Vec<PersonRow>, Option<String>), Failure> {
    match search {
        Some(search) => api::people("users".into(), Some(search), cursor).await,
        None => Ok((Vec::new(), None)),
    }
}

/// One person of all.
#[component]
pub fn PickPerson(label: &'static str, picked: RwSignal<Option<PersonRow>>) -> impl IntoView {
    let id = unique_id();
    let place = id.clone();
    // What was pressed goes away with the press.
    Effect::new(move |before: Option<bool>| {
        let is_picked = picked.with(Option::is_some);
        if before.is_some_and(|before| before != is_picked) {
            navigation::focus_in_place(place.clone());
        }
        is_picked
    });
    let draw = Callback::new(move |person: PersonRow| view! { <Line person picked/> }.into_any());
    let shown = move || match picked.get() {
        Some(person) => {
            let face = face_of(&person);
            let another = say::pick_another_than(&person.name);
            view! {
                <div class="field">
                    <p class="field-label" aria-hidden="true">{label}</p>
                    <div class="rows-list-row">
                        <FaceView face/>
                        <p class="rows-list-words" dir="auto">{person.name}</p>
                        <Button label=say::PICK_ANOTHER loudness=Loudness::Quiet name=another on_press=move |()| picked.set(None)/>
                    </div>
                </div>
            }
            .into_any()
        }
        None => view! { <FoundPeople label draw/> }.into_any(),
    };
    view! { <div class="who-one" id=id tabindex="-1" role="group" aria-label=label>{shown}</div> }
}

#[component]
fn Line(person: PersonRow, picked: RwSignal<Option<PersonRow>>) -> impl IntoView {
    let face = face_of(&person);
    let (name, email) = (person.name.clone(), person.email.clone());
    view! {
        <li>
            <button type="button" class="rows-list-row found-one" on:click=move |_| picked.set(Some(person.clone()))>
                <FaceView face/>
                <span class="rows-list-words">
                    <span class="rows-list-name" dir="auto">{name}</span>
                    <span class="rows-list-more found-email">{email.unwrap_or_else(|| say::NO_ADDRESS.into())}</span>
                </span>
            </button>
        </li>
    }
}
