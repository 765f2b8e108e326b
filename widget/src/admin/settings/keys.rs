//! Identity keys: created, shown once, retired, deleted.
//!
//! The law: a secret is in the dialog that shows it and nowhere else; closing it is the end of it.

use super::desk::use_desk;
use super::general::one_of;
use crate::admin::errand::Errand;
use crate::admin::moment::moment_words;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{
    Asked, Button, Choice, Confirm, CopyBlock, CopyLine, Dialog, Empty, FieldKind, Loudness,
    Mistake, Section, TextArea, TextField,
};
use crate::admin::{api, notices};
use crate::frame::navigation;
use crate::net::path::segment;
use leptos::prelude::*;
use shared::problem::Field;
use shared::settings::{KeyAlgorithm, KeyMade, KeyRow, MakeKey, SettingsPage};

const KEYS: &str = "/api/admin/keys";

#[component]
pub fn Keys() -> impl IntoView {
    let desk = use_desk();
    let keys = Memo::new(move |_| {
        let keys = desk
            .page
            .value()
            .with(|page| page.as_ref().map(|page| page.keys.clone()));
        keys.unwrap_or_default()
    });
    let is_making = RwSignal::new(false);
    let make = move || {
        view! { <Button label=say::MAKE_KEY loudness=Loudness::Quiet on_press=move |()| is_making.set(true)/> }
    };
    let asked = Asked::<KeyRow>::new();
    let list = move || {
        let keys = keys.get();
        match keys.is_empty() {
            true => view! { <Empty words=say::NO_KEYS>{make()}</Empty> }.into_any(),
            false => {
                let rows = keys.into_iter().map(|key| view! { <Line key asked/> });
                view! {
                    <ul class="rows-list" aria-label=say::KEYS>{rows.collect_view()}</ul>
                    <div class="card-actions">{make()}</div>
                }
                .into_any()
            }
        }
    };
    view! {
        <Section id="identity-keys" title=say::KEYS help=say::KEYS_HELP>
            {list}
            <Making open=is_making/>
            <Ending asked/>
        </Section>
    }
}

fn row_words(key: &KeyRow) -> String {
    let when = match (key.created_at, key.retired_at) {
        (_, Some(at)) => [say::RETIRED, " ", &moment_words(at)].concat(),
        (Some(at), None) => [say::IN_USE, " · ", say::CREATED, " ", &moment_words(at)].concat(),
        (None, None) => [say::IN_USE, " · ", say::OPERATOR_KEY].concat(),
    };
    [key.algorithm.name(), " · ", &when].concat()
}

/// What can be done with a key: first it is retired, then deleted.
fn next_of(key: &KeyRow) -> &'static str {
    match key.retired_at {
        None => say::RETIRE,
        Some(_) => say::DELETE,
    }
}

#[component]
fn Line(key: KeyRow, asked: Asked<KeyRow>) -> impl IntoView {
    let words = row_words(&key);
    let key_id = key.key_id.clone();
    // The operator's keys are changed where they were given.
    let button = key.created_at.is_some().then(|| {
        let action = next_of(&key);
        let name = say::about_key(action, &key.key_id);
        view! { <Button label=action loudness=Loudness::Danger name on_press=move |()| asked.ask(key.clone())/> }
    });
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name">{key_id}</p>
                <p class="rows-list-more">{words}</p>
            </div>
            {button}
        </li>
    }
}

/// Asks before a key is retired or deleted.
#[component]
fn Ending(asked: Asked<KeyRow>) -> impl IntoView {
    let desk = use_desk();
    let done = notices::speaker();
    let end = move |key: KeyRow| {
        let is_retired = key.retired_at.is_some();
        let path = segment(KEYS, &key.key_id);
        let call = async move {
            match is_retired {
                true => api::delete::<SettingsPage>(&path).await,
                false => api::ask::<SettingsPage>(&[&path, "/retire"].concat()).await,
            }
        };
        asked.errand().run(call, move |page| {
            asked.close();
            desk.changed_apart(page);
            done.run(match is_retired {
                true => say::KEY_DELETED.into(),
                false => say::KEY_RETIRED.into(),
            });
            navigation::focus_in_place("identity-keys");
        });
    };
    let words = |key: &KeyRow| {
        vec![match key.retired_at {
            None => say::RETIRE_WORDS.to_owned(),
            Some(_) => say::DELETE_KEY_WORDS.to_owned(),
        }]
    };
    let action = Signal::derive(move || asked.thing().as_ref().map_or(say::RETIRE, next_of));
    view! {
        <Confirm asked title=|key: &KeyRow| say::end_key_question(next_of(key), &key.key_id) words action on_yes=end/>
    }
}

