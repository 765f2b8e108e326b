//! Adding a webhook, and its secret.
//!
//! The law: the secret is in this dialog and nowhere else; closing it is the end of it.

use super::api;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, CopyLine, Dialog, FieldKind, Mistake, Pick, PickAny, TextField};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::host::{MakeWebhook, WebhookEvent, WebhookMade};
use shared::problem::Field;

#[component]
pub fn AddingWebhook(open: RwSignal<bool>, #[prop(into)] on_made: Callback<()>) -> impl IntoView {
    let made: RwSignal<Option<WebhookMade>> = RwSignal::new(None);
    // Closed: forgotten.
    Effect::new(move |_| {
        if !open.get() {
            made.set(None);
        }
    });
    let title = Signal::derive(move || match made.with(Option::is_some) {
        true => say::WEBHOOK_MADE.into(),
        false => String::from(say::ADD_WEBHOOK),
    });
    view! {
        <Dialog title open>
            {move || match made.get() {
                Some(webhook) => view! { <Shown webhook open/> }.into_any(),
                None => view! { <Form made on_made/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(made: RwSignal<Option<WebhookMade>>, on_made: Callback<()>) -> impl IntoView {
    let url = RwSignal::new(String::new());
    let events = RwSignal::new(WebhookEvent::ALL.to_vec());
    let tried = RwSignal::new(false);
    let errand = Errand::new();
    let refused = errand.words_about(Field::WebhookEvents);
    let mistake = Signal::derive(move || {
        let is_empty = tried.get() && events.with(Vec::is_empty);
        let own = is_empty.then(|| say::WEBHOOK_EVENTS_NEEDED.to_owned());
        own.or_else(|| refused.get())
    });
    let url_refused = errand.words_about(Field::WebhookUrl);
    let url_mistake = Signal::derive(move || {
        let is_empty = tried.get() && url.with(|url| url.trim().is_empty());
        let own = is_empty.then(|| say::WEBHOOK_URL_NEEDED.to_owned());
        own.or_else(|| url_refused.get())
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let chosen = events.get_untracked();
        if chosen.is_empty() || url.with_untracked(|url| url.trim().is_empty()) {
            return navigation::focus_on_mistake();
        }
        let command = MakeWebhook {
            url: url.get_untracked().trim().into(),
            events: chosen,
        };
        errand.run(api::add_webhook(command), move |webhook| {
            made.set(Some(webhook));
            // The form goes away with the press.
            navigation::focus_on_first("dialog[open] h2");
            on_made.run(());
        });
    };
    let picks = WebhookEvent::ALL
        .map(|event| {
            Pick::new(
                event,
                say::webhook_event(event),
                say::webhook_event_help(event),
            )
        })
        .to_vec();
    view! {
        <form class="card-form" on:submit=send novalidate=true>
            <TextField
                label=say::WEBHOOK_URL
                kind=FieldKind::Code
                value=url
                help=say::WEBHOOK_URL_HELP
                mistake=url_mistake
            />
            <PickAny label=say::WEBHOOK_EVENTS value=events picks mistake/>
            <Mistake words=errand.words_besides(&[Field::WebhookUrl, Field::WebhookEvents])/>
            <div class="card-actions">
                <Button label=say::WEBHOOK_ADD_NOW submits=true busy=errand.busy()/>
            </div>
        </form>
    }
}

#[component]
fn Shown(webhook: WebhookMade, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <p>{say::WEBHOOK_SECRET_WORDS}</p>
        <CopyLine label=say::WEBHOOK_SECRET text=webhook.secret/>
        <div class="card-actions">
            <Button label=say::KEY_CLOSE on_press=move |()| open.set(false)/>
        </div>
    }
}
