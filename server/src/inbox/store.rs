//! How the inbox is read. It has no table of its own: it is the support conversations, seen by staff.
//!
//! The law: a page costs the same however many conversations there are, and a count stops at 100.

use crate::{
    conversation::store::{Below, Head, Viewer, count, heads, read_heads},
    database::AnyConnection,
};
use shared::{ids::GroupId, inbox::InboxFilter, limits::UNANSWERED_LOOKED_AT};
use sqlx::Error;

/// **Shape**: conversations of customers who are not staff, newest activity first, at most `limit`.
pub async fn list_inbox(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    guest_group: Option<&GroupId>,
    filter: InboxFilter,
    below: &Below,
    limit: u32,
) -> Result<Vec<Head>, Error> {
    let statement = match filter {
        InboxFilter::All => ALL,
        InboxFilter::Unanswered => UNANSWERED,
    };
    let rows = sqlx::query(statement)
        .bind(viewer.person_id.as_str())
        .bind(viewer.since.0)
        .bind(below.last_activity_at.0)
        .bind(below.conversation_id.as_str())
        .bind(i64::from(limit))
        .bind(guest_group.map(GroupId::as_str))
        .fetch_all(connection)
        .await?;
    read_heads(&rows)
}

const ALL: &str = heads!(
    "select c.*
    from conversation c
    join person customer on customer.person_id = c.owner
    where c.kind = 'support'
        and (c.last_activity_at, c.conversation_id) < ($3, $4)
        and customer.admin_since is null
        and not exists (
            select 1 from group_member g where g.group_id = cast($6 as text) and g.person_id = c.owner
        )
    order by c.last_activity_at desc, c.conversation_id desc
    limit $5"
);

const UNANSWERED: &str = heads!(
    "select c.*
    from conversation c
    join person customer on customer.person_id = c.owner
    where c.kind = 'support'
        and c.last_customer_position > c.last_staff_position
        and (c.last_activity_at, c.conversation_id) < ($3, $4)
        and customer.admin_since is null
        and not exists (
            select 1 from group_member g where g.group_id = cast($6 as text) and g.person_id = c.owner
        )
    order by c.last_activity_at desc, c.conversation_id desc
    limit $5"
);

/// Conversations in which a customer wrote something that the viewer has not seen and nobody has answered, at most
/// 100, of the newest `limits::UNANSWERED_LOOKED_AT` that nobody has answered.
///
/// **Source** of that bound: decision 0046.
pub async fn count_unread(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    guest_group: Option<&GroupId>,
) -> Result<u32, Error> {
    let row = sqlx::query(UNREAD)
        .bind(viewer.person_id.as_str())
        .bind(viewer.since.0)
        .bind(guest_group.map(GroupId::as_str))
        .bind(i64::from(UNANSWERED_LOOKED_AT))
        .fetch_one(connection)
        .await?;
    count(&row, "unread")
}

// What was seen goes first: where people end with their thanks, that is nearly all of it.
const UNREAD: &str = "select count(*) as unread
    from (
        select 1 as one
        from (
            select conversation_id, owner, last_customer_position
            from conversation
            where kind = 'support' and last_customer_position > last_staff_position
            order by last_activity_at desc, conversation_id desc
            limit $4
        ) as c
        join person customer on customer.person_id = c.owner
        join message m on m.conversation_id = c.conversation_id and m.position = c.last_customer_position
        where not exists (
                select 1
                from participant own
                where own.conversation_id = c.conversation_id and own.person_id = $1
                    and own.seen_position >= c.last_customer_position
            )
            and m.sent_at > $2
            and customer.admin_since is null
            and not exists (
                select 1 from group_member g where g.group_id = cast($3 as text) and g.person_id = c.owner
            )
        limit 100
    ) as counted";
