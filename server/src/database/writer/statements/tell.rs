//! Who is to be told of a batch's messages, besides its readers: webhooks.

use super::{PerEngine, json, per_engine};
use crate::database::{AnyConnection, Engine};
use shared::ids::{DeliveryId, Time, WebhookId};
use sqlx::Error;

/// One message, to be told to one webhook.
pub(in super::super) struct Telling<'a> {
    pub delivery_id: DeliveryId,
    pub webhook_id: &'a WebhookId,
    /// JSON.
    pub particulars: &'a str,
}

const TELL: PerEngine = per_engine!(
    "insert into webhook_delivery
        (delivery_id, webhook_id, event, particulars, created_at, tries, next_try_at)
    select
        entry.value ->> 0,
        entry.value ->> 1,
        'message.sent',
        entry.value ->> 2,
        cast(entry.value ->> 3 as bigint),
        0,
        cast(entry.value ->> 3 as bigint)
    from" entries ""
);

pub(in super::super) async fn tell(
    connection: &mut AnyConnection,
    engine: Engine,
    tellings: &[Telling<'_>],
    now: Time,
) -> Result<(), Error> {
    let rows: Vec<_> = tellings
        .iter()
        .map(|telling| {
            let Telling {
                delivery_id,
                webhook_id,
                particulars,
            } = telling;
            (delivery_id, webhook_id, particulars, now)
        })
        .collect();
    sqlx::query(TELL.of(engine))
        .bind(json(&rows))
        .execute(connection)
        .await?;
    Ok(())
}
