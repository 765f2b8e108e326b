//! How much of somebody was told to webhooks.
//!
//! The law: particulars are compared whole, with what would have been written, and never looked into.

use crate::{database::AnyConnection, webhook::enqueue::Happening};
use shared::ids::{ConversationId, ConversionId, MessageId, PersonId};
use sqlx::{Error, Row};

/// Stands for an id while particulars are taken apart around it.
const SAMPLE: &str = "01900000-0000-7000-8000-000000000000";

/// Another.
const ANOTHER: &str = "01900000-0000-7000-8000-000000000001";

/// Deliveries that are still kept: about messages in the support conversations that somebody owns, whoever wrote them,
/// about how these began, and how they became theirs.
pub async fn count_deliveries_about(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<u64, Error> {
    let mut counted = 0;
    for (statement, happening) in samples() {
        let particulars = happening.particulars();
        let (before, after) = particulars.split_once(SAMPLE).unwrap_or_default();
        let (between, end) = after.split_once(ANOTHER).unwrap_or((after, ""));
        let row = sqlx::query(statement)
            .bind(person_id.as_str())
            .bind(before)
            .bind(between)
            .bind(end)
            .fetch_one(&mut *connection)
            .await?;
        counted += row.try_get::<i64, _>("deliveries")?.unsigned_abs();
    }
    Ok(counted)
}

/// What counts deliveries, and one such delivery.
fn samples() -> [(&'static str, Happening); 4] {
    const LAW: &str = "the samples are ids";
    let conversion_id = ConversionId::parse(SAMPLE).expect(LAW);
    let started = Happening::GuestStarted {
        conversation_id: ConversationId::parse(SAMPLE).expect(LAW),
        guest: PersonId::parse(ANOTHER).expect(LAW),
    };
    let sent = Happening::MessageSent {
        message_id: MessageId::parse(SAMPLE).expect(LAW),
    };
    let done = Happening::ConversionDone {
        conversion_id: conversion_id.clone(),
    };
    let undone = Happening::ConversionUndone { conversion_id };
    [
        (OF_BEGINNINGS, started),
        (OF_MESSAGES, sent),
        (OF_CONVERSIONS, done),
        (OF_CONVERSIONS, undone),
    ]
}

const OF_BEGINNINGS: &str = "
    select count(*) as deliveries
    from conversation c
    join webhook_delivery d
        on d.particulars = cast($2 as text) || c.conversation_id || cast($3 as text) || c.opened_by || cast($4 as text)
    where c.owner = $1 and c.kind = 'support'";

const OF_MESSAGES: &str = "
    select count(*) as deliveries
    from conversation c
    join message m on m.conversation_id = c.conversation_id
    join webhook_delivery d on d.particulars = cast($2 as text) || m.message_id || cast($3 as text) || cast($4 as text)
    where c.owner = $1 and c.kind = 'support'";

const OF_CONVERSIONS: &str = "
    select count(*) as deliveries
    from conversion v
    join webhook_delivery d on d.particulars = cast($2 as text) || v.conversion_id || cast($3 as text) || cast($4 as text)
    where v.became = $1 or v.guest = $1";