/// Creating one, and what was created.
#[component]
fn Making(open: RwSignal<bool>) -> impl IntoView {
    let made: RwSignal<Option<KeyMade>> = RwSignal::new(None);
    Effect::new(move |_| {
        if !open.get() {
            made.set(None);
        }
    });
    let title = Signal::derive(move || match made.with(Option::is_some) {
        true => say::KEY_MADE.into(),
        false => String::from(say::MAKE_KEY),
    });
    view! {
        <Dialog title open>
            {move || match made.get() {
                Some(key) => view! { <Made key open/> }.into_any(),
                None => view! { <Form made/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(made: RwSignal<Option<KeyMade>>) -> impl IntoView {
    let desk = use_desk();
    let key_id = RwSignal::new(String::new());
    let public_key = RwSignal::new(String::new());
    let algorithm = RwSignal::new(KeyAlgorithm::Hs256);
    let errand = Errand::new();
    let choice = one_of(
        algorithm.into(),
        vec![
            KeyAlgorithm::Hs256,
            KeyAlgorithm::Es256,
            KeyAlgorithm::EdDsa,
        ],
        say::algorithm,
    );
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let algorithm = algorithm.get_untracked();
        let command = MakeKey {
            key_id: key_id.get_untracked().trim().into(),
            algorithm,
            public_key: match algorithm {
                KeyAlgorithm::Hs256 => String::new(),
                KeyAlgorithm::Es256 | KeyAlgorithm::EdDsa => public_key.get_untracked(),
            },
        };
        let call = async move { api::post::<_, KeyMade>(KEYS, &command).await };
        errand.run(call, move |key| {
            made.set(Some(key));
            // The form goes away with the press.
            navigation::focus_on_first("dialog[open] h2");
            desk.page.again();
        });
    };
    view! {
        <form class="card-form" on:submit=send novalidate=true>
            <TextField
                label=say::KEY_ID
                kind=FieldKind::Code
                value=key_id
                help=say::KEY_ID_HELP
                mistake=errand.words_about(Field::KeyId)
            />
            <Choice label=say::ALGORITHM value=choice.0 options=choice.1/>
            <Show when=move || algorithm.get() != KeyAlgorithm::Hs256>
                <TextArea
                    label=say::PUBLIC_KEY
                    value=public_key
                    help=say::PUBLIC_KEY_HELP
                    mistake=errand.words_about(Field::PublicKey)
                />
            </Show>
            <Mistake words=errand.words_besides(&[Field::KeyId, Field::PublicKey])/>
            <div class="card-actions">
                <Button label=say::MAKE_KEY_NOW submits=true busy=errand.busy()/>
            </div>
        </form>
    }
}

#[component]
fn Made(key: KeyMade, open: RwSignal<bool>) -> impl IntoView {
    let origin = use_session().part(|admin| admin.public_origin.clone());
    let key_id = key.key.key_id.clone();
    let algorithm = key.key.algorithm.name();
    let site_id = use_session().admin().with_untracked(|admin| {
        admin
            .as_ref()
            .map(|admin| admin.site_id.to_string())
            .unwrap_or_default()
    });
    let snippet = Signal::derive(move || snippet(&origin.get(), &key_id, algorithm, &site_id));
    let secret = match key.secret {
        Some(secret) => view! {
            <p>{say::KEY_SECRET_ONCE}</p>
            <CopyLine label=say::KEY_SECRET text=secret/>
        }
        .into_any(),
        None => view! { <p>{say::KEY_PUBLIC_KEPT}</p> }.into_any(),
    };
    view! {
        {secret}
        <CopyBlock label=say::KEY_SNIPPET text=snippet/>
        <p class="card-help">{say::KEY_GUIDE}</p>
        <div class="card-actions">
            <Button label=say::KEY_CLOSE on_press=move |()| open.set(false)/>
        </div>
    }
}

/// What a host developer needs of it: the tag, the token's header, the token's claims.
fn snippet(origin: &str, key_id: &str, algorithm: &str, site_id: &str) -> String {
    [
        "<script src=\"",
        origin,
        "/embed.js\" data-identity-url=\"/chat-token\" async></script>\n{\"alg\":\"",
        algorithm,
        "\",\"kid\":\"",
        key_id,
        "\"}\n{\"iss\":\"",
        site_id,
        "\",\"aud\":\"porchlight:",
        site_id,
        "\",\"sub\":…,\"iat\":…,\"exp\":…,\"jti\":…,\"name\":…}",
    ]
    .concat()
}
