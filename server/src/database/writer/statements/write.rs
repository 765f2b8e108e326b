//! What a batch writes: conversations move on, messages go in, their authors have seen them.
//!
//! The law: a message's place is told by how many of its conversation's messages in this batch stand behind it, so that
//! nothing has to be known of the conversation before it is moved on.

use super::{super::messages::Sending, find::Head, id, json, side_name};
use crate::{
    conversation::rules::Hand,
    database::{AnyConnection, Engine},
};
use serde::Serialize;
use shared::{
    conversation::Side,
    identity::Face,
    ids::{ConversationId, MessageId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row, any::AnyRow};
use std::collections::HashMap;

/// How far a conversation moves on in this batch.
#[derive(Serialize)]
pub(in super::super) struct Shift<'a> {
    pub conversation_id: &'a ConversationId,
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

/// A message that is about to be written.
pub(in super::super) struct Draft<'a> {
    /// In the batch.
    pub place: usize,
    pub sending: &'a Sending,
    pub message_id: MessageId,
    pub side: Side,
    pub head: &'a Head,
    pub face: &'a Face,
    /// How many messages of this batch come after it in its conversation.
    pub behind: u64,
}

/// When a batch is written.
#[derive(Clone, Copy)]
pub(in super::super) struct At {
    /// What the messages bear.
    pub now: Time,
    /// What their conversations are ordered by.
    pub active: Time,
}

// Whoever writes has had on screen what stands above: the side's `seen` moves with its last message.
macro_rules! shift {
    ($entries:literal) => {
        concat!(
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
                from ",
            $entries,
            "
            ) as shift
            where conversation_id = shift.shifted and owner = shift.decided_owner and epoch = shift.decided_epoch
            returning conversation_id, last_position, revision"
        )
    };
}

macro_rules! insert {
    ($entries:literal, $shifted:literal) => {
        concat!(
            "insert into message
                (message_id, conversation_id, position, kind, side, author, client_id, body, reply_to, revision, sent_at)
            select
                entry.value ->> 0,
                entry.value ->> 1,
                shifted.last_position - cast(entry.value ->> 2 as bigint),
                'text',
                entry.value ->> 3,
                entry.value ->> 4,
                entry.value ->> 5,
                entry.value ->> 6,
                cast(entry.value ->> 7 as bigint),
                shifted.revision - cast(entry.value ->> 2 as bigint),
                cast(entry.value ->> 8 as bigint)
            from ",
            $entries,
            " join ",
            $shifted,
            " on shifted.conversation_id = entry.value ->> 1"
        )
    };
}

// `where true`: without it SQLite reads `on conflict` as a join's condition.
macro_rules! participate {
    ($entries:literal, $shifted:literal) => {
        concat!(
            "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
            select
                entry.value ->> 0,
                entry.value ->> 1,
                entry.value ->> 2,
                coalesce(shifted.last_position - cast(entry.value ->> 3 as bigint), 0),
                shifted.last_position - cast(entry.value ->> 4 as bigint)
            from ",
            $entries,
            " join ",
            $shifted,
            " on shifted.conversation_id = entry.value ->> 0
            where true
            on conflict (conversation_id, person_id) do update set
                seen_position = case
                    when excluded.seen_position > 0 then excluded.seen_position else participant.seen_position end,
                last_written_position = excluded.last_written_position"
        )
    };
}

const SHIFT: &str = shift!("json_each($1) as entry");
const INSERT: &str = insert!("json_each($1) as entry", "conversation as shifted");
const PARTICIPATE: &str = participate!("json_each($1) as entry", "conversation as shifted");

/// The same three at once.
const WRITE: &str = concat!(
    "with shifted as (",
    shift!("json_array_elements(cast($1 as json)) as entry (value)"),
    "), inserted as (",
    insert!(
        "json_array_elements(cast($3 as json)) as entry (value)",
        "shifted"
    ),
    "), participating as (",
    participate!(
        "json_array_elements(cast($4 as json)) as entry (value)",
        "shifted"
    ),
    ") select conversation_id, last_position, revision from shifted"
);

/// Moves conversations on and writes what is new in them. **Shape**: where each of them stands now; one is missing that
/// another process made somebody else's, or erased, since it was decided who may write there, and nothing was written
/// into it.
///
/// **Errors**: violates `message_client_id_unique` where another process was quicker with the same client id.
pub(in super::super) async fn write(
    connection: &mut AnyConnection,
    engine: Engine,
    shifts: &[Shift<'_>],
    drafts: &[Draft<'_>],
    at: At,
) -> Result<HashMap<ConversationId, (Position, Revision)>, Error> {
    if shifts.is_empty() {
        return Ok(HashMap::new());
    }
    let (messages, participants) = (messages(drafts, at.now), participants(drafts));
    let shifting = |statement| sqlx::query(statement).bind(json(&shifts)).bind(at.active.0);
    let rows = match engine {
        Engine::Postgres => {
            let writing = shifting(WRITE).bind(messages).bind(participants);
            writing.fetch_all(connection).await?
        }
        Engine::Sqlite => {
            let rows = shifting(SHIFT).fetch_all(&mut *connection).await?;
            // Nothing comes between a decision and its writing: there is one writer.
            if rows.len() != shifts.len() {
                return Err(Error::RowNotFound);
            }
            for (statement, entries) in [(INSERT, messages), (PARTICIPATE, participants)] {
                let inserting = sqlx::query(statement).bind(entries);
                inserting.execute(&mut *connection).await?;
            }
            rows
        }
    };
    rows.iter().map(read_moved).collect()
}

fn read_moved(row: &AnyRow) -> Result<(ConversationId, (Position, Revision)), Error> {
    let number = |column| Ok::<_, Error>(row.try_get::<i64, _>(column)?.unsigned_abs());
    let conversation_id: String = row.try_get("conversation_id")?;
    let stands = (
        Position(number("last_position")?),
        Revision(number("revision")?),
    );
    Ok((id(ConversationId::parse(&conversation_id))?, stands))
}

fn messages(drafts: &[Draft<'_>], now: Time) -> String {
    let rows: Vec<_> = drafts
        .iter()
        .map(|draft| {
            let sending = draft.sending;
            (
                &draft.message_id,
                &sending.conversation_id,
                draft.behind,
                side_name(draft.side),
                &sending.author,
                &sending.client_id,
                sending.text.as_str(),
                sending.reply_to,
                now,
            )
        })
        .collect();
    json(&rows)
}

/// Whoever writes has written, and with their own hand seen, up to there. A conversation's last position is above every
/// `seen` in it.
fn participants(drafts: &[Draft<'_>]) -> String {
    // The last of each wins: drafts are in order, and one statement may touch a row only once.
    let mut latest: HashMap<_, (_, Option<u64>, u64)> = HashMap::new();
    for draft in drafts {
        let place = latest
            .entry((&draft.sending.conversation_id, &draft.sending.author))
            .or_insert((side_name(draft.side), None, draft.behind));
        place.2 = draft.behind;
        if draft.sending.hand == Hand::Own {
            place.1 = Some(draft.behind);
        }
    }
    let mut sorted: Vec<_> = latest
        .into_iter()
        .map(|((conversation, person), (side, seen, last))| {
            (conversation, person, side, seen, last)
        })
        .collect();
    sorted.sort_unstable_by_key(|row| (row.0, row.1));
    json(&sorted)
}
