//! Reading along, written down.
//!
//! The law: whether the line is there already is decided in the transaction that would write it.

use crate::{
    database::writer::Tx,
    error::Refusal,
    safety::{
        activity::store::has_read_since,
        audit::{self, By, Done},
    },
};
use shared::ids::{ConversationId, PersonId, Time};

/// For this long one line stands for everything that an admin reads in a conversation.
const HOUR_MS: i64 = 3_600_000;

/// Since when a line would do.
pub fn since(now: Time) -> Time {
    Time(now.0 - HOUR_MS)
}

/// Leaves a line, unless one is there.
pub async fn note_reading(
    tx: &mut Tx<'_>,
    by: &By,
    admin: &PersonId,
    conversation_id: &ConversationId,
) -> Result<(), Refusal> {
    if has_read_since(tx.connection(), admin, conversation_id, since(by.now)).await? {
        return Ok(());
    }
    let done = Done::ConversationRead {
        conversation: conversation_id.clone(),
    };
    audit::record(tx.connection(), by, &done).await
}
