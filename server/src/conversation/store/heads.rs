//! Heads: conversations as somebody sees them in a list, or above a thread.

use super::row::read_heads;
use crate::{conversation::rules::Bond, conversion::rules::Holding, database::AnyConnection};
use shared::{
    conversation::Conversation,
    group::Peer,
    ids::{ConversationId, PersonId, Time},
};
use sqlx::Error;

/// A conversation with what only the server needs to know about it. `super::super::view` makes of it what somebody sees.
#[derive(Clone)]
pub struct Head {
    pub owner: PersonId,
    /// Whatever anybody may see of it: `customer` is filled in for support, and taken away from those who may not see
    /// it; `blocked` is the viewer's; `peer` and `writing` are not filled in.
    pub conversation: Conversation,
    /// `None` for support.
    pub direct: Option<Box<Direct>>,
    /// What made it its owner's, as far as taking that back cares: `conversation.converted` says the rest, and lets
    /// nobody take it back.
    pub holding: Option<Holding>,
    pub acted: Option<Acted>,
}

/// Somebody of the site is, or was, signed in as the owner (C9).
#[derive(Clone)]
pub struct Acted {
    /// What the host calls them.
    pub by: String,
    pub until: Time,
}

/// The two of a direct conversation.
#[derive(Clone)]
pub struct Direct {
    /// Who began it.
    pub owner: Peer,
    pub peer: Peer,
    pub bond: Bond,
}

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

