//! How the server keeps conversations, and how they are read.
//!
//! The law: a page costs the same however long the history is: keyset paging, no offsets, and counts that stop at
//! `limits::UNREAD_COUNTED`. Messages are written by `database/writer/messages.rs` only, which is the hot path.

/// Conversations as somebody sees them.
mod heads;
/// From rows to conversations and messages.
mod row;
/// The messages of a thread.
mod thread;

pub(crate) use heads::heads;
pub use heads::{Below, Head, Viewer, find_head, list_own};
pub(crate) use row::{count, read_heads};
pub use thread::{Stretch, list_messages};

use super::rules::Facts;
use crate::database::AnyConnection;
use row::{conversation_id, number, position, read_standing, side_name};
use shared::{
    conversation::{ConversationKind, Side},
    ids::{ClientId, ConversationId, GroupId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row};

/// Messages of everybody else that the owner has not seen, over all their conversations, at most 100.
pub async fn count_unread_of_owner(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<u32, Error> {
    let row = sqlx::query(
        "select count(*) as unread
        from (
            select 1 as one
            from conversation c
            left join participant own on own.conversation_id = c.conversation_id and own.person_id = $1
            join message m
                on m.conversation_id = c.conversation_id
                and m.position > coalesce(own.seen_position, 0)
                and m.side = 'staff'
            where c.owner = $1 and c.last_staff_position > coalesce(own.seen_position, 0)
            limit 100
        ) as counted",
    )
    .bind(owner.as_str())
    .fetch_one(connection)
    .await?;
    count(&row, "unread")
}

/// The newest conversation of this owner: a guest's one.
pub async fn find_latest_of_owner(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Option<ConversationId>, Error> {
    let row = sqlx::query(
        "select conversation_id
        from conversation
        where owner = $1
        order by last_activity_at desc, conversation_id desc
        limit 1",
    )
    .bind(owner.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| conversation_id(&row)).transpose()
}

/// The conversation that a command opened: how its retry is recognised.
pub async fn find_opened(
    connection: &mut AnyConnection,
    opened_by: &PersonId,
    opening_client_id: &ClientId,
) -> Result<Option<ConversationId>, Error> {
    let row = sqlx::query(
        "select conversation_id
        from conversation
        where opened_by = $1 and opening_client_id = $2",
    )
    .bind(opened_by.as_str())
    .bind(opening_client_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| conversation_id(&row)).transpose()
}

/// A conversation about to get its first message.
pub struct NewConversation<'a> {
    pub conversation_id: &'a ConversationId,
    pub opened_by: &'a PersonId,
    pub opening_client_id: &'a ClientId,
    pub now: Time,
}

/// An empty support conversation of whoever opened it. Its first message goes in by the same transaction.
///
/// **Errors**: violates `conversation_opening_unique` where the same command opened one before.
pub async fn insert_conversation(
    connection: &mut AnyConnection,
    new: &NewConversation<'_>,
) -> Result<(), Error> {
    sqlx::query(
        "insert into conversation
            (conversation_id, kind, opened_by, owner, opening_client_id, last_position, revision, created_at,
            last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
        values ($1, 'support', $2, $2, $3, 0, 0, $4, $4, 0, 0, 0, 0)",
    )
    .bind(new.conversation_id.as_str())
    .bind(new.opened_by.as_str())
    .bind(new.opening_client_id.as_str())
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// A conversation, as far as permission and resuming care.
pub struct Standing {
    pub kind: ConversationKind,
    pub owner: PersonId,
    pub last_position: Position,
    pub revision: Revision,
}

pub async fn find_standing(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Option<Standing>, Error> {
    let row = sqlx::query(
        "select kind, owner, last_position, revision
        from conversation
        where conversation_id = $1",
    )
    .bind(conversation_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_standing).transpose()
}

/// Somebody before a conversation: what they have seen of it, and what is stored about who they are.
pub struct Reader {
    pub standing: Standing,
    pub own_seen: Position,
    pub facts: Facts,
}

/// `None` where either of them is not there.
pub async fn find_reader(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
    guest_group: Option<&GroupId>,
) -> Result<Option<Reader>, Error> {
    let row = sqlx::query(
        "select
            c.kind, c.owner, c.last_position, c.revision, coalesce(own.seen_position, 0) as own_seen,
            p.kind as person_kind, p.admin_since, p.disabled_at, g.joined_at
        from conversation c
        join person p on p.person_id = $2
        left join participant own on own.conversation_id = c.conversation_id and own.person_id = p.person_id
        left join group_member g on g.group_id = cast($3 as text) and g.person_id = p.person_id
        where c.conversation_id = $1",
    )
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .bind(guest_group.map(GroupId::as_str))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Reader {
        standing: read_standing(&row)?,
        own_seen: position(&row, "own_seen")?,
        facts: Facts {
            is_guest: row.try_get::<String, _>("person_kind")? == "guest",
            is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
            is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
            is_member: row.try_get::<Option<i64>, _>("joined_at")?.is_some(),
        },
    }))
}

/// Notes what somebody has had on screen: never back. Answers the revision that it made.
pub async fn update_seen(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
    side: Side,
    seen: Position,
) -> Result<Revision, Error> {
    let position_number = number(seen);
    sqlx::query(
        "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
        values ($1, $2, $3, $4, 0)
        on conflict (conversation_id, person_id) do update set seen_position = excluded.seen_position
        where participant.seen_position < excluded.seen_position",
    )
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .bind(side_name(side))
    .bind(position_number)
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query(
        "update conversation set
            revision = revision + 1,
            customer_seen_position = case
                when $2 = 'customer' and customer_seen_position < $3 then $3 else customer_seen_position end,
            staff_seen_position = case
                when $2 = 'staff' and staff_seen_position < $3 then $3 else staff_seen_position end
        where conversation_id = $1
        returning revision",
    )
    .bind(conversation_id.as_str())
    .bind(side_name(side))
    .bind(position_number)
    .fetch_one(connection)
    .await?;
    Ok(Revision(position(&row, "revision")?.0))
}
