//! Making and ending webhooks, and repeating a delivery, inside the writer's transaction.
//!
//! The law: whoever delivers and whoever writes learn of it by the policy, whose version is raised.

use super::store::{self, Destination, Webhook};
use crate::{
    database::writer::Tx,
    error::Refusal,
    safety::audit::{self, By, Done},
    settings::store::raise_policy_version,
};
use shared::{
    ids::{DeliveryId, WebhookId},
    limits,
    problem::{Field, Problem, ProblemCode},
};

/// A webhook to be kept.
pub struct NewWebhook {
    pub webhook: Webhook,
    pub destination: Destination,
    pub by: By,
}

/// Keeps a webhook.
///
/// **Errors**: `too_many`.
pub async fn make_webhook(tx: &mut Tx<'_>, new: &NewWebhook) -> Result<(), Refusal> {
    if store::list_webhooks(tx.connection()).await?.len() >= limits::WEBHOOKS {
        return Err(Problem::about(ProblemCode::TooMany, Field::WebhookUrl).into());
    }
    let (webhook, now) = (&new.webhook, new.by.now);
    store::insert_webhook(tx.connection(), webhook, &new.destination, now).await?;
    raise_policy_version(tx.connection()).await?;
    let done = Done::WebhookMade {
        webhook: webhook.webhook_id.clone(),
        events: webhook.events.clone(),
    };
    audit::record(tx.connection(), &new.by, &done).await
}

/// Why a webhook ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookEnd {
    /// An admin ended it.
    ByAdmin,
    /// Its receiver answered 410: it wants nothing more.
    ByReceiver,
}

/// Ends a webhook, and what was on its way to it.
///
/// **Errors**: `not_found`.
pub async fn end_webhook(
    tx: &mut Tx<'_>,
    by: &By,
    webhook_id: &WebhookId,
    end: WebhookEnd,
) -> Result<(), Refusal> {
    if !store::delete_webhook(tx.connection(), webhook_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    raise_policy_version(tx.connection()).await?;
    let done = Done::WebhookEnded {
        webhook: webhook_id.clone(),
        by_receiver: end == WebhookEnd::ByReceiver,
    };
    audit::record(tx.connection(), by, &done).await
}

/// Tries a delivery again at once.
///
/// **Errors**: `not_found`.
pub async fn repeat(
    tx: &mut Tx<'_>,
    by: &By,
    webhook_id: &WebhookId,
    delivery_id: &DeliveryId,
) -> Result<(), Refusal> {
    let is_there = store::has_webhook(tx.connection(), webhook_id).await?
        && store::repeat_delivery(tx.connection(), webhook_id, delivery_id, by.now).await?;
    if !is_there {
        return Err(ProblemCode::NotFound.into());
    }
    let done = Done::DeliveryRepeated {
        webhook: webhook_id.clone(),
        delivery: delivery_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await
}
