//! What a batch writes: conversations move on, messages go in, their authors have seen them.

use super::{
    super::messages::{Accepted, Sending},
    PerEngine, id, json, per_engine, side_name,
};
use crate::{
    conversation::rules::Hand,
    database::{AnyConnection, Engine},
};
use serde::Serialize;
use shared::ids::{ConversationId, PersonId, Position, Revision, Time};
use sqlx::{Error, Row};
use std::collections::HashMap;

/// How far a conversation moves on in this batch.
#[derive(Serialize)]
pub(in super::super) struct Shift<'a> {
    conversation_id: &'a ConversationId,
    /// Whose it was when it was decided who may write here.
    owner: &'a PersonId,
    /// How often words were taken out of it until then.
    epoch: i64,
    pub messages: u64,
    /// Which of them is the last by the customer; 0 for none.
    pub last_customer: u64,
    /// Which of them is the last by staff; 0 for none.
    pub last_staff: u64,
    /// Up to which of them the customer has seen; 0 for none.
    pub seen_customer: u64,
    /// Up to which of them the staff have seen; 0 for none.
    pub seen_staff: u64,
}

impl<'a> Shift<'a> {
    pub const fn of(conversation_id: &'a ConversationId, owner: &'a PersonId, epoch: i64) -> Self {
        Self {
            conversation_id,
            owner,
            epoch,
            messages: 0,
            last_customer: 0,
            last_staff: 0,
            seen_customer: 0,
            seen_staff: 0,
        }
    }
}

// Whoever writes has had on screen what stands above: the side's `seen` moves with its last message.
const SHIFT: PerEngine = per_engine!(
    "update conversation set
        last_position = last_position + shift.messages,
        revision = revision + shift.messages,
        last_activity_at = $2,
        last_customer_position = case when shift.last_customer > 0 then last_position + shift.last_customer else last_customer_position end,
        customer_seen_position = case when shift.seen_customer > 0 then last_position + shift.seen_customer else customer_seen_position end,
        last_staff_position = case when shift.last_staff > 0 then last_position + shift.last_staff else last_staff_position end,
        staff_seen_position = case when shift.seen_staff > 0 then last_position + shift.seen_staff else staff_seen_position end
    from (
        select
            entry.value ->> 'conversation_id' as shifted,
            entry.value ->> 'owner' as decided_owner,
            cast(entry.value ->> 'epoch' as bigint) as decided_epoch,
            cast(entry.value ->> 'messages' as bigint) as messages,
            cast(entry.value ->> 'last_customer' as bigint) as last_customer,
            cast(entry.value ->> 'last_staff' as bigint) as last_staff,
            cast(entry.value ->> 'seen_customer' as bigint) as seen_customer,
            cast(entry.value ->> 'seen_staff' as bigint) as seen_staff
        from" entries "
    ) as shift
    where conversation_id = shift.shifted and owner = shift.decided_owner and epoch = shift.decided_epoch
    returning conversation_id, last_position, revision"
);

/// Moves conversations on. **Shape**: where each of them stood before; one is missing that another process made somebody
/// else's, or erased, since it was decided who may write there, and nothing may be written into it.
pub(in super::super) async fn shift(
    connection: &mut AnyConnection,
    engine: Engine,
    shifts: &[Shift<'_>],
    now: Time,
) -> Result<HashMap<ConversationId, (Position, Revision)>, Error> {
    if shifts.is_empty() {
        return Ok(HashMap::new());
    }
    let moved: HashMap<&str, u64> = shifts
        .iter()
        .map(|shift| (shift.conversation_id.as_str(), shift.messages))
        .collect();
    let rows = sqlx::query(SHIFT.of(engine))
        .bind(json(&shifts))
        .bind(now.0)
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let conversation_id: String = row.try_get("conversation_id")?;
            let by = moved.get(conversation_id.as_str()).copied().unwrap_or(0);
            let before =
                |column| Ok::<_, Error>(row.try_get::<i64, _>(column)?.unsigned_abs() - by);
            Ok((
                id(ConversationId::parse(&conversation_id))?,
                (
                    Position(before("last_position")?),
                    Revision(before("revision")?),
                ),
            ))
        })
        .collect()
}

/// A message with its place, to be written.
pub(in super::super) struct Written<'a> {
    pub sending: &'a Sending,
    pub accepted: &'a Accepted,
}

const INSERT: PerEngine = per_engine!(
    "insert into message
        (message_id, conversation_id, position, kind, side, author, client_id, body, reply_to, revision, sent_at)
    select
        entry.value ->> 0,
        entry.value ->> 1,
        cast(entry.value ->> 2 as bigint),
        'text',
        entry.value ->> 3,
        entry.value ->> 4,
        entry.value ->> 5,
        entry.value ->> 6,
        cast(entry.value ->> 7 as bigint),
        cast(entry.value ->> 8 as bigint),
        cast(entry.value ->> 9 as bigint)
    from" entries ""
);

/// **Errors**: violates `message_client_id_unique` where another process was quicker with the same client id.
pub(in super::super) async fn insert(
    connection: &mut AnyConnection,
    engine: Engine,
    written: &[Written<'_>],
) -> Result<(), Error> {
    let rows: Vec<_> = written
        .iter()
        .map(|Written { sending, accepted }| {
            let message = &accepted.sent.message;
            (
                &message.message_id,
                &sending.conversation_id,
                message.position,
                side_name(accepted.side),
                &sending.author,
                &sending.client_id,
                sending.text.as_str(),
                message.reply_to,
                accepted.sent.revision,
                message.sent_at,
            )
        })
        .collect();
    sqlx::query(INSERT.of(engine))
        .bind(json(&rows))
        .execute(connection)
        .await?;
    Ok(())
}

// `where true`: without it SQLite reads `on conflict` as a join's condition.
const PARTICIPATE: PerEngine = per_engine!(
    "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
    select
        entry.value ->> 0,
        entry.value ->> 1,
        entry.value ->> 2,
        cast(entry.value ->> 3 as bigint),
        cast(entry.value ->> 4 as bigint)
    from" entries "
    where true
    on conflict (conversation_id, person_id) do update set
        seen_position = case
            when excluded.seen_position > 0 then excluded.seen_position else participant.seen_position end,
        last_written_position = excluded.last_written_position"
);

/// Whoever wrote has written, and with their own hand seen, up to there. A conversation's last position is above every
/// `seen` in it.
pub(in super::super) async fn participate(
    connection: &mut AnyConnection,
    engine: Engine,
    written: &[Written<'_>],
) -> Result<(), Error> {
    // The last of each wins: positions ascend in a batch, and one statement may touch a row only once.
    let mut latest: HashMap<_, (_, Position, Position)> = HashMap::new();
    for Written { sending, accepted } in written {
        let position = accepted.sent.message.position;
        let place = latest
            .entry((&sending.conversation_id, &sending.author))
            .or_insert((side_name(accepted.side), Position::NONE, position));
        place.2 = position;
        if sending.hand == Hand::Own {
            place.1 = position;
        }
    }
    let mut rows: Vec<_> = latest
        .into_iter()
        .map(|((conversation, person), (side, seen, last))| {
            (conversation, person, side, seen, last)
        })
        .collect();
    rows.sort_unstable_by_key(|row| (row.0, row.1));
    sqlx::query(PARTICIPATE.of(engine))
        .bind(json(&rows))
        .execute(connection)
        .await?;
    Ok(())
}
