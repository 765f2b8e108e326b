//! Keys of the site's server: listed, made, revoked.
//!
//! The law: revoking is asked about first; a key itself is never listed.

use super::api;
use super::ending::{Ending, Ends};
use super::making::MakingKey;
use super::short_list::ShortList;
use crate::admin::load::load;
use crate::admin::moment::{Moment, moment_words};
use crate::admin::sentences as say;
use crate::admin::ui::{Asked, Button, Loudness, Section};
use crate::frame::clock;
use leptos::prelude::*;
use shared::host::HostKeyRow;
use shared::ids::Time;

/// What every call of the API is described in.
const OPENAPI: &str = "/api/openapi.json";
const HOUR_MS: i64 = 60 * 60 * 1_000;
const SECTION: &str = "site-server";

#[component]
pub fn YourServer() -> impl IntoView {
    let loaded = load(api::keys);
    let asked = Asked::<HostKeyRow>::new();
    let is_making = RwSignal::new(false);
    let ends = Ends {
        section: SECTION,
        question: |key: &HostKeyRow| say::revoke_key_question(&key.name),
        words: say::HOST_KEY_REVOKE_WORDS,
        action: say::REVOKE,
        end: |key| api::revoke_key(key.host_key_id.clone()),
        done: |key| say::host_key_revoked(&key.name),
    };
    view! {
        <Section id=SECTION title=say::SITE_SERVER help=say::SITE_SERVER_HELP>
            <ShortList
                loaded
                label=say::HOST_KEYS
                empty=say::NO_HOST_KEYS
                draw=move |key| view! { <Line key asked/> }
            />
            <div class="card-actions">
                <Button
                    label=say::MAKE_HOST_KEY
                    loudness=Loudness::Quiet
                    on_press=move |()| is_making.set(true)
                />
                <p class="card-help">
                    {say::HOST_API}" "
                    <a href=OPENAPI target="_blank" rel="noopener">
                        {say::HOST_API_LINK}<span class="said">" "{say::IN_A_NEW_TAB}</span>
                    </a>"."
                </p>
            </div>
        </Section>
        <MakingKey open=is_making on_made=move |()| loaded.again()/>
        <Ending asked loaded ends/>
    }
}

#[component]
fn Line(key: HostKeyRow, asked: Asked<HostKeyRow>) -> impl IntoView {
    let name = say::revoke_key(&key.name);
    let used = used_words(key.last_used_at);
    let scopes = say::host_scopes(&key.scopes);
    let words = key.name.clone();
    let made = key.created_at;
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name" dir="auto">{words}</p>
                <p class="rows-list-more">{scopes}</p>
                <p class="rows-list-more">{say::MADE}" "<Moment time=made/>" · "{used}</p>
            </div>
            <Button
                label=say::REVOKE
                loudness=Loudness::Danger
                name
                on_press=move |()| asked.ask(key.clone())
            />
        </li>
    }
}

/// When it was last used, as exactly as the server knows: to the hour.
fn used_words(last_used_at: Option<Time>) -> String {
    match last_used_at {
        None => say::HOST_KEY_NEVER_USED.into(),
        Some(at) if clock::server_now().0 - at.0 < HOUR_MS => say::HOST_KEY_USED_NOW.into(),
        Some(at) => [say::HOST_KEY_LAST_USED, " ", &moment_words(at)].concat(),
    }
}
