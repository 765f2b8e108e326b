//! How the server keeps webhooks.
//!
//! The law: a secret leaves this file for signing only.

/// How much of somebody was told.
mod about;
/// What is on its way.
mod delivery;

pub use about::count_deliveries_about;
pub use delivery::{
    ClaimedDelivery, NewDelivery, Settled, claim_due, delete_settled, insert_delivery,
    list_deliveries, list_due_webhooks, list_left_behind, repeat_delivery, settle_delivery,
};

use crate::{database::AnyConnection, identity::secret::Secret};
use shared::{
    host::{WebhookEvent, WebhookRow},
    ids::{Time, WebhookId},
};
use sqlx::{Error, Row, any::AnyRow};

/// A webhook, as far as telling it cares.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub webhook_id: WebhookId,
    pub events: Vec<WebhookEvent>,
}

/// Where a webhook leads. Its `Debug` says nothing: an address may hold the receiver's own secret.
#[derive(Clone)]
pub struct Destination {
    pub url: String,
    pub secret: Secret,
}

impl std::fmt::Debug for Destination {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Destination(…)")
    }
}

/// **Shape**: all of them, at most `limits::WEBHOOKS`.
pub async fn list_webhooks(connection: &mut AnyConnection) -> Result<Vec<Webhook>, Error> {
    let rows = sqlx::query("select webhook_id, events from webhook order by webhook_id")
        .fetch_all(connection)
        .await?;
    let read = |row: &AnyRow| {
        Ok(Webhook {
            webhook_id: webhook_id(row)?,
            events: events(row)?,
        })
    };
    rows.iter().map(read).collect()
}

/// **Shape**: as admins see them, the newest first.
pub async fn list_webhook_rows(connection: &mut AnyConnection) -> Result<Vec<WebhookRow>, Error> {
    let rows = sqlx::query(
        "select
            w.webhook_id, w.url, w.events, w.created_at,
            (
                select count(*)
                from webhook_delivery d
                where d.webhook_id = w.webhook_id and d.next_try_at is not null
            ) as waiting,
            (
                select count(*)
                from webhook_delivery d
                where d.webhook_id = w.webhook_id and d.next_try_at is null and d.delivered_at is null
            ) as given_up
        from webhook w
        order by w.created_at desc, w.webhook_id desc",
    )
    .fetch_all(connection)
    .await?;
    let count =
        |row: &AnyRow, column| Ok::<_, Error>(row.try_get::<i64, _>(column)?.unsigned_abs());
    let read = |row: &AnyRow| {
        Ok(WebhookRow {
            webhook_id: webhook_id(row)?,
            url: row.try_get("url")?,
            events: events(row)?,
            created_at: Time(row.try_get("created_at")?),
            waiting: count(row, "waiting")?,
            given_up: count(row, "given_up")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Where a webhook leads, if it is still there.
pub async fn find_destination(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
) -> Result<Option<Destination>, Error> {
    let row = sqlx::query("select url, secret from webhook where webhook_id = $1")
        .bind(webhook_id.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Destination {
        url: row.try_get("url")?,
        secret: Secret::new(row.try_get::<String, _>("secret")?),
    }))
}

/// Whether there is one of this id.
pub async fn has_webhook(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
) -> Result<bool, Error> {
    let row = sqlx::query("select webhook_id from webhook where webhook_id = $1")
        .bind(webhook_id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// A new webhook. `secret`: base64.
pub async fn insert_webhook(
    connection: &mut AnyConnection,
    webhook: &Webhook,
    destination: &Destination,
    now: Time,
) -> Result<(), Error> {
    let events =
        serde_json::to_string(&webhook.events).map_err(|error| Error::Encode(error.into()))?;
    let secret = std::str::from_utf8(destination.secret.expose())
        .map_err(|error| Error::Encode(error.into()))?;
    sqlx::query(
        "insert into webhook (webhook_id, url, secret, events, created_at) values ($1, $2, $3, $4, $5)",
    )
    .bind(webhook.webhook_id.as_str())
    .bind(destination.url.as_str())
    .bind(secret)
    .bind(events)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a webhook. What was on its way to it goes later, a little at a time. `false`: there is none of that id.
pub async fn delete_webhook(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from webhook where webhook_id = $1")
        .bind(webhook_id.as_str())
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

pub(super) fn webhook_id(row: &AnyRow) -> Result<WebhookId, Error> {
    let id: String = row.try_get("webhook_id")?;
    WebhookId::parse(&id).ok_or_else(|| Error::Decode("webhook_id holds no id".into()))
}

fn events(row: &AnyRow) -> Result<Vec<WebhookEvent>, Error> {
    let events: String = row.try_get("events")?;
    serde_json::from_str(&events).map_err(|_| Error::Decode("events holds no events".into()))
}
