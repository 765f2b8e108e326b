//! The logo: shown, uploaded, taken away.
//!
//! The law: a file is judged by the server; here it is only handed over, and what is shown is what the server drew.

use super::desk::use_desk;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, Loudness, Mistake};
use crate::admin::{api, notices};
use crate::frame::{navigation, picture};
use leptos::prelude::*;
use shared::settings::SettingsPage;

const LOGO: &str = "/api/admin/logo";

#[component]
pub fn Logo() -> impl IntoView {
    let desk = use_desk();
    let logo = Memo::new(move |_| {
        desk.page
            .value()
            .with(|page| page.as_ref().and_then(|page| page.settings.logo.clone()))
    });
    let errand = Errand::new();
    let done = notices::speaker();
    let upload = move |event: leptos::ev::Event| {
        let Some(file) = picture::chosen(&event) else {
            return;
        };
        let call = async move { api::upload::<SettingsPage>(LOGO, file).await };
        errand.run(call, move |page| {
            desk.changed_apart(page);
            done.run(say::LOGO_SAVED.into());
        });
    };
    let remove = move |()| {
        // Its button goes with the logo.
        navigation::focus_around();
        errand.run(
            async { api::delete::<SettingsPage>(LOGO).await },
            move |page| {
                desk.changed_apart(page);
                done.run(say::LOGO_REMOVED.into());
            },
        );
    };
    let shown = move || {
        logo.get().map(|id| {
            let path = ["/pictures/", id.as_str()].concat();
            view! {
                <img class="settings-logo-picture" src=path alt=say::LOGO_ALT/>
                <Button label=say::REMOVE_LOGO loudness=Loudness::Quiet on_press=remove/>
            }
        })
    };
    let label = Signal::derive(move || match logo.with(Option::is_some) {
        true => say::CHANGE_LOGO,
        false => say::UPLOAD_LOGO,
    });
    view! {
        <div class="field" role="group" aria-label=say::LOGO>
            <p class="field-label" aria-hidden="true">{say::LOGO}</p>
            <div class="settings-logo">
                {shown}
                <input
                    type="file"
                    class="said settings-logo-file"
                    id="logo-file"
                    accept="image/png,image/jpeg,image/webp"
                    on:change=upload
                />
                <label class="button act is-quiet" for="logo-file">{label}</label>
            </div>
            <p class="field-help">{say::LOGO_HELP}</p>
            <Mistake words=errand.words()/>
        </div>
    }
}
