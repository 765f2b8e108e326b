//! How somebody signs in: a link for a new password, where they are signed in, and ending all of it.
//!
//! The law: a link is shown once, to the admin who made it.

use super::api;
use super::made::{MadeLink, MadeWords};
use crate::admin::errand::Errand;
use crate::admin::load::Loaded;
use crate::admin::moment::Moment;
use crate::admin::ui::{Asked, Button, Confirm, Loudness, Mistake, Section};
use crate::admin::{notices, sentences as say};
use leptos::prelude::*;
use shared::account::{InvitationMade, PersonShown, SessionDoor, SessionRow};
use shared::group::PersonRow;

#[component]
pub fn SigningIn(shown: Signal<PersonShown>, loaded: Loaded<PersonShown>) -> impl IntoView {
    let errand = Errand::new();
    let made = RwSignal::new(None::<InvitationMade>);
    let make_link = move |()| {
        let person_id = shown.with_untracked(|shown| shown.person.person_id.clone());
        errand.run(
            async move { api::make_password_link(&person_id).await },
            move |answer| made.set(Some(answer)),
        );
    };
    let asked = Asked::<PersonRow>::new();
    let done = notices::speaker();
    let sign_out = move |person: PersonRow| {
        let person_id = person.person_id.clone();
        asked.errand().run(
            async move { api::sign_out_everywhere(&person_id).await },
            move |()| {
                asked.close();
                loaded.again();
                done.run(say::is_signed_out_now(&person.name));
            },
        );
    };
    view! {
        <Section id="signing-in" title=say::SIGNING_IN_OF help=say::SIGNING_IN_HELP>
            <Mistake words=errand.words()/>
            <div class="card-actions">
                <Button label=say::PASSWORD_LINK loudness=Loudness::Quiet busy=errand.busy() on_press=make_link/>
                <Button
                    label=say::SIGN_OUT_EVERYWHERE
                    loudness=Loudness::Danger
                    on_press=move |()| asked.ask(shown.with_untracked(|shown| shown.person.clone()))
                />
            </div>
            <h3 class="card-subtitle">{say::THEIR_SESSIONS}</h3>
            {move || shown.with(|shown| sessions(&shown.sessions))}
        </Section>
        <MadeLink made words=MadeWords::Password/>
        <Confirm
            asked
            title=|person: &PersonRow| say::sign_out_question(&person.name)
            words=|_: &PersonRow| vec![say::SIGN_OUT_WORDS.to_owned()]
            action=say::SIGN_OUT_EVERYWHERE
            on_yes=sign_out
        />
    }
}

fn sessions(sessions: &[SessionRow]) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="card-help">{say::SIGNED_IN_NOWHERE}</p> }.into_any();
    }
    let line = |row: &SessionRow| {
        let door = match row.door {
            SessionDoor::Chat => say::DOOR_CHAT,
            SessionDoor::Admin => say::DOOR_ADMIN,
        };
        view! {
            <li class="rows-list-row">
                <div class="rows-list-words">
                    <p class="rows-list-name">{say::device(&row.device)}</p>
                    <p class="rows-list-more">{door}" · "{say::LAST_USED}" "<Moment time=row.last_used_at/></p>
                </div>
            </li>
        }
    };
    view! { <ul class="rows-list" aria-label=say::THEIR_SESSIONS>{sessions.iter().map(line).collect_view()}</ul> }.into_any()
}
