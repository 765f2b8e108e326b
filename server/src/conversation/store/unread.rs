//! What waits for somebody, over all their own conversations.
//!
//! The law: a count stops at `limits::UNREAD_COUNTED`.

use super::row::count;
use crate::database::AnyConnection;
use shared::ids::PersonId;
use sqlx::Error;

/// Messages of everybody else that somebody has not seen, over all conversations that they own or are the other one
/// of, at most 100.
pub async fn count_unread_of_person(
    connection: &mut AnyConnection,
    person_id: &PersonId,
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
            union all
            select 1 as one
            from conversation c
            left join participant own on own.conversation_id = c.conversation_id and own.person_id = $1
            join message m
                on m.conversation_id = c.conversation_id
                and m.position > coalesce(own.seen_position, 0)
                and m.side = 'customer'
            where c.peer = $1 and c.last_customer_position > coalesce(own.seen_position, 0)
            limit 100
        ) as counted",
    )
    .bind(person_id.as_str())
    .fetch_one(connection)
    .await?;
    count(&row, "unread")
}

/// Conversations that somebody owns or is the other one of, and in which something waits for them, at most 100.
pub async fn count_unread_chats(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<u32, Error> {
    let row = sqlx::query(
        "select count(*) as unread
        from (
            select 1 as one
            from conversation c
            left join participant own on own.conversation_id = c.conversation_id and own.person_id = $1
            where c.owner = $1 and c.last_staff_position > coalesce(own.seen_position, 0)
            union all
            select 1 as one
            from conversation c
            left join participant own on own.conversation_id = c.conversation_id and own.person_id = $1
            where c.peer = $1 and c.last_customer_position > coalesce(own.seen_position, 0)
            limit 100
        ) as counted",
    )
    .bind(person_id.as_str())
    .fetch_one(connection)
    .await?;
    count(&row, "unread")
}
