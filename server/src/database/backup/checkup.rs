//! Whether a database file is whole, and what is in it.
//!
//! The law: the file is only read. Whole means: SQLite finds nothing wrong, every row points to one that is there, and
//! every conversation has as many messages as its last position says.

use crate::database::{fault::is_damaged, open::knows_migration, without_values};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// What a database holds, of that which only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    pub conversations: i64,
    /// All durable changes of all conversations.
    pub revisions: i64,
    pub persons: i64,
    /// For the operator's eyes: undoing a conversion takes notices back.
    pub messages: i64,
}

/// A file that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    pub counts: Counts,
    /// **Units**: bytes.
    pub size: u64,
    /// The newest of its migrations.
    pub migration: i64,
}

/// What is wrong with a file: the end of a sentence.
#[derive(Debug, thiserror::Error)]
pub enum CheckFault {
    #[error("SQLite says that it is damaged")]
    Damaged,
    #[error("it cannot be read ({0})")]
    Unreadable(String),
    #[error("SQLite says: {0}")]
    Unsound(String),
    #[error("{0} rows point to nothing")]
    Orphans(usize),
    #[error("{0} conversations have other messages than their heads say")]
    Positions(i64),
    #[error("it has other tables")]
    OtherTables,
    #[error("its tables are newer than this Porchlight")]
    Newer,
}

impl From<sqlx::Error> for CheckFault {
    fn from(error: sqlx::Error) -> Self {
        if is_damaged(&error) {
            Self::Damaged
        } else {
            Self::Unreadable(without_values(&error))
        }
    }
}

/// Checks a file that nobody writes to.
///
/// **Errors**: the first thing that is wrong.
pub async fn check_file(file: &Path) -> Result<Checked, CheckFault> {
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        // Nobody else has it: no lock, and no log is made beside it.
        .immutable(true)
        .disable_statement_logging()
        .connect()
        .await?;
    let checked = check(&mut connection).await?;
    connection.close().await?;
    let size = std::fs::metadata(file)
        .map_err(|error| CheckFault::Unreadable(error.to_string()))?
        .len();
    Ok(Checked { size, ..checked })
}

/// Checks the file of a database that may be in use.
///
/// **Errors**: the first thing that is wrong.
pub async fn check_live(file: &Path) -> Result<(), CheckFault> {
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .disable_statement_logging()
        .connect()
        .await?;
    // One moment of it, whatever is written meanwhile.
    let mut moment = connection.begin().await?;
    check(&mut moment).await?;
    moment.rollback().await?;
    connection.close().await?;
    Ok(())
}

async fn check(connection: &mut SqliteConnection) -> Result<Checked, CheckFault> {
    let verdict: String = sqlx::query_scalar("pragma integrity_check(1)")
        .fetch_one(&mut *connection)
        .await?;
    if verdict != "ok" {
        return Err(CheckFault::Unsound(verdict));
    }
    let tables: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master
        where type = 'table' and name in ('site', 'conversation', 'message', 'person', '_sqlx_migrations')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if tables != 5 {
        return Err(CheckFault::OtherTables);
    }
    let migration = check_migrations(connection).await?;
    let orphans = sqlx::query("pragma foreign_key_check")
        .fetch_all(&mut *connection)
        .await?
        .len();
    if orphans > 0 {
        return Err(CheckFault::Orphans(orphans));
    }
    check_positions(connection).await?;
    Ok(Checked {
        counts: count(connection).await?,
        size: 0,
        migration,
    })
}

async fn check_migrations(connection: &mut SqliteConnection) -> Result<i64, CheckFault> {
    let migrations: Vec<i64> =
        sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
            .fetch_all(&mut *connection)
            .await?;
    if !migrations.iter().copied().all(knows_migration) {
        return Err(CheckFault::Newer);
    }
    Ok(migrations.last().copied().unwrap_or_default())
}

/// A conversation's positions are 1, 2, 3 … without gaps, up to what its head says.
async fn check_positions(connection: &mut SqliteConnection) -> Result<(), CheckFault> {
    let wrong: i64 = sqlx::query_scalar(
        "select count(*)
        from conversation c
        left join (
            select m.conversation_id, count(*) as messages, max(m.position) as last
            from message m
            group by m.conversation_id
        ) as found on found.conversation_id = c.conversation_id
        where c.last_position <> coalesce(found.messages, 0) or c.last_position <> coalesce(found.last, 0)",
    )
    .fetch_one(&mut *connection)
    .await?;
    if wrong > 0 {
        return Err(CheckFault::Positions(wrong));
    }
    Ok(())
}

/// Counts in one moment of the database.
pub async fn count(connection: &mut SqliteConnection) -> Result<Counts, sqlx::Error> {
    let row = sqlx::query(
        "select
            (select count(*) from conversation) as conversations,
            (select coalesce(sum(revision), 0) from conversation) as revisions,
            (select count(*) from person) as persons,
            (select count(*) from message) as messages",
    )
    .fetch_one(connection)
    .await?;
    Ok(Counts {
        conversations: row.try_get("conversations")?,
        revisions: row.try_get("revisions")?,
        persons: row.try_get("persons")?,
        messages: row.try_get("messages")?,
    })
}
