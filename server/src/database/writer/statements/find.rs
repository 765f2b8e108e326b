//! What is stored around a batch: one row for each sending.

use super::{super::messages::Sending, PerEngine, id, json, per_engine, position};
use crate::{
    conversation::{
        rules::{Bond, Facts, role_of},
        store::{blocked_column, bond_columns, read_bond},
    },
    database::{AnyConnection, Engine},
};
use shared::{
    conversation::{ConversationKind, Side},
    identity::{Face, Role},
    ids::{ConversationId, MessageId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// What is stored around one sending.
pub(in super::super) struct Found {
    pub head: Option<Head>,
    /// `None`: not there, or disabled.
    pub author: Option<Author>,
    /// What the same client id brought before.
    pub stored: Option<Stored>,
}

pub(in super::super) struct Head {
    pub kind: ConversationKind,
    pub owner: PersonId,
    /// The other one of a direct conversation.
    pub peer: Option<PersonId>,
    pub last_position: Position,
    /// One higher with each undo and each erasure.
    pub epoch: i64,
    /// What joins the two of a direct conversation.
    pub bond: Option<Bond>,
    /// What the author writes here reaches nobody.
    pub is_blocked: bool,
}

pub(in super::super) struct Author {
    pub face: Face,
    pub role: Role,
}

pub(in super::super) struct Stored {
    pub message_id: MessageId,
    pub position: Position,
    pub side: Side,
    pub author: Face,
    /// Its author was a guest who became whoever sends it now, and this conversation came to them so.
    pub was_own: bool,
    /// An undo carried it on into another conversation.
    pub moved: Option<Moved>,
    pub body: String,
    pub reply_to: Option<Position>,
    pub revision: Revision,
    pub sent_at: Time,
}

/// Where a message went on that was written into a conversation which was given back since.
pub(in super::super) struct Moved {
    pub conversation_id: ConversationId,
    pub owner: PersonId,
}

// A conversation whose `epoch` is 0 was never given back: nothing was carried out of it, and nothing is looked up.
// `materialized`: where a stored message would be is settled before it is looked for. Postgres otherwise puts the choice
// into the join, and then reads the whole index of client ids for each message (seen: 1 ms a batch at 10,000 messages).
const FIND: PerEngine = per_engine!(
    ("with asked as (
        select
            cast(entry.value ->> 0 as bigint) as place,
            entry.value ->> 1 as conversation_id,
            entry.value ->> 2 as client_id,
            entry.value ->> 3 as author,
            entry.value ->> 4 as group_id
        from")
    entries
    ("
    ),
    placed as materialized (
        select
            asked.place,
            asked.conversation_id,
            asked.client_id,
            asked.author,
            asked.group_id,
            case when coalesce((
                select z.epoch from conversation z where z.conversation_id = asked.conversation_id
            ), 0) = 0 then asked.conversation_id else coalesce((
                select v.carried_to
                from conversion v
                where v.conversation_id = asked.conversation_id and 1 = (
                    select count(*)
                    from message n
                    where n.conversation_id = v.carried_to and n.client_id = asked.client_id
                        and n.author = asked.author
                )
                limit 1
            ), asked.conversation_id) end as stored_in
        from asked
    )
    select
        c.kind, c.owner, c.peer, c.last_position, c.epoch,
        p.kind as person_kind, p.display_name, p.admin_since, p.disabled_at, g.joined_at,
        m.message_id, m.position, m.side, m.author, m.body, m.reply_to, m.revision, m.sent_at,
        case when m.author is not null then (
            select w.display_name from person w where w.person_id = m.author
        ) end as stored_author_name,
        case when m.author <> asked.author and exists (
            select 1
            from conversion v
            where v.conversation_id = c.conversation_id and v.guest = m.author and v.became = asked.author
                and v.undone_at is null
        ) then 1 else 0 end as was_own,
        case when m.conversation_id <> asked.conversation_id then m.conversation_id end as moved_to,
        case when m.conversation_id <> asked.conversation_id then (
            select y.owner from conversation y where y.conversation_id = m.conversation_id
        ) end as moved_owner,",
    bond_columns!(),
    ",",
    blocked_column!(),
    "
    from placed as asked
    left join conversation c on c.conversation_id = asked.conversation_id
    left join person p on p.person_id = asked.author
    left join group_member g on g.group_id = asked.group_id and g.person_id = asked.author
    left join message m on m.conversation_id = asked.stored_in and m.client_id = asked.client_id
    order by asked.place")
);

/// **Shape**: one for each sending, in their order.
pub(in super::super) async fn find(
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
                &sending.terms.guest_group,
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
            peer: row
                .try_get::<Option<String>, _>("peer")?
                .map(|peer| id(PersonId::parse(&peer)))
                .transpose()?,
            last_position: position(row, "last_position")?,
            epoch: row.try_get("epoch")?,
            bond: read_bond(row)?,
            is_blocked: row.try_get::<i64, _>("is_blocked")? == 1,
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
        author: Face {
            person_id: id(PersonId::parse(&row.try_get::<String, _>("author")?))?,
            name: row.try_get("stored_author_name")?,
            picture: None,
        },
        was_own: row.try_get::<i64, _>("was_own")? == 1,
        moved: read_moved(row)?,
        body: row.try_get("body")?,
        reply_to: row
            .try_get::<Option<i64>, _>("reply_to")?
            .map(|quoted| Position(quoted.unsigned_abs())),
        revision: Revision(row.try_get::<i64, _>("revision")?.unsigned_abs()),
        sent_at: Time(row.try_get("sent_at")?),
    })
}

fn read_moved(row: &AnyRow) -> Result<Option<Moved>, Error> {
    let Some(moved_to) = row.try_get::<Option<String>, _>("moved_to")? else {
        return Ok(None);
    };
    Ok(Some(Moved {
        conversation_id: id(ConversationId::parse(&moved_to))?,
        owner: id(PersonId::parse(&row.try_get::<String, _>("moved_owner")?))?,
    }))
}
