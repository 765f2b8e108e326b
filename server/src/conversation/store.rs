//! How the server keeps conversations, and how they are read.
//!
//! The law: a page costs the same however long the history is: keyset paging, no offsets, and counts that stop at
//! `limits::UNREAD_COUNTED`. Messages are written by `database/writer/messages.rs` only, which is the hot path.

use super::{
    row::{
        Head, conversation_id, count, number, position, read_heads, read_message, read_standing,
        side_name,
    },
    rules::Facts,
};
use crate::database::AnyConnection;
use shared::{
    conversation::{ConversationKind, Message, Side},
    ids::{ClientId, ConversationId, GroupId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row};

/// Through whose eyes a conversation is read.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    pub person_id: &'a PersonId,
    /// Staff: since when they answer; nothing older is unread for them. Others: the beginning of time.
    pub since: Time,
}

/// Where a page of conversations begins: below this activity. Newest activity first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    pub last_activity_at: Time,
    pub conversation_id: String,
}

impl Below {
    /// The first page.
    pub const fn top() -> Self {
        Self {
            last_activity_at: Time(i64::MAX),
            conversation_id: String::new(),
        }
    }
}

// One statement for a page of heads: the conversation, its last message, its owner, the viewer's own place in it, what
// is unread, and the three colleagues who wrote last (so a conversation takes up to three rows).
macro_rules! heads {
    ($page:literal) => {
        concat!(
            "with page as (",
            $page,
            ")
            , colleague as (
                select
                    w.conversation_id, w.person_id,
                    row_number() over (partition by w.conversation_id order by w.last_written_position desc) as place
                from page
                join participant w on w.conversation_id = page.conversation_id
                where w.side = 'staff' and w.last_written_position > 0
            )
            select
                page.conversation_id, page.kind, page.owner, page.revision, page.last_position, page.last_activity_at,
                page.customer_seen_position, page.staff_seen_position, page.last_staff_position,
                o.kind as owner_kind, o.display_name as owner_name, o.email_as_typed as owner_email,
                case when o.email_verified then 1 else 0 end as owner_verified,
                coalesce(own.seen_position, 0) as own_seen,
                (
                    select count(*)
                    from (
                        select 1 as one
                        from message u
                        where u.conversation_id = page.conversation_id
                            and u.position > coalesce(own.seen_position, 0)
                            and u.side = case when page.owner = $1 then 'staff' else 'customer' end
                            and (page.owner = $1 or (u.position > page.last_staff_position and u.sent_at > $2))
                        limit 100
                    ) as counted
                ) as unread,
                m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id,
                substr(m.body, 1, 200) as body, m.reply_to, m.sent_at,
                a.display_name as author_name,
                colleague.person_id as colleague_id, s.display_name as colleague_name
            from page
            join person o on o.person_id = page.owner
            left join participant own on own.conversation_id = page.conversation_id and own.person_id = $1
            left join message m on m.conversation_id = page.conversation_id and m.position = page.last_position
            left join person a on a.person_id = m.author
            left join colleague on colleague.conversation_id = page.conversation_id and colleague.place <= 3
            left join person s on s.person_id = colleague.person_id
            order by page.last_activity_at desc, page.conversation_id desc, colleague.place"
        )
    };
}
pub(crate) use heads;

/// One conversation.
pub async fn find_head(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    conversation_id: &ConversationId,
) -> Result<Option<Head>, Error> {
    let rows = sqlx::query(heads!(
        "select * from conversation where conversation_id = $3"
    ))
    .bind(viewer.person_id.as_str())
    .bind(viewer.since.0)
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(read_heads(&rows)?.pop())
}

/// **Shape**: what the viewer owns, newest activity first, at most `limit`.
pub async fn list_own(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    below: &Below,
    limit: u32,
) -> Result<Vec<Head>, Error> {
    let rows = sqlx::query(heads!(
        "select *
        from conversation
        where owner = $1 and (last_activity_at, conversation_id) < ($3, $4)
        order by last_activity_at desc, conversation_id desc
        limit $5"
    ))
    .bind(viewer.person_id.as_str())
    .bind(viewer.since.0)
    .bind(below.last_activity_at.0)
    .bind(below.conversation_id.as_str())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    read_heads(&rows)
}

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

/// Which messages of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    Newest,
    Before(Position),
    After(Position),
}

/// **Shape**: ascending positions without gaps, at most `limit`.
pub async fn list_messages(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    stretch: Stretch,
    limit: u32,
) -> Result<Vec<Message>, Error> {
    let (statement, bound) = match stretch {
        Stretch::After(after) => (AFTER, number(after)),
        Stretch::Before(before) => (BEFORE, number(before)),
        Stretch::Newest => (BEFORE, i64::MAX),
    };
    let rows = sqlx::query(statement)
        .bind(conversation_id.as_str())
        .bind(bound)
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    let mut messages = rows
        .iter()
        .map(read_message)
        .collect::<Result<Vec<_>, _>>()?;
    if !matches!(stretch, Stretch::After(_)) {
        messages.reverse();
    }
    Ok(messages)
}

const AFTER: &str = "
    select
        m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id, m.body, m.reply_to, m.sent_at,
        a.display_name as author_name
    from message m
    left join person a on a.person_id = m.author
    where m.conversation_id = $1 and m.position > $2
    order by m.position
    limit $3";

const BEFORE: &str = "
    select
        m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id, m.body, m.reply_to, m.sent_at,
        a.display_name as author_name
    from message m
    left join person a on a.person_id = m.author
    where m.conversation_id = $1 and m.position < $2
    order by m.position desc
    limit $3";
