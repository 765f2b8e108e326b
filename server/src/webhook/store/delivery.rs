//! Deliveries: what happened, on its way to a webhook.
//!
//! The law: whoever delivers has claimed it for a while, so that two servers do not both do so needlessly; what is not
//! settled in that while is anybody's again.

use crate::{database::AnyConnection, safety::store::Moment};
use shared::{
    host::{DeliveryRow, WebhookEvent},
    ids::{DeliveryId, Time, WebhookId},
};
use sqlx::{Error, Row, any::AnyRow};

/// What is to be told to one webhook.
pub struct NewDelivery<'a> {
    pub delivery_id: &'a DeliveryId,
    pub webhook_id: &'a WebhookId,
    pub event: WebhookEvent,
    /// JSON: ids and times.
    pub particulars: &'a str,
    pub now: Time,
}

/// Writes down what is to be told, at once.
pub async fn insert_delivery(
    connection: &mut AnyConnection,
    new: &NewDelivery<'_>,
) -> Result<(), Error> {
    sqlx::query(
        "insert into webhook_delivery
            (delivery_id, webhook_id, event, particulars, created_at, tries, next_try_at)
        values ($1, $2, $3, $4, $5, 0, $5)",
    )
    .bind(new.delivery_id.as_str())
    .bind(new.webhook_id.as_str())
    .bind(new.event.word())
    .bind(new.particulars)
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// **Shape**: webhooks for which something is due.
pub async fn list_due_webhooks(
    connection: &mut AnyConnection,
    now: Time,
) -> Result<Vec<WebhookId>, Error> {
    let rows = sqlx::query(
        "select w.webhook_id
        from webhook w
        where exists (
            select 1
            from webhook_delivery d
            where d.webhook_id = w.webhook_id and d.next_try_at <= $1
        )
        order by w.webhook_id",
    )
    .bind(now.0)
    .fetch_all(connection)
    .await?;
    rows.iter().map(super::webhook_id).collect()
}

/// A delivery that is somebody's to make.
#[derive(Clone, Debug)]
pub struct ClaimedDelivery {
    pub delivery_id: DeliveryId,
    pub event: WebhookEvent,
    /// JSON.
    pub particulars: String,
    pub created_at: Time,
    /// Those that failed.
    pub tries: usize,
    /// Until when it is claimed: what settles it names this.
    pub claimed_until: Time,
}

/// Claims what is due, the longest due first, at most `limit`.
pub async fn claim_due(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
    now: Time,
    claimed_until: Time,
    limit: u32,
) -> Result<Vec<ClaimedDelivery>, Error> {
    // Said twice: whoever waits on Postgres for another server's claim looks again at the outer condition only.
    let rows = sqlx::query(
        "update webhook_delivery
        set next_try_at = $3
        where next_try_at <= $2 and delivery_id in (
            select d.delivery_id
            from webhook_delivery d
            where d.webhook_id = $1 and d.next_try_at <= $2
            order by d.next_try_at, d.delivery_id
            limit $4
        )
        returning delivery_id, event, particulars, created_at, tries",
    )
    .bind(webhook_id.as_str())
    .bind(now.0)
    .bind(claimed_until.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let read = |row: &AnyRow| {
        Ok(ClaimedDelivery {
            delivery_id: delivery_id(row)?,
            event: event(row)?,
            particulars: row.try_get("particulars")?,
            created_at: Time(row.try_get("created_at")?),
            tries: usize::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(usize::MAX),
            claimed_until,
        })
    };
    let mut claimed = rows.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    claimed.sort_by(|one, other| {
        (one.created_at, &one.delivery_id).cmp(&(other.created_at, &other.delivery_id))
    });
    Ok(claimed)
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
pub struct Settled {
    pub delivered_at: Option<Time>,
    pub next_try_at: Option<Time>,
    pub status: Option<u16>,
    pub failure: Option<&'static str>,
}

/// Writes down how a try ended. `false`: the claim had run out, and it is somebody else's by now.
pub async fn settle_delivery(
    connection: &mut AnyConnection,
    claimed: &ClaimedDelivery,
    settled: Settled,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update webhook_delivery
        set
            tries = tries + 1,
            delivered_at = cast($3 as bigint),
            next_try_at = cast($4 as bigint),
            last_status = cast($5 as bigint),
            last_failure = cast($6 as text)
        where delivery_id = $1 and next_try_at = $2",
    )
    .bind(claimed.delivery_id.as_str())
    .bind(claimed.claimed_until.0)
    .bind(settled.delivered_at.map(|at| at.0))
    .bind(settled.next_try_at.map(|at| at.0))
    .bind(settled.status.map(i64::from))
    .bind(settled.failure.map(str::to_owned))
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// Tries one again at once, as if it had never been tried. `false`: this webhook has none of that id.
pub async fn repeat_delivery(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
    delivery_id: &DeliveryId,
    now: Time,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update webhook_delivery
        set next_try_at = $3, delivered_at = null, tries = 0
        where webhook_id = $1 and delivery_id = $2",
    )
    .bind(webhook_id.as_str())
    .bind(delivery_id.as_str())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// **Shape**: the newest first, below a place, at most `limit`.
pub async fn list_deliveries(
    connection: &mut AnyConnection,
    webhook_id: &WebhookId,
    below: &Moment,
    limit: u32,
) -> Result<Vec<DeliveryRow>, Error> {
    let rows = sqlx::query(
        "select
            delivery_id, event, created_at, tries, delivered_at, next_try_at, last_status, last_failure
        from webhook_delivery
        where webhook_id = $1 and (created_at, delivery_id) < ($2, $3)
        order by created_at desc, delivery_id desc
        limit $4",
    )
    .bind(webhook_id.as_str())
    .bind(below.at.0)
    .bind(below.id.as_str())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let time =
        |row: &AnyRow, column| Ok::<_, Error>(row.try_get::<Option<i64>, _>(column)?.map(Time));
    let read = |row: &AnyRow| {
        let status: Option<i64> = row.try_get("last_status")?;
        Ok(DeliveryRow {
            delivery_id: delivery_id(row)?,
            event: event(row)?,
            created_at: Time(row.try_get("created_at")?),
            tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
            delivered_at: time(row, "delivered_at")?,
            next_try_at: time(row, "next_try_at")?,
            last_status: status.and_then(|status| u32::try_from(status).ok()),
            last_failure: row.try_get("last_failure")?,
        })
    };
    rows.iter().map(read).collect()
}

/// **Shape**: deliveries that nobody needs any more, at most `limit`: settled ones from before, and those of webhooks
/// that have ended.
pub async fn list_left_behind(
    connection: &mut AnyConnection,
    before: Time,
    limit: u32,
) -> Result<Vec<DeliveryId>, Error> {
    let rows = sqlx::query(
        "select d.delivery_id
        from webhook_delivery d
        where (d.created_at < $1 and d.next_try_at is null)
            or not exists (select 1 from webhook w where w.webhook_id = d.webhook_id)
        limit $2",
    )
    .bind(before.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter().map(delivery_id).collect()
}

/// Forgets a delivery that is not waiting, or whose webhook has ended.
pub async fn delete_settled(
    connection: &mut AnyConnection,
    delivery_ids: &[DeliveryId],
) -> Result<(), Error> {
    for delivery_id in delivery_ids {
        sqlx::query(
            "delete from webhook_delivery
            where delivery_id = $1
                and (next_try_at is null or webhook_id not in (select webhook_id from webhook))",
        )
        .bind(delivery_id.as_str())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

fn delivery_id(row: &AnyRow) -> Result<DeliveryId, Error> {
    let id: String = row.try_get("delivery_id")?;
    DeliveryId::parse(&id).ok_or_else(|| Error::Decode("delivery_id holds no id".into()))
}

fn event(row: &AnyRow) -> Result<WebhookEvent, Error> {
    let word: String = row.try_get("event")?;
    WebhookEvent::parse(&word).ok_or_else(|| Error::Decode("event holds no event".into()))
}