// One statement for a page of heads: the conversation, its last message, its owner and its other one, the viewer's own
// place in it, what is unread, whom the viewer's side blocked, and the three colleagues who wrote last (so a
// conversation takes up to three rows). What is unread has one lower bound, because an index walks from one: with two, a
// colleague who never looked would walk the whole thread.
macro_rules! heads {
    ($page:expr) => {
        $crate::conversation::store::heads!($page, "")
    };
    // With more columns of the conversation `c`; each begins with a comma.
    ($page:expr, $more:expr) => {
        concat!(
            "with page as (",
            $page,
            ")
            , colleague as (
                select
                    w.conversation_id, w.person_id,
                    row_number() over (partition by w.conversation_id order by w.last_written_position desc) as place
                from page
                cross join participant w
                where w.conversation_id = page.conversation_id
                    and page.kind = 'support' and w.side = 'staff' and w.last_written_position > 0
            )
            select
                c.conversation_id, c.kind, c.owner, c.peer, c.revision, c.last_position, c.last_activity_at,
                c.customer_seen_position, c.staff_seen_position, c.last_staff_position, c.epoch,
                o.kind as owner_kind, o.display_name as owner_name, o.email_as_typed as owner_email,
                case when o.email_verified then 1 else 0 end as owner_verified,
                q.display_name as peer_name, q.email_as_typed as peer_email,",
            $crate::conversation::store::bond_columns!(),
            ",
                case
                    when c.kind = 'direct' then (
                        select b.blocked
                        from block b
                        where b.scope = 'person' and b.blocker = $1
                            and b.blocked = case when c.owner = $1 then c.peer else c.owner end
                    )
                    when c.owner = $1 then (
                        select string_agg(b.blocked, ' ')
                        from participant w
                        join block b on b.scope = 'person' and b.blocker = $1 and b.blocked = w.person_id
                        where w.conversation_id = c.conversation_id and w.side = 'staff'
                    )
                    else (select b.blocked from block b where b.scope = 'site' and b.blocked = c.owner)
                end as blocked,
                coalesce(own.seen_position, 0) as own_seen,
                case when c.kind = 'support' and c.owner_kind = 'user' then (
                    select cast(s.expires_at as text) || ' ' || s.acted_by
                    from session s
                    where s.person_id = c.owner and s.acted_by is not null
                    order by s.expires_at desc
                    limit 1
                ) end as acted,
                (
                    select v.proof || ' ' || v.cut || ' ' || v.converted_at || ' ' || v.became || ' ' || (
                        select count(*)
                        from person e
                        where e.person_id in (v.guest, v.became) and e.erased_at is not null
                    )
                    from conversion v
                    where v.conversation_id = c.conversation_id and v.undone_at is null and v.became = c.owner
                    order by v.converted_at desc, v.conversion_id desc
                    limit 1
                ) as converted,
                (
                    select count(*)
                    from (
                        select 1 as one
                        from message u
                        where u.conversation_id = c.conversation_id
                            and u.position > case
                                when c.owner = $1 or c.kind = 'direct' or own.seen_position > c.last_staff_position
                                    then coalesce(own.seen_position, 0)
                                else c.last_staff_position
                            end
                            and u.side = case when c.owner = $1 then 'staff' else 'customer' end
                            and (c.owner = $1 or c.kind = 'direct' or u.sent_at > $2)
                        limit 100
                    ) as counted
                ) as unread,
                m.message_id, m.position, m.kind as message_kind, m.side, m.author, m.client_id,
                substr(m.body, 1, 200) as body, m.reply_to, m.sent_at,
                a.display_name as author_name,
                colleague.person_id as colleague_id, s.display_name as colleague_name",
            $more,
            "
            from page c
            join person o on o.person_id = c.owner
            left join person q on q.person_id = c.peer
            left join participant own on own.conversation_id = c.conversation_id and own.person_id = $1
            left join message m on m.conversation_id = c.conversation_id and m.position = c.last_position
            left join person a on a.person_id = m.author
            left join colleague on colleague.conversation_id = c.conversation_id and colleague.place <= 3
            left join person s on s.person_id = colleague.person_id
            order by c.last_activity_at desc, c.conversation_id desc, colleague.place"
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
    let rows = sqlx::query(ONE)
        .bind(viewer.person_id.as_str())
        .bind(viewer.since.0)
        .bind(conversation_id.as_str())
        .fetch_all(connection)
        .await?;
    Ok(read_heads(&rows)?.pop())
}

const ONE: &str = heads!("select * from conversation where conversation_id = $3");

/// **Shape**: what the viewer owns or is the other one of, newest activity first, at most `limit`.
pub async fn list_own(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    below: &Below,
    limit: u32,
) -> Result<Vec<Head>, Error> {
    let rows = sqlx::query(OWN)
        .bind(viewer.person_id.as_str())
        .bind(viewer.since.0)
        .bind(below.last_activity_at.0)
        .bind(below.conversation_id.as_str())
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    read_heads(&rows)
}

// Two walks down two indexes, each no longer than the page: an `or` would walk everything that somebody ever said.
const OWN: &str = heads!(
    "select *
    from (
        select *
        from (
            select *
            from conversation
            where owner = $1 and (last_activity_at, conversation_id) < ($3, $4)
            order by last_activity_at desc, conversation_id desc
            limit $5
        ) as begun
        union all
        select *
        from (
            select *
            from conversation
            where peer = $1 and (last_activity_at, conversation_id) < ($3, $4)
            order by last_activity_at desc, conversation_id desc
            limit $5
        ) as joined
    ) as own
    order by last_activity_at desc, conversation_id desc
    limit $5"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{
        Database,
        work::{Archive, count_on},
    };
    use sqlx::{AssertSqlSafe, Row};
    use std::sync::atomic::Ordering;

    const MINA: &str = "01900000-0000-7009-8000-000000000001";
    const LONG: &str = "01900000-0000-7005-8000-000000000001";

    /// What it takes to read the head of a thread of so many messages, as this person.
    async fn work_for(messages: i64, person: &str) -> u64 {
        let archive = Archive::of_messages(messages, MINA).await;
        let mut connection = archive.connection().await;
        let count = count_on(&mut connection).await;
        let rows = sqlx::query(ONE)
            .bind(person)
            .bind(0)
            .bind(LONG)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let row = &rows[0];
        assert_eq!(row.get::<i64, _>("last_position"), messages);
        assert_eq!(
            row.get::<i64, _>("unread"),
            0,
            "the last word was the staff's"
        );
        count.load(Ordering::Relaxed)
    }

    #[tokio::test]
    async fn the_head_of_a_long_thread_costs_no_more_than_that_of_a_short_one() {
        // Who answers it, and a colleague who has never looked at it.
        for person in [MINA, "01900000-0000-7009-8000-000000000002"] {
            let (short, long) = (work_for(100, person).await, work_for(10_000, person).await);
            assert!(short > 100 && long < short * 3 / 2, "{short} and {long}");
        }
    }

    #[tokio::test]
    async fn the_list_of_chats_walks_two_indexes_and_scans_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("porchlight.sqlite");
        let database = Database::open(&format!("sqlite:{}", path.display()))
            .await
            .unwrap();
        let mut connection = database.read().await.unwrap();
        let rows = sqlx::query(AssertSqlSafe(format!("explain query plan {OWN}")))
            .fetch_all(&mut *connection)
            .await
            .unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        for index in ["conversation_owner_index", "conversation_peer_index"] {
            let walks = |step: &&String| step.contains(index) && step.starts_with("SEARCH");
            assert_eq!(plan.iter().filter(walks).count(), 1, "{plan:#?}");
        }
        let scans = |step: &&String| {
            // What was read by then: the page itself, and its parts.
            let own = [
                "begun",
                "joined",
                "own",
                "page",
                "c",
                "colleague",
                "counted",
            ];
            step.strip_prefix("SCAN ").is_some_and(|table| {
                !table.starts_with('(')
                    && !own.contains(&table.split(' ').next().unwrap_or_default())
            })
        };
        assert_eq!(plan.iter().find(scans), None, "{plan:#?}");
    }
}
