//! A long history, written straight into the tables: a hundred thousand conversations through the door would take hours.
//!
//! The laws: this is the one place of the bench that goes behind the doors, and only while nobody serves; the text is
//! of the portable subset, so both engines get the same history.

use crate::clock;
use crate::program::Program;
use anyhow::{Context, Result};
use shared::ids::ConversationId;
use sqlx::{AnyConnection, Connection};

/// Conversations that an agent who keeps up has not looked at yet, whatever the history.
pub const UNSEEN: i64 = 20;

/// The database of a server that does not run.
pub struct History {
    connection: AnyConnection,
    /// **Units**: milliseconds.
    now: i64,
}

impl History {
    pub async fn open(program: &Program) -> Result<Self> {
        Self::at(program.database()).await
    }

    /// The database of this URL.
    pub async fn at(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        Ok(Self {
            connection: AnyConnection::connect(url).await?,
            now: clock::unix_seconds() * 1_000,
        })
    }

    /// So many guests, each with a conversation: asked, answered by the agent, and every other one thanked. The agent
    /// has been there from the beginning and has seen all but the newest [`UNSEEN`] thanks.
    pub async fn conversations(&mut self, count: i64, agent: &str) -> Result<()> {
        sqlx::query("update group_member set joined_at = 0")
            .execute(&mut self.connection)
            .await?;
        for statement in [PERSONS, CONVERSATIONS, MESSAGES] {
            self.run(statement, count, agent).await?;
        }
        sqlx::query(SEEN)
            .bind(count)
            .bind(count - 2 * UNSEEN)
            .bind(agent)
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// Lengthens a conversation of one message to so many, by turns from both sides, all seen by both.
    /// `thread` tells threads apart: a letter from `a` to `f`.
    pub async fn thread(
        &mut self,
        conversation_id: &ConversationId,
        thread: char,
        count: i64,
        agent: &str,
    ) -> Result<()> {
        for statement in [THREAD, THREAD_SEEN, THREAD_OWN_SEEN, THREAD_HEAD] {
            sqlx::query(statement)
                .bind(count)
                .bind(self.now)
                .bind(agent)
                .bind(conversation_id.as_str())
                .bind(thread.to_string())
                .execute(&mut self.connection)
                .await
                .with_context(|| format!("lengthening a thread to {count} messages"))?;
        }
        Ok(())
    }

    /// The id of the user whom the host site calls so.
    pub async fn person(&mut self, external_id: &str) -> Result<String> {
        sqlx::query_scalar("select person_id from person where external_id = $1")
            .bind(external_id)
            .fetch_one(&mut self.connection)
            .await
            .with_context(|| format!("there is no user {external_id}"))
    }

    /// Lets go. Postgres gets the statistics that its own upkeep would gather in time.
    pub async fn close(mut self) -> Result<()> {
        if self.connection.backend_name() == "PostgreSQL" {
            sqlx::query("analyze").execute(&mut self.connection).await?;
        }
        Ok(self.connection.close().await?)
    }

    async fn run(&mut self, statement: &'static str, count: i64, agent: &str) -> Result<()> {
        sqlx::query(statement)
            .bind(count)
            .bind(self.now)
            .bind(agent)
            .execute(&mut self.connection)
            .await
            .with_context(|| format!("writing a history of {count} conversations"))?;
        Ok(())
    }
}

// Numbers written with twelve decimal digits are good ends of UUIDs, on both engines.
macro_rules! numbered {
    ($before:literal) => {
        concat!(
            "'",
            $before,
            "' || substr(cast(1000000000000 + i as text), 2)"
        )
    };
}

// `$2` and `$3` appear in each, because a statement that is given a parameter must use it.
const PERSONS: &str = concat!(
    "insert into person
        (person_id, kind, display_name, search_name, email, email_as_typed, email_verified, created_at, updated_at)
    with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < $1)
    select ",
    numbered!("01900000-0000-7000-8000-"),
    ", 'guest', 'Guest ' || cast(i as text), 'guest ' || cast(i as text), 'guest' || cast(i as text) || '@example.org',
        'guest' || cast(i as text) || '@example.org', false, cast($2 as bigint), cast($2 as bigint)
    from n
    where cast($3 as text) is not null"
);

