//! The site's server, as admins set it up.
//!
//! The law: one function per command.

use crate::admin::api;
use crate::net::path::{segment, with};
use crate::net::{Failure, Method};
use shared::host::{
    DeliveryPage, DeliveryRow, HostKeyList, HostKeyMade, HostKeyRow, MakeHostKey, MakeWebhook,
    WebhookList, WebhookMade, WebhookRow,
};
use shared::ids::{DeliveryId, HostKeyId, WebhookId};

const KEYS: &str = "/api/admin/host-keys";
const WEBHOOKS: &str = "/api/admin/webhooks";

pub async fn keys() -> Result<Vec<HostKeyRow>, Failure> {
    let list: HostKeyList = api::get(KEYS).await?;
    Ok(list.keys)
}

/// The key is answered once and never again.
pub async fn make_key(key: MakeHostKey) -> Result<HostKeyMade, Failure> {
    api::post(KEYS, &key).await
}

pub async fn revoke_key(host_key_id: HostKeyId) -> Result<(), Failure> {
    api::order(Method::Delete, &segment(KEYS, host_key_id.as_str())).await
}

pub async fn webhooks() -> Result<Vec<WebhookRow>, Failure> {
    let list: WebhookList = api::get(WEBHOOKS).await?;
    Ok(list.webhooks)
}

/// The secret is answered once and never again.
pub async fn add_webhook(webhook: MakeWebhook) -> Result<WebhookMade, Failure> {
    api::post(WEBHOOKS, &webhook).await
}

pub async fn end_webhook(webhook_id: WebhookId) -> Result<(), Failure> {
    api::order(Method::Delete, &segment(WEBHOOKS, webhook_id.as_str())).await
}

pub async fn deliveries(
    webhook_id: WebhookId,
    cursor: Option<String>,
) -> Result<(Vec<DeliveryRow>, Option<String>), Failure> {
    let path = deliveries_of(&webhook_id);
    let page: DeliveryPage = api::get(&with(&path, &[("cursor", cursor)])).await?;
    Ok((page.deliveries, page.cursor))
}

/// Tries one again at once.
pub async fn repeat(webhook_id: WebhookId, delivery_id: DeliveryId) -> Result<(), Failure> {
    let delivery = segment(&deliveries_of(&webhook_id), delivery_id.as_str());
    api::order(Method::Post, &[&delivery, "/repeat"].concat()).await
}

fn deliveries_of(webhook_id: &WebhookId) -> String {
    [&segment(WEBHOOKS, webhook_id.as_str()), "/deliveries"].concat()
}
