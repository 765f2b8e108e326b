//! Webhooks on the admin page.
//!
//! The law: a secret is in one answer, to whoever made the webhook, and nowhere else after that.

use super::{
    change::{NewWebhook, WebhookEnd, end_webhook, make_webhook, repeat},
    rules::{Receiver, may_tell, read_url},
    signature::{mint_secret, shown},
    store::{self, Destination, Webhook},
};
use crate::{
    app::App,
    error::Refusal,
    http::{
        answer::Answer,
        command::Command,
        older::{Older, OlderQuery},
        page::Asked,
        path::{Named, NamedBoth},
    },
    identity::{caller::Known, secret::Secret},
    safety::store::Moment,
};
use axum::{extract::State, http::StatusCode};
use shared::{
    host::{DeliveryPage, DeliveryRow, MakeWebhook, WebhookList, WebhookMade},
    ids::{DeliveryId, WebhookId},
    problem::{Field, Problem, ProblemCode},
};
use std::sync::Arc;

/// `GET /api/admin/webhooks`.
pub async fn show_webhooks(State(app): State<Arc<App>>) -> Result<Answer<WebhookList>, Refusal> {
    let mut connection = app.database.read().await?;
    let webhooks = store::list_webhook_rows(&mut connection).await?;
    Ok(Answer::ok(WebhookList { webhooks }))
}

/// `POST /api/admin/webhooks`.
///
/// **Errors**: `url_shape`, `address_private` (also for a name without an address); about the events; `too_many`.
pub async fn make(
    State(app): State<Arc<App>>,
    known: Known,
    Command(form): Command<MakeWebhook>,
) -> Result<Answer<WebhookMade>, Refusal> {
    may_tell(&form.events)?;
    let url = form.url.trim();
    let (_, receiver) = read_url(url, app.config.webhook_loopback)?;
    if let Receiver::Name(name) = receiver {
        let private = Problem::about(ProblemCode::AddressPrivate, Field::WebhookUrl);
        app.config.names.find(&name).await.map_err(|_| private)?;
    }
    let secret = mint_secret(&app.mint);
    let made = WebhookMade {
        webhook_id: app.mint.id(),
        secret: shown(&secret),
    };
    let new = NewWebhook {
        webhook: Webhook {
            webhook_id: made.webhook_id.clone(),
            events: form.events,
        },
        destination: Destination {
            url: url.to_owned(),
            secret: Secret::new(secret),
        },
        by: app.by(&known.person_id),
    };
    app.writer
        .run(new, |tx, new| Box::pin(make_webhook(tx, new)))
        .await?;
    app.policy_changed().await?;
    Ok(Answer::ok(made))
}

/// `DELETE /api/admin/webhooks/{id}`.
///
/// **Errors**: `not_found`.
pub async fn end(
    State(app): State<Arc<App>>,
    known: Known,
    Named(webhook_id): Named<WebhookId>,
) -> Result<StatusCode, Refusal> {
    app.writer
        .run(
            (app.by(&known.person_id), webhook_id),
            |tx, (by, webhook_id)| Box::pin(end_webhook(tx, by, webhook_id, WebhookEnd::ByAdmin)),
        )
        .await?;
    app.policy_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/admin/webhooks/{id}/deliveries?cursor=…&limit=…`.
///
/// **Errors**: `not_found`; `bad_cursor`; about the limit.
pub async fn show_deliveries(
    State(app): State<Arc<App>>,
    Named(webhook_id): Named<WebhookId>,
    Asked(query): Asked<OlderQuery>,
) -> Result<Answer<DeliveryPage>, Refusal> {
    let policy = app.policy();
    let older = Older::read("deliveries", &query, &policy)?;
    let mut snapshot = app.database.snapshot().await?;
    if !store::has_webhook(&mut snapshot, &webhook_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let mut deliveries =
        store::list_deliveries(&mut snapshot, &webhook_id, &older.below, older.limit()).await?;
    let cursor = older.cut(&mut deliveries, &policy, |row: &DeliveryRow| Moment {
        at: row.created_at,
        id: row.delivery_id.clone().into(),
    });
    Ok(Answer::ok(DeliveryPage { deliveries, cursor }))
}

/// `POST /api/admin/webhooks/{id}/deliveries/{delivery_id}/repeat`.
///
/// **Errors**: `not_found`.
pub async fn repeat_delivery(
    State(app): State<Arc<App>>,
    known: Known,
    NamedBoth(webhook_id, delivery_id): NamedBoth<WebhookId, DeliveryId>,
) -> Result<StatusCode, Refusal> {
    app.writer
        .run(
            (app.by(&known.person_id), webhook_id, delivery_id),
            |tx, (by, webhook_id, delivery_id)| Box::pin(repeat(tx, by, webhook_id, delivery_id)),
        )
        .await?;
    app.dispatch.wake();
    Ok(StatusCode::NO_CONTENT)
}
