//! What was sent to one webhook: how each delivery stands, and trying one again.
//!
//! The law: the newest first; what failed says how the other side answered and what comes next.

use super::{WEBHOOKS_SECTION, api};
use crate::admin::errand::Errand;
use crate::admin::load::{Pages, load};
use crate::admin::moment::{Moment, moment_words};
use crate::admin::ui::{
    Button, Empty, Loudness, Mark, MarkKind, Mistake, Page, Rows, Section, Shown,
};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::host::{DeliveryRow, WebhookRow};
use shared::ids::WebhookId;

#[component]
pub fn Deliveries(rest: Signal<String>) -> impl IntoView {
    let webhook = Memo::new(move |_| rest.with(|rest| WebhookId::parse(rest)));
    let known = load(api::webhooks);
    let draw = move |all: Signal<Vec<WebhookRow>>| {
        let found = Memo::new(move |_| {
            let wanted = webhook.get()?;
            all.with(|all| all.iter().find(|row| row.webhook_id == wanted).cloned())
        });
        move || match found.get() {
            Some(webhook) => view! { <OfWebhook webhook/> }.into_any(),
            None => view! { <Empty words=say::WEBHOOK_GONE.to_owned()/> }.into_any(),
        }
    };
    view! {
        <Page title=say::DELIVERIES>
            <p class="page-back"><a class="page-back-link" href=WEBHOOKS_SECTION>{say::ALL_WEBHOOKS}</a></p>
            <Shown loaded=known draw/>
        </Page>
    }
}

#[component]
fn OfWebhook(webhook: WebhookRow) -> impl IntoView {
    let webhook_id = webhook.webhook_id.clone();
    let looked = RwSignal::new(0_u32);
    let pages = {
        let webhook_id = webhook_id.clone();
        Pages::load(move |cursor| {
            looked.track();
            api::deliveries(webhook_id.clone(), cursor)
        })
    };
    let errand = Errand::new();
    let done = notices::speaker();
    let repeat = Callback::new(move |delivery: DeliveryRow| {
        let call = api::repeat(webhook_id.clone(), delivery.delivery_id);
        errand.run(call, move |()| {
            pages.again();
            done.run(say::REPEATED.into());
            navigation::focus_in_place("deliveries");
        });
    });
    view! {
        <Section id="deliveries" title=say::DELIVERIES_TO help=webhook.url>
            <div class="card-actions">
                <Button
                    label=say::LOOK_AGAIN
                    loudness=Loudness::Quiet
                    on_press=move |()| looked.update(|looked| *looked += 1)
                />
            </div>
            <Mistake words=errand.words()/>
            <Rows
                pages
                label=say::DELIVERIES_LIST
                empty=say::DELIVERIES_EMPTY.to_owned()
                key=key
                draw=move |delivery| view! { <Line delivery repeat/> }
            />
        </Section>
    }
}

/// A delivery that was tried since is drawn anew.
fn key(row: &DeliveryRow) -> (String, u32, bool, Option<i64>) {
    let next = row.next_try_at.map(|time| time.0);
    let id = row.delivery_id.as_str().to_owned();
    (id, row.tries, row.delivered_at.is_some(), next)
}

#[component]
fn Line(delivery: DeliveryRow, repeat: Callback<DeliveryRow>) -> impl IntoView {
    let state = say::DeliveryState::of(&delivery);
    let kind = match state {
        say::DeliveryState::Delivered => MarkKind::Plain,
        say::DeliveryState::Waiting => MarkKind::Strong,
        say::DeliveryState::GivenUp => MarkKind::Warning,
    };
    let next = delivery.next_try_at.map(moment_words);
    let words = say::delivery_words(&delivery, next.as_deref());
    let event = say::webhook_event(delivery.event);
    let at = delivery.created_at;
    let name = say::repeat_what(event, &moment_words(at));
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name">{event}</p>
                <p class="rows-list-more"><Moment time=at/></p>
                <p class="rows-list-more">{words}</p>
            </div>
            <div class="rows-list-actions">
                <Mark words=state.words() kind/>
                <Button
                    label=say::REPEAT
                    loudness=Loudness::Quiet
                    name
                    on_press=move |()| repeat.run(delivery.clone())
                />
            </div>
        </li>
    }
}
