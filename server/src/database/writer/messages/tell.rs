//! Webhooks are told of messages too, where one wants to hear of them.
//!
//! The law: where none does, a batch costs nothing more.

use super::{
    super::{
        statements::{self, Found, Telling},
        task::Tools,
    },
    Accepted, Sending,
};
use crate::{
    database::AnyConnection,
    webhook::enqueue::{Happening, wanting},
};
use shared::{conversation::ConversationKind, host::WebhookEvent, ids::Time};

/// The particulars of those that somebody may want to hear of. Conversations between users are nobody else's.
pub(super) fn told(
    accepted: &[Option<Accepted>],
    sendings: &[&Sending],
    found: &[Found],
) -> Vec<String> {
    let in_order = accepted.iter().zip(sendings).zip(found);
    let particulars = |((accepted, sending), found): ((&Option<Accepted>, &&Sending), &Found)| {
        let is_wanted = sending.terms.webhooks.wants(WebhookEvent::MessageSent);
        let head = found.head.as_ref()?;
        let message = &accepted.as_ref()?.sent.message;
        (is_wanted && head.kind == ConversationKind::Support).then(|| {
            let message_id = message.message_id.clone();
            Happening::MessageSent { message_id }.particulars()
        })
    };
    in_order.filter_map(particulars).collect()
}

/// Writes down what webhooks are to be told of a batch.
pub(super) async fn tell_webhooks(
    connection: &mut AnyConnection,
    tools: &Tools,
    told: &[String],
    now: Time,
) -> Result<(), sqlx::Error> {
    if told.is_empty() {
        return Ok(());
    }
    let webhooks = wanting(connection, WebhookEvent::MessageSent).await?;
    let tellings: Vec<Telling<'_>> = webhooks
        .iter()
        .flat_map(|webhook_id| {
            told.iter().map(|particulars| Telling {
                delivery_id: tools.mint.id(),
                webhook_id,
                particulars,
            })
        })
        .collect();
    if tellings.is_empty() {
        return Ok(());
    }
    statements::tell(connection, tools.engine, &tellings, now).await
}
