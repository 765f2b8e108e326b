//! One person: who they are, what they may do, how they sign in.
//!
//! The law: a guest has neither powers nor a log-in, so nothing of that is offered.

use super::erase::Erase;
use super::export::Export;
use super::list::PersonMarks;
use super::powers::Powers;
use super::signing_in::SigningIn;
use super::{api, face_of};
use crate::admin::groups::{place, use_board};
use crate::admin::load::load;
use crate::admin::moment::Moment;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{FaceView, Shown};
use leptos::prelude::*;
use shared::account::PersonShown;
use shared::group::PersonRow;
use shared::ids::PersonId;

#[component]
pub fn OnePerson(person_id: PersonId) -> impl IntoView {
    let loaded = load(move || api::person(person_id.clone()));
    let own = use_session().part(|admin| Some(admin.person.person_id.clone()));
    let draw = move |shown: Signal<PersonShown>| {
        let person = Memo::new(move |_| shown.with(|shown| shown.person.clone()));
        let is_guest = person.with_untracked(|person| person.is_guest);
        let more = (!is_guest).then(|| {
            view! {
                <Powers person on_changed=move |()| loaded.again()/>
                <SigningIn shown loaded/>
            }
        });
        view! {
            {move || view! { <WhoTheyAre person=person.get()/> }}
            {more}
            <Export person/>
            // Whoever is signed in here is erased by another admin, if at all.
            <Show when=move || own.get() != Some(person.read().person_id.clone())>
                <Erase person/>
            </Show>
        }
    };
    view! {
        <p class="page-back"><a class="page-back-link" href=place::PEOPLE>{say::ALL_PEOPLE}</a></p>
        <Shown loaded draw/>
    }
}

#[component]
fn WhoTheyAre(person: PersonRow) -> impl IntoView {
    let face = face_of(&person);
    let email = person
        .email
        .clone()
        .unwrap_or_else(|| say::NO_ADDRESS.into());
    let host = person.external_id.clone().map(|external_id| {
        view! { <dt class="facts-name">{say::FACT_HOST}</dt><dd class="facts-value">{external_id}</dd> }
    });
    let groups = (!person.is_guest).then(|| {
        let groups = person.clone();
        view! { <dt class="facts-name">{say::FACT_GROUPS}</dt><dd class="facts-value"><GroupLinks person=groups/></dd> }
    });
    view! {
        <section class="card" id="person" tabindex="-1" aria-labelledby="person-title">
            <div class="person-head">
                <FaceView face/>
                <div class="person-who">
                    <h2 class="card-title" id="person-title" dir="auto">{person.name.clone()}</h2>
                    <PersonMarks person=person.clone()/>
                </div>
            </div>
            <dl class="facts">
                <dt class="facts-name">{say::FACT_EMAIL}</dt><dd class="facts-value">{email}</dd>
                {host}
                {groups}
                <dt class="facts-name">{say::FACT_SINCE}</dt><dd class="facts-value"><Moment time=person.created_at/></dd>
            </dl>
        </section>
    }
}

#[component]
fn GroupLinks(person: PersonRow) -> impl IntoView {
    let board = use_board().0.value();
    move || {
        let groups = board.with(|board| {
            let all = board
                .as_ref()
                .map(|board| board.groups.clone())
                .unwrap_or_default();
            all.into_iter()
                .filter(|group| person.groups.contains(&group.group_id))
                .collect::<Vec<_>>()
        });
        if groups.is_empty() {
            return say::NO_GROUPS.into_any();
        }
        let link = |group: shared::group::GroupRow| {
            view! { <li><a href=place::of_group(&group.group_id)>{group.name}</a></li> }
        };
        view! { <ul class="facts-list">{groups.into_iter().map(link).collect_view()}</ul> }
            .into_any()
    }
}
