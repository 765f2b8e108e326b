//! How the server keeps blocks, and how admins read them.
//!
//! The law: one person is blocked for the site once, and by one person once, whoever asks again.

/// What somebody's export says of them.
mod exported;

pub use exported::list_block_parts;

use crate::{
    database::{AnyConnection, read_id},
    safety::store::Moment,
};
use shared::{
    ids::{BlockId, ConversationId, PersonId, Time},
    safety::BlockScope,
};
use sqlx::{Error, Row, any::AnyRow};

/// A row of `block`, without when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub block_id: BlockId,
    pub blocker: PersonId,
    pub blocked: PersonId,
    pub scope: BlockScope,
    /// Where it was done.
    pub conversation_id: ConversationId,
}

/// Whose messages reach whom no more: what there is at most one block of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked<'a> {
    /// A customer's reach nobody of the staff, whoever of them blocked.
    ForSite(&'a PersonId),
    /// One person's do not reach the one who blocked them.
    ForPerson {
        blocked: &'a PersonId,
        blocker: &'a PersonId,
    },
}

impl Block {
    /// What it is the one block of.
    pub const fn key(&self) -> Blocked<'_> {
        match self.scope {
            BlockScope::Site => Blocked::ForSite(&self.blocked),
            BlockScope::Person => Blocked::ForPerson {
                blocked: &self.blocked,
                blocker: &self.blocker,
            },
        }
    }
}

/// Blocks. `false`: there is such a block already, and it stays as it is.
pub async fn insert_block(
    connection: &mut AnyConnection,
    block: &Block,
    now: Time,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "insert into block (block_id, blocker, blocked, scope, conversation_id, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing",
    )
    .bind(block.block_id.as_str())
    .bind(block.blocker.as_str())
    .bind(block.blocked.as_str())
    .bind(scope_name(block.scope))
    .bind(block.conversation_id.as_str())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The block there is, if there is one.
pub async fn find_block(
    connection: &mut AnyConnection,
    key: Blocked<'_>,
) -> Result<Option<Block>, Error> {
    let query = match key {
        Blocked::ForSite(blocked) => sqlx::query(
            "select block_id, blocker, blocked, scope, conversation_id
            from block
            where scope = 'site' and blocked = $1",
        )
        .bind(blocked.as_str()),
        Blocked::ForPerson { blocked, blocker } => sqlx::query(
            "select block_id, blocker, blocked, scope, conversation_id
            from block
            where scope = 'person' and blocked = $1 and blocker = $2",
        )
        .bind(blocked.as_str())
        .bind(blocker.as_str()),
    };
    let row = query.fetch_optional(connection).await?;
    row.as_ref().map(read_block).transpose()
}

/// Ends the block of an id, and answers what it was. `None`: there is none (any more).
pub async fn delete_block(
    connection: &mut AnyConnection,
    block_id: &BlockId,
) -> Result<Option<Block>, Error> {
    let row = sqlx::query(
        "delete from block
        where block_id = $1
        returning block_id, blocker, blocked, scope, conversation_id",
    )
    .bind(block_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_block).transpose()
}

/// A block as admins see it.
pub struct ListedBlock {
    pub block: Block,
    pub blocker_name: String,
    pub blocked_name: String,
    pub is_guest: bool,
    pub created_at: Time,
}

/// **Shape**: the newest first, at most `limit`.
pub async fn list_blocks(
    connection: &mut AnyConnection,
    below: &Moment,
    limit: u32,
) -> Result<Vec<ListedBlock>, Error> {
    let rows = sqlx::query(
        "select
            b.block_id, b.blocker, b.blocked, b.scope, b.conversation_id, b.created_at,
            blocker.display_name as blocker_name, blocked.display_name as blocked_name, blocked.kind as blocked_kind
        from block b
        join person blocker on blocker.person_id = b.blocker
        join person blocked on blocked.person_id = b.blocked
        where (b.created_at, b.block_id) < ($1, $2)
        order by b.created_at desc, b.block_id desc
        limit $3",
    )
    .bind(below.at.0)
    .bind(below.id.as_str())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_listed).collect()
}

fn read_listed(row: &AnyRow) -> Result<ListedBlock, Error> {
    Ok(ListedBlock {
        block: read_block(row)?,
        blocker_name: row.try_get("blocker_name")?,
        blocked_name: row.try_get("blocked_name")?,
        is_guest: row.try_get::<String, _>("blocked_kind")? == "guest",
        created_at: Time(row.try_get("created_at")?),
    })
}

fn read_block(row: &AnyRow) -> Result<Block, Error> {
    Ok(Block {
        block_id: read_id(row, "block_id")?,
        blocker: read_id(row, "blocker")?,
        blocked: read_id(row, "blocked")?,
        scope: read_scope(row)?,
        conversation_id: read_id(row, "conversation_id")?,
    })
}

fn read_scope(row: &AnyRow) -> Result<BlockScope, Error> {
    Ok(match row.try_get::<String, _>("scope")?.as_str() {
        "site" => BlockScope::Site,
        _ => BlockScope::Person,
    })
}

const fn scope_name(scope: BlockScope) -> &'static str {
    match scope {
        BlockScope::Site => "site",
        BlockScope::Person => "person",
    }
}
