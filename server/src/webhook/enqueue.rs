//! What is to be told is written down, in the transaction in which it happened.
//!
//! The law: only ids are written down. Where no webhook wants an event, nothing is done for it.

use super::store::{self, NewDelivery};
use crate::{
    database::{AnyConnection, DatabaseError},
    error::Refusal,
    mint::Mint,
};
use serde::{Deserialize, Serialize};
use shared::{
    host::WebhookEvent,
    ids::{ConversationId, ConversionId, DeliveryId, MessageId, PersonId, Time, WebhookId},
};

/// Something that happened, by its ids. As JSON it is the particulars of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    GuestStarted {
        conversation_id: ConversationId,
        guest: PersonId,
    },
    MessageSent {
        message_id: MessageId,
    },
    ConversionDone {
        conversion_id: ConversionId,
    },
    ConversionUndone {
        conversion_id: ConversionId,
    },
}

impl Happening {
    pub const fn event(&self) -> WebhookEvent {
        match self {
            Self::GuestStarted { .. } => WebhookEvent::GuestStarted,
            Self::MessageSent { .. } => WebhookEvent::MessageSent,
            Self::ConversionDone { .. } => WebhookEvent::ConversionDone,
            Self::ConversionUndone { .. } => WebhookEvent::ConversionUndone,
        }
    }

    pub fn particulars(&self) -> String {
        serde_json::to_string(self).expect("a happening is JSON")
    }

    /// `None` for what is none.
    pub fn read(particulars: &str) -> Option<Self> {
        serde_json::from_str(particulars).ok()
    }
}

/// Those who want to hear of an event.
pub async fn wanting(
    connection: &mut AnyConnection,
    event: WebhookEvent,
) -> Result<Vec<WebhookId>, DatabaseError> {
    let webhooks = store::list_webhooks(connection).await?;
    Ok(webhooks
        .into_iter()
        .filter(|webhook| webhook.events.contains(&event))
        .map(|webhook| webhook.webhook_id)
        .collect())
}

/// Writes down, for everybody who wants to hear of it, that something happened. For what happens seldom: messages go in
/// with their batch.
pub async fn happened(
    connection: &mut AnyConnection,
    mint: &Mint,
    happening: &Happening,
    now: Time,
) -> Result<(), Refusal> {
    let particulars = happening.particulars();
    for webhook_id in wanting(connection, happening.event()).await? {
        let new = NewDelivery {
            delivery_id: &mint.id::<DeliveryId>(),
            webhook_id: &webhook_id,
            event: happening.event(),
            particulars: &particulars,
            now,
        };
        store::insert_delivery(connection, &new).await?;
    }
    Ok(())
}
