//! Webhooks: listed with what is wrong with them, added, ended.
//!
//! The law: ending is asked about first; what waits or was given up is said where the webhook is listed.

use super::ending::{Ending, Ends};
use super::short_list::ShortList;
use super::webhook_form::AddingWebhook;
use super::{SCREEN, api};
use crate::admin::load::load;
use crate::admin::moment::Moment;
use crate::admin::ui::{Asked, Button, Loudness, Mark, MarkKind, Section};
use crate::admin::{path, sentences as say};
use leptos::prelude::*;
use shared::host::WebhookRow;

const SECTION: &str = "webhooks";

#[component]
pub fn Webhooks() -> impl IntoView {
    let loaded = load(api::webhooks);
    let asked = Asked::<WebhookRow>::new();
    let is_adding = RwSignal::new(false);
    let ends = Ends {
        section: SECTION,
        question: |webhook: &WebhookRow| say::end_webhook_question(&webhook.url),
        words: say::WEBHOOK_END_WORDS,
        action: say::WEBHOOK_END,
        end: |webhook| api::end_webhook(webhook.webhook_id.clone()),
        done: |_| say::WEBHOOK_ENDED.into(),
    };
    view! {
        <Section id=SECTION title=say::WEBHOOKS help=say::WEBHOOKS_HELP>
            <ShortList
                loaded
                label=say::WEBHOOKS
                empty=say::NO_WEBHOOKS
                draw=move |webhook| view! { <Line webhook asked/> }
            />
            <div class="card-actions">
                <Button
                    label=say::ADD_WEBHOOK
                    loudness=Loudness::Quiet
                    on_press=move |()| is_adding.set(true)
                />
            </div>
        </Section>
        <AddingWebhook open=is_adding on_made=move |()| loaded.again()/>
        <Ending asked loaded ends/>
    }
}

#[component]
fn Line(webhook: WebhookRow, asked: Asked<WebhookRow>) -> impl IntoView {
    let url = webhook.url.clone();
    let name = say::end_webhook(&url);
    let deliveries = say::deliveries_to(&url);
    let address = [&path::of(SCREEN), "/", webhook.webhook_id.as_str()].concat();
    let events = say::webhook_events(&webhook.events);
    let trouble = say::webhook_trouble(webhook.waiting, webhook.given_up)
        .map(|words| view! { <p><Mark words kind=MarkKind::Warning/></p> });
    let made = webhook.created_at;
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name">{url}</p>
                <p class="rows-list-more">{events}</p>
                <p class="rows-list-more">{say::MADE}" "<Moment time=made/></p>
                {trouble}
            </div>
            <div class="rows-list-actions">
                <a class="report-read" href=address aria-label=deliveries>{say::DELIVERIES}</a>
                <Button
                    label=say::WEBHOOK_END
                    loudness=Loudness::Danger
                    name
                    on_press=move |()| asked.ask(webhook.clone())
                />
            </div>
        </li>
    }
}
