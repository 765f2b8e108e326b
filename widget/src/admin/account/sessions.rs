//! Where one is signed in.
//!
//! The law: the session that asks is marked, and ended by *Sign out* only.

use crate::admin::errand::Errand;
use crate::admin::load::load;
use crate::admin::moment::Moment;
use crate::admin::ui::{Button, Loudness, Mistake, Section, Shown};
use crate::admin::{api, notices, sentences as say};
use crate::frame::navigation;
use crate::net::Method;
use crate::net::path::segment;
use leptos::prelude::*;
use shared::account::{SessionDoor, SessionList, SessionRow};

const SESSIONS: &str = "/api/account/sessions";

#[component]
pub fn Sessions() -> impl IntoView {
    let loaded = load(|| api::get::<SessionList>(SESSIONS));
    let errand = Errand::new();
    let done = notices::speaker();
    let end = Callback::new(move |name: String| {
        let call = async move { api::order(Method::Delete, &segment(SESSIONS, &name)).await };
        errand.run(call, move |()| {
            loaded.again();
            done.run(say::SESSION_ENDED.into());
            // The button that was pressed goes with its row.
            navigation::focus_in_place("sessions");
        });
    });
    let draw = move |list: Signal<SessionList>| {
        view! {
            <ul class="rows-list" aria-label=say::SESSIONS>
                {move || list.get().sessions.into_iter().map(|row| view! { <Line row end/> }).collect_view()}
            </ul>
        }
    };
    view! {
        <Section id="sessions" title=say::SESSIONS help=say::SESSIONS_HELP>
            <Mistake words=errand.words()/>
            <Shown loaded draw/>
        </Section>
    }
}

#[component]
fn Line(row: SessionRow, end: Callback<String>) -> impl IntoView {
    let device = say::device(&row.device);
    let door = match row.door {
        SessionDoor::Chat => say::DOOR_CHAT,
        SessionDoor::Admin => say::DOOR_ADMIN,
    };
    let name = say::end_session_on(&device, door);
    let action = match row.is_own {
        true => view! { <span class="rows-list-mark">{say::THIS_SESSION}</span> }.into_any(),
        false => {
            let press = move |()| end.run(row.name.clone());
            view! { <Button label=say::END_SESSION loudness=Loudness::Quiet on_press=press name/> }
                .into_any()
        }
    };
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name">{device}</p>
                <p class="rows-list-more">{door}" · "{say::LAST_USED}" "<Moment time=row.last_used_at/></p>
            </div>
            {action}
        </li>
    }
}
