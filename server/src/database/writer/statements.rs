//! The hot path's four statements, each in the words of both engines.
//!
//! The law: only here may a statement stand twice. The two differ in one function: `json_each` on SQLite,
//! `json_array_elements` on Postgres; a batch travels as one JSON text.

use super::messages::{Accepted, Sending};
use crate::{
    conversation::rules::{Facts, role_of},
    database::{AnyConnection, Engine},
};
use serde::Serialize;
use shared::{
    conversation::{ConversationKind, Side},
    identity::{Face, Role},
    ids::{ConversationId, MessageId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row, any::AnyRow};
use std::collections::HashMap;

/// A statement whose parameter `$1` is a JSON array; `entry.value` is one element of it.
struct PerEngine {
    sqlite: &'static str,
    postgres: &'static str,
}

impl PerEngine {
    const fn of(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// `entries` stands where the elements come from.
macro_rules! per_engine {
    ($before:literal entries $after:literal) => {
        PerEngine {
            sqlite: concat!($before, " json_each($1) as entry ", $after),
            postgres: concat!(
                $before,
                " json_array_elements(cast($1 as json)) as entry (value) ",
                $after
            ),
        }
    };
}

/// What is stored around one sending.
pub(super) struct Found {
    pub head: Option<Head>,
    /// `None`: not there, or disabled.
    pub author: Option<Author>,
    /// What the same client id brought before.
    pub stored: Option<Stored>,
}

pub(super) struct Head {
    pub kind: ConversationKind,
    pub owner: PersonId,
    pub last_position: Position,
}

pub(super) struct Author {
    pub face: Face,
    pub role: Role,
}

pub(super) struct Stored {
    pub message_id: MessageId,
    pub position: Position,
    pub side: Side,
    pub author: PersonId,
    pub body: String,
    pub reply_to: Option<Position>,
    pub revision: Revision,
    pub sent_at: Time,
}

const FIND: PerEngine = per_engine!(
    "with asked as (
        select
            cast(entry.value ->> 0 as bigint) as place,
            entry.value ->> 1 as conversation_id,
            entry.value ->> 2 as client_id,
            entry.value ->> 3 as author,
            entry.value ->> 4 as group_id
        from" entries "
    )
    select
        c.kind, c.owner, c.last_position,
        p.kind as person_kind, p.display_name, p.admin_since, p.disabled_at, g.joined_at,
        m.message_id, m.position, m.side, m.author, m.body, m.reply_to, m.revision, m.sent_at
    from asked
    left join conversation c on c.conversation_id = asked.conversation_id
    left join person p on p.person_id = asked.author
    left join group_member g on g.group_id = asked.group_id and g.person_id = asked.author
    left join message m on m.conversation_id = asked.conversation_id and m.client_id = asked.client_id
    order by asked.place"
);

/// **Shape**: one for each sending, in their order.
pub(super) async fn find(
    connection: &mut AnyConnection,
    engine: Engine,
    sendings: &[&Sending],
) -> Result<Vec<Found>, Error> {
    let asked: Vec<_> = sendings
        .iter()
        .enumerate()
        .map(|(place, sending)| {
            (
                place,
                &sending.conversation_id,
                &sending.client_id,
                &sending.author,
                &sending.guest_group,
            )
        })
        .collect();
    let rows = sqlx::query(FIND.of(engine))
        .bind(json(&asked))
        .fetch_all(connection)
        .await?;
    if rows.len() != sendings.len() {
        return Err(Error::RowNotFound);
    }
    rows.iter()
        .zip(sendings)
        .map(|(row, sending)| read_found(row, sending))
        .collect()
}

fn read_found(row: &AnyRow, sending: &Sending) -> Result<Found, Error> {
    let head = match row.try_get::<Option<String>, _>("owner")? {
        Some(owner) => Some(Head {
            kind: if row.try_get::<String, _>("kind")? == "support" {
                ConversationKind::Support
            } else {
                ConversationKind::Direct
            },
            owner: id(PersonId::parse(&owner))?,
            last_position: position(row, "last_position")?,
        }),
        None => None,
    };
    let author = match row.try_get::<Option<String>, _>("person_kind")? {
        Some(kind) => role_of(Facts {
            is_guest: kind == "guest",
            is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
            is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
            is_member: row.try_get::<Option<i64>, _>("joined_at")?.is_some(),
        })
        .map(|role| {
            let name = row.try_get("display_name")?;
            Ok::<_, Error>(Author {
                face: Face {
                    person_id: sending.author.clone(),
                    name,
                    picture: None,
                },
                role,
            })
        })
        .transpose()?,
        None => None,
    };
    let stored = match row.try_get::<Option<String>, _>("message_id")? {
        Some(message_id) => Some(read_stored(row, &message_id)?),
        None => None,
    };
    Ok(Found {
        head,
        author,
        stored,
    })
}

fn read_stored(row: &AnyRow, message_id: &str) -> Result<Stored, Error> {
    Ok(Stored {
        message_id: id(MessageId::parse(message_id))?,
        position: position(row, "position")?,
        side: if row.try_get::<String, _>("side")? == "staff" {
            Side::Staff
        } else {
            Side::Customer
        },
        author: id(PersonId::parse(&row.try_get::<String, _>("author")?))?,
        body: row.try_get("body")?,
        reply_to: row
            .try_get::<Option<i64>, _>("reply_to")?
            .map(|quoted| Position(quoted.unsigned_abs())),
        revision: Revision(row.try_get::<i64, _>("revision")?.unsigned_abs()),
        sent_at: Time(row.try_get("sent_at")?),
    })
}

/// How far a conversation moves on in this batch.
#[derive(Serialize)]
pub(super) struct Shift<'a> {
    conversation_id: &'a ConversationId,
    pub messages: u64,
    /// Which of them is the last by the customer; 0 for none.
    pub last_customer: u64,
    /// Which of them is the last by staff; 0 for none.
    pub last_staff: u64,
}

impl<'a> Shift<'a> {
    pub const fn of(conversation_id: &'a ConversationId) -> Self {
        Self {
            conversation_id,
            messages: 0,
            last_customer: 0,
            last_staff: 0,
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
        customer_seen_position = case when shift.last_customer > 0 then last_position + shift.last_customer else customer_seen_position end,
        last_staff_position = case when shift.last_staff > 0 then last_position + shift.last_staff else last_staff_position end,
        staff_seen_position = case when shift.last_staff > 0 then last_position + shift.last_staff else staff_seen_position end
    from (
        select
            entry.value ->> 'conversation_id' as shifted,
            cast(entry.value ->> 'messages' as bigint) as messages,
            cast(entry.value ->> 'last_customer' as bigint) as last_customer,
            cast(entry.value ->> 'last_staff' as bigint) as last_staff
        from" entries "
    ) as shift
    where conversation_id = shift.shifted
    returning conversation_id, last_position, revision"
);

/// Moves conversations on. **Shape**: where each of them stood before.
pub(super) async fn shift(
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
pub(super) struct Written<'a> {
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
pub(super) async fn insert(
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
        cast(entry.value ->> 3 as bigint)
    from" entries "
    where true
    on conflict (conversation_id, person_id) do update set
        seen_position = excluded.seen_position,
        last_written_position = excluded.last_written_position"
);

/// Whoever wrote has written, and seen, up to there. A conversation's last position is above every `seen` in it.
pub(super) async fn participate(
    connection: &mut AnyConnection,
    engine: Engine,
    written: &[Written<'_>],
) -> Result<(), Error> {
    // The last of each wins: positions ascend in a batch, and one statement may touch a row only once.
    let latest: HashMap<_, _> = written
        .iter()
        .map(|Written { sending, accepted }| {
            (
                (&sending.conversation_id, &sending.author),
                (side_name(accepted.side), accepted.sent.message.position),
            )
        })
        .collect();
    let mut rows: Vec<_> = latest
        .into_iter()
        .map(|((conversation, person), (side, position))| (conversation, person, side, position))
        .collect();
    rows.sort_unstable_by_key(|row| (row.0, row.1));
    sqlx::query(PARTICIPATE.of(engine))
        .bind(json(&rows))
        .execute(connection)
        .await?;
    Ok(())
}

const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Staff => "staff",
        Side::System => "system",
    }
}

fn json(rows: &impl Serialize) -> String {
    serde_json::to_string(rows).expect("rows of texts and numbers are JSON")
}

fn position(row: &AnyRow, column: &str) -> Result<Position, Error> {
    Ok(Position(row.try_get::<i64, _>(column)?.unsigned_abs()))
}

fn id<Id>(parsed: Option<Id>) -> Result<Id, Error> {
    parsed.ok_or_else(|| Error::Decode("a column of ids holds no id".into()))
}