const CONVERSATIONS: &str = concat!(
    "insert into conversation
        (conversation_id, kind, opened_by, owner, opening_client_id, last_position, revision, created_at, last_activity_at,
        last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
    with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < $1)
    select ",
    numbered!("01900000-0000-7001-8000-"),
    ", 'support', ",
    numbered!("01900000-0000-7000-8000-"),
    ", ",
    numbered!("01900000-0000-7000-8000-"),
    ", ",
    numbered!("01900000-0000-7002-8000-"),
    ", 3 - i % 2, 3 - i % 2, cast($2 as bigint) - ($1 - i) * 1000, cast($2 as bigint) - ($1 - i) * 1000,
        case when i % 2 = 0 then 3 else 1 end, 2, 3 - i % 2, 3 - i % 2
    from n
    where cast($3 as text) is not null"
);

const MESSAGES: &str = concat!(
    "insert into message
        (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
    with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < $1)
    select ",
    "'01900000-0000-701' || cast(place as text) || '-8000-' || substr(cast(1000000000000 + i as text), 2), ",
    numbered!("01900000-0000-7001-8000-"),
    ", place, 'text', case when place = 2 then 'staff' else 'customer' end,
        case when place = 2 then cast($3 as text) else ",
    numbered!("01900000-0000-7000-8000-"),
    " end, '01900000-0000-702' || cast(place as text) || '-8000-' || substr(cast(1000000000000 + i as text), 2),
        'When will the lamp arrive that I ordered on Monday? This is conversation ' || cast(i as text), place,
        cast($2 as bigint) - ($1 - i) * 1000
    from n
    cross join (select 1 as place union all select 2 union all select 3) as places
    where place <= 3 - i % 2"
);

// `$2`: above it, what was thanked is unseen.
const SEEN: &str = concat!(
    "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
    with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < $1)
    select ",
    numbered!("01900000-0000-7001-8000-"),
    ", cast($3 as text), 'staff', case when i > cast($2 as bigint) then 2 else 3 - i % 2 end, 2
    from n"
);

const THREAD: &str = "insert into message
        (message_id, conversation_id, position, kind, side, author, client_id, body, revision, sent_at)
    with recursive n (i) as (select cast(2 as bigint) union all select i + 1 from n where i < $1)
    select '0190000' || cast($5 as text) || '-0000-7003-8000-' || substr(cast(1000000000000 + i as text), 2),
        cast($4 as text), i, 'text', case when i % 2 = 0 then 'staff' else 'customer' end,
        case when i % 2 = 0 then cast($3 as text) else (select c.owner from conversation c where c.conversation_id = $4) end,
        '0190000' || cast($5 as text) || '-0000-7004-8000-' || substr(cast(1000000000000 + i as text), 2),
        'When will the lamp arrive that I ordered on Monday? This is message ' || cast(i as text), i, cast($2 as bigint)
    from n";

const THREAD_SEEN: &str = "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
    select cast($4 as text), cast($3 as text), 'staff', cast($1 as bigint), cast($1 as bigint)
    from site
    where cast($5 as text) is not null and cast($2 as bigint) > 0";

const THREAD_OWN_SEEN: &str = "update participant set seen_position = $1
    where conversation_id = $4 and side = 'customer'
        and cast($2 as bigint) > 0 and cast($3 as text) is not null and cast($5 as text) is not null";

const THREAD_HEAD: &str = "update conversation set
        last_position = $1, revision = $1, last_activity_at = $2, last_customer_position = $1 - 1 + $1 % 2,
        last_staff_position = $1 - $1 % 2, customer_seen_position = $1, staff_seen_position = $1
    where conversation_id = $4 and cast($3 as text) is not null and cast($5 as text) is not null";
