//! User Groups on or off, saved at once.
//!
//! The law: it is the same setting as in *Settings*, saved with the version that was read.

use super::use_board;
use crate::admin::errand::Errand;
use crate::admin::ui::{Mistake, Section, Toggle, Value};
use crate::admin::{api, notices, sentences as say};
use crate::net::Failure;
use leptos::prelude::*;
use shared::problem::ProblemCode;
use shared::settings::{SaveSettings, SettingsPage, Switch};

const SETTINGS: &str = "/api/admin/settings";

#[component]
pub fn GroupsSwitch() -> impl IntoView {
    let board = use_board().0;
    let errand = Errand::new();
    let done = notices::speaker();
    let saved = move || {
        board.value().with(|board| {
            board
                .as_ref()
                .is_some_and(|board| board.user_groups.is_on())
        })
    };
    // What was pressed shows until the answer is there; a refusal shows what is true again.
    let wanted = RwSignal::new(None);
    let turn = move |switch: Switch| {
        wanted.set(Some(switch));
        errand.run(save(switch), move |_| {
            board.again();
            done.run(match switch {
                Switch::On => say::GROUPS_TURNED_ON.into(),
                Switch::Off => say::GROUPS_TURNED_OFF.into(),
            });
        });
    };
    Effect::new(move |_| {
        board.value().track();
        wanted.set(None);
    });
    Effect::new(move |_| {
        if errand.failure().is_some() {
            wanted.set(None);
        }
    });
    let value = Value::new(
        move || {
            wanted
                .get()
                .unwrap_or(if saved() { Switch::On } else { Switch::Off })
        },
        turn,
    );
    let is_known = Memo::new(move |_| board.value().with(Option::is_some));
    let is_about_guests = move || errand.is_refused_as(ProblemCode::GuestModeIsOn);
    view! {
        <Section id="user-groups" title=say::USER_GROUPS>
            <Show when=move || is_known.get()>
                <Toggle label=say::GROUPS_SWITCH value help=say::GROUPS_SWITCH_HELP/>
            </Show>
            <Mistake words=errand.words()/>
            <Show when=is_about_guests>
                <p><a href="/admin/settings#guest-mode">{say::GUEST_MODE_LINK}</a></p>
            </Show>
        </Section>
    }
}

async fn save(switch: Switch) -> Result<SettingsPage, Failure> {
    let mut page: SettingsPage = api::get(SETTINGS).await?;
    page.settings.user_groups = switch;
    let command = SaveSettings {
        version: page.version,
        settings: page.settings,
    };
    api::put(SETTINGS, &command).await
}
