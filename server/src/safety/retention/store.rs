//! How guests are found whose conversations have been kept for long. They have no table of their own.
//!
//! The law: every statement looks at a bounded number of rows, along an index, however many were erased before.

use super::rules::{Sessions, Stillness};
use crate::database::{AnyConnection, read_id};
use shared::ids::{ConversationId, PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// Where somebody stands in the list of guests' conversations, the longest silent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub last_word: Time,
    pub conversation_id: String,
}

impl Place {
    /// Before all of them.
    pub const fn first() -> Self {
        Self {
            last_word: Time(i64::MIN),
            conversation_id: String::new(),
        }
    }
}

/// A guest's conversation in which nobody wrote for some time.
#[derive(Clone, Debug)]
pub struct Silent {
    pub conversation_id: ConversationId,
    pub last_word: Time,
    pub guest: PersonId,
    /// They were erased, and nobody wrote here since.
    pub is_gone: bool,
}

const LIST_SILENT: &str = "
    select
        c.conversation_id, c.last_activity_at, g.person_id,
        case when g.erased_at >= c.last_activity_at then 1 else 0 end as is_gone
    from conversation c
    join person g on g.person_id = c.owner
    where c.owner_kind = 'guest' and (c.last_activity_at, c.conversation_id) > ($2, $3)
        and c.last_activity_at <= $1
    order by c.last_activity_at, c.conversation_id
    limit $4";

/// **Shape**: conversations of guests in which nobody wrote after `until`, the longest silent first, behind a place, at
/// most `limit`.
pub async fn list_silent(
    connection: &mut AnyConnection,
    until: Time,
    behind: &Place,
    limit: u32,
) -> Result<Vec<Silent>, Error> {
    let rows = sqlx::query(LIST_SILENT)
        .bind(until.0)
        .bind(behind.last_word.0)
        .bind(behind.conversation_id.as_str())
        .bind(i64::from(limit))
        .fetch_all(connection)
        .await?;
    let read = |row: &AnyRow| {
        Ok(Silent {
            conversation_id: read_id(row, "conversation_id")?,
            last_word: Time(row.try_get("last_activity_at")?),
            guest: read_id(row, "person_id")?,
            is_gone: row.try_get::<i64, _>("is_gone")? == 1,
        })
    };
    rows.iter().map(read).collect()
}

const FIND_STILLNESS: &str = "
    select
        g.erased_at,
        (
            select max(c.last_activity_at)
            from conversation c
            where c.owner = g.person_id and c.kind = 'support'
        ) as last_word,
        (select max(v.undone_at) from conversion v where v.guest = g.person_id) as given_back_at,
        case when exists (
            select 1
            from session s
            where s.person_id = g.person_id and s.kind = 'guest' and s.expires_at > $2
        ) then 1 else 0 end as has_session
    from person g
    where g.person_id = $1 and g.kind = 'guest'";

/// What is known of a guest's age. `None`: there is no such guest.
pub async fn find_stillness(
    connection: &mut AnyConnection,
    guest: &PersonId,
    now: Time,
) -> Result<Option<Stillness>, Error> {
    let row = sqlx::query(FIND_STILLNESS)
        .bind(guest.as_str())
        .bind(now.0)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let time = |column| Ok::<_, Error>(row.try_get::<Option<i64>, _>(column)?.map(Time));
    Ok(Some(Stillness {
        last_word: time("last_word")?,
        given_back_at: time("given_back_at")?,
        erased_at: time("erased_at")?,
        sessions: match row.try_get::<i64, _>("has_session")? {
            0 => Sessions::Ended,
            _ => Sessions::Living,
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::work::{Archive, count_on};
    use sqlx::SqliteConnection;
    use std::sync::atomic::Ordering;

    const MINA: &str = "01900000-0000-7009-8000-000000000001";
    const PAGE: i64 = 200;

    async fn page(connection: &mut SqliteConnection, behind: (i64, &str)) -> Vec<(i64, String)> {
        let rows = sqlx::query(LIST_SILENT)
            .bind(i64::MAX)
            .bind(behind.0)
            .bind(behind.1)
            .bind(PAGE)
            .fetch_all(connection)
            .await
            .unwrap();
        rows.iter()
            .map(|row| (row.get("last_activity_at"), row.get("conversation_id")))
            .collect()
    }

    /// What it takes to read on among so many, and to look at one guest.
    async fn work_for(conversations: i64) -> [u64; 2] {
        let archive = Archive::of_conversations(conversations, MINA).await;
        let mut connection = archive.connection().await;
        let (moment, id) = page(&mut connection, (i64::MIN, "")).await.pop().unwrap();
        let guest: String = sqlx::query_scalar("select max(owner) from conversation")
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let count = count_on(&mut connection).await;
        let next = page(&mut connection, (moment, &id)).await;
        assert_eq!(next.len() as i64, PAGE);
        let paging = count.swap(0, Ordering::Relaxed);
        sqlx::query(FIND_STILLNESS)
            .bind(guest)
            .bind(0)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        [paging, count.swap(0, Ordering::Relaxed)]
    }

    #[tokio::test]
    async fn a_step_costs_the_same_however_long_the_history() {
        let (short, long) = (work_for(600).await, work_for(6_000).await);
        for (what, (short, long)) in ["a page", "a guest"]
            .into_iter()
            .zip(short.into_iter().zip(long))
        {
            assert!(
                long <= short + short / 10 + 50,
                "{what}: {short} became {long}"
            );
        }
    }
}
