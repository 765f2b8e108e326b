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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::work::{Archive, count_on};
    use sqlx::{Row, SqliteConnection};
    use std::sync::atomic::Ordering;

    const MINA: &str = "01900000-0000-7009-8000-000000000001";

    async fn unread(connection: &mut SqliteConnection) -> i64 {
        let row = sqlx::query(UNREAD)
            .bind(MINA)
            .bind(0)
            .bind(None::<&str>)
            .bind(i64::from(UNANSWERED_LOOKED_AT))
            .fetch_one(connection)
            .await
            .unwrap();
        row.get("unread")
    }

    async fn inbox(connection: &mut SqliteConnection, statement: &'static str) {
        let rows = sqlx::query(statement)
            .bind(MINA)
            .bind(0)
            .bind(i64::MAX)
            .bind("")
            .bind(31)
            .bind(None::<&str>)
            .fetch_all(connection)
            .await
            .unwrap();
        assert_eq!(rows.len(), 31);
    }

    /// What it takes to show the inbox of so many conversations: each list, and the count.
    async fn work_for(conversations: i64) -> [u64; 3] {
        let archive = Archive::of_conversations(conversations, MINA).await;
        let mut connection = archive.connection().await;
        let count = count_on(&mut connection).await;
        let counted = || count.swap(0, Ordering::Relaxed);
        inbox(&mut connection, ALL).await;
        let all = counted();
        inbox(&mut connection, UNANSWERED).await;
        let unanswered = counted();
        assert_eq!(
            unread(&mut connection).await,
            porchlight_bench::seeding::UNSEEN
        );
        [all, unanswered, counted()]
    }

    #[tokio::test]
    async fn the_inbox_costs_the_same_however_many_conversations_there_are() {
        let (few, many) = (work_for(1_000).await, work_for(10_000).await);
        for (few, many) in few.into_iter().zip(many) {
            assert!(few > 100 && many < few * 3 / 2, "{few} and {many}");
        }
    }

    #[tokio::test]
    async fn of_what_nobody_answered_the_newest_are_looked_at() {
        // Every second of them ends with thanks: 600 are unanswered, of which the newest 500 are looked at.
        let archive = Archive::of_conversations(1_200, MINA).await;
        let mut connection = archive.connection().await;
        sqlx::raw_sql("update participant set seen_position = 2")
            .execute(&mut connection)
            .await
            .unwrap();
        assert_eq!(unread(&mut connection).await, 100, "a count stops at 100");
        let newest = "update participant
            set seen_position = 3
            where conversation_id in (
                select conversation_id
                from conversation
                where last_customer_position = 3
                order by last_activity_at desc
                limit $1
            )";
        for (seen, left) in [(470, 30), (500, 0)] {
            sqlx::query(newest)
                .bind(seen)
                .execute(&mut connection)
                .await
                .unwrap();
            assert_eq!(unread(&mut connection).await, left);
        }
    }
}
