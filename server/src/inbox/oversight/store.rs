//! How admins' lists of conversations are read. They have no table of their own.
//!
//! The laws: keyset paging, newest activity first, along an index; what was typed is text and never a pattern.

use crate::{
    conversation::store::{Below, Head, Viewer, heads, read_heads},
    database::AnyConnection,
    person::search::{Search, pattern},
};
use shared::{
    conversation::{ConversationKind, CustomerKind},
    ids::ConversationId,
};
use sqlx::{Error, Row, any::AnyRow};
use std::collections::HashSet;

/// Which conversations.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Whose.
    pub of: CustomerKind,
    /// `None`: both kinds.
    pub kind: Option<ConversationKind>,
    pub filter: Filter,
    /// Names and addresses of the people in it.
    pub search: Option<&'a Search>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    All,
    /// The last word is the customer's. Of support only: two users owe each other no answer.
    Unanswered,
    /// Somebody in it is blocked.
    Blocked,
}

/// A head, whether somebody in it is blocked, and whether its owner was erased.
pub struct Overseen {
    pub head: Head,
    pub is_blocked: bool,
    pub is_erased: bool,
}

// Where a block was done, and wherever else it holds. There are few blocks and many conversations: `cross join` keeps
// SQLite from walking the latter, and `coalesce` keeps Postgres from adding up everything that is not direct.
macro_rules! blocked_conversations {
    () => {
        "(
            select b.conversation_id
            from block b
            union
            select x.conversation_id
            from block b
            cross join conversation x
            where b.scope = 'site' and x.owner = b.blocked and coalesce(x.peer, '') = ''
            union
            select x.conversation_id
            from block b
            cross join conversation x
            where b.scope = 'person'
                and x.pair = case
                    when b.blocked < b.blocker then b.blocked || ' ' || b.blocker
                    else b.blocker || ' ' || b.blocked
                end
        )"
    };
}

macro_rules! standing {
    () => {
        concat!(
            ", case when o.erased_at is null then 0 else 1 end as is_erased,
            case when c.conversation_id in ",
            blocked_conversations!(),
            " then 1 else 0 end as is_blocked"
        )
    };
}

macro_rules! page {
    ($($which:expr),*) => {
        concat!(
            "select c.*
            from conversation c
            join person o on o.person_id = c.owner
            left join person q on q.person_id = c.peer
            where c.owner_kind = $6
                and (c.last_activity_at, c.conversation_id) < ($3, $4)
                and ($7 = '' or c.kind = $7)
                and (
                    o.search_name like $8 escape '!'
                    or lower(coalesce(o.email_as_typed, '')) like $8 escape '!'
                    or coalesce(q.search_name, '') like $8 escape '!'
                    or lower(coalesce(q.email_as_typed, '')) like $8 escape '!'
                )",
            $($which,)*
            "
            order by c.last_activity_at desc, c.conversation_id desc
            limit $5"
        )
    };
}

const ALL: &str = heads!(page!(), standing!());

const UNANSWERED: &str = heads!(
    page!("and c.kind = 'support' and c.last_customer_position > c.last_staff_position"),
    standing!()
);

const BLOCKED: &str = heads!(
    page!("and c.conversation_id in", blocked_conversations!()),
    standing!()
);

/// **Shape**: newest activity first, at most `limit`.
pub async fn list_overseen(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    wanted: Wanted<'_>,
    below: &Below,
    limit: u32,
) -> Result<Vec<Overseen>, Error> {
    let statement = match wanted.filter {
        Filter::All => ALL,
        Filter::Unanswered => UNANSWERED,
        Filter::Blocked => BLOCKED,
    };
    let rows = sqlx::query(statement)
        .bind(viewer.person_id.as_str())
        .bind(viewer.since.0)
        .bind(below.last_activity_at.0)
        .bind(below.conversation_id.as_str())
        .bind(i64::from(limit))
        .bind(match wanted.of {
            CustomerKind::Guest => "guest",
            CustomerKind::User => "user",
        })
        .bind(match wanted.kind {
            None => "",
            Some(ConversationKind::Support) => "support",
            Some(ConversationKind::Direct) => "direct",
        })
        .bind(pattern(wanted.search))
        .fetch_all(connection)
        .await?;
    read_overseen(&rows)
}

/// One conversation.
pub async fn find_overseen(
    connection: &mut AnyConnection,
    viewer: Viewer<'_>,
    conversation_id: &ConversationId,
) -> Result<Option<Overseen>, Error> {
    let rows = sqlx::query(heads!(
        "select * from conversation where conversation_id = $3",
        standing!()
    ))
    .bind(viewer.person_id.as_str())
    .bind(viewer.since.0)
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    Ok(read_overseen(&rows)?.pop())
}

fn read_overseen(rows: &[AnyRow]) -> Result<Vec<Overseen>, Error> {
    let of = |column: &str| {
        let mut found = HashSet::new();
        for row in rows {
            if row.try_get::<i64, _>(column)? == 1 {
                found.insert(row.try_get::<String, _>("conversation_id")?);
            }
        }
        Ok::<_, Error>(found)
    };
    let (blocked, erased) = (of("is_blocked")?, of("is_erased")?);
    let heads = read_heads(rows)?.into_iter();
    let overseen = heads.map(|head| {
        let conversation_id = head.conversation.conversation_id.as_str();
        Overseen {
            is_blocked: blocked.contains(conversation_id),
            is_erased: erased.contains(conversation_id),
            head,
        }
    });
    Ok(overseen.collect())
}
