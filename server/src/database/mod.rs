//! The one place that knows there are two databases (D5).
//!
//! The laws: every statement elsewhere is written once, in the portable subset, and takes `&mut AnyConnection`.
//! Reads come from a pool of their own; writes go through the one [`writer::Writer`], so that a commit is shared by
//! whoever waits for it (D4). What is acknowledged is on the disk: the durability settings are set on every
//! connection and read back at the start.
//!
//! Two traps of the portable subset, both met: a bare `boolean` column cannot be read through `Any` on SQLite (write
//! `case when x then 1 else 0 end` and read an `i64`), and a bare nullable parameter needs a `cast` on Postgres.

/// A backup of a SQLite database, and a backup in its place.
pub mod backup;
/// A database file that is damaged, and what helps.
mod damage;
/// What a database's errors mean.
mod fault;
/// Folding SQLite's write-ahead log into the database file, beside the writer.
mod fold;
/// One process per data directory.
mod lock;
/// Connections, durability settings and their check.
mod open;
/// Reading ids from a row.
mod row;
/// How a database stands to this Porchlight.
mod standing;
/// How much a statement makes SQLite do.
#[cfg(test)]
pub(crate) mod work;
/// The one writer: commands from a queue into shared transactions.
pub mod writer;

pub use damage::Damage;
pub use fault::{is_damaged, is_outdone, is_passing, violated, without_values};
pub use lock::{DataLock, LockRefused};
pub use open::{OpenRefused, sqlite_file};
pub use row::{find_id, read_id};
pub use sqlx::{AnyConnection, Error as DatabaseError};
pub use standing::{Standing, find_standing};

use sqlx::{Any, AnyPool, Row, Transaction, pool::PoolConnection};
use std::time::Duration;

/// How often the log is folded anew where somebody was in the way.
const FOLDINGS: u32 = 10;
const UNTIL_NEXT_FOLDING: Duration = Duration::from_millis(50);

/// Which of the two. Only this folder asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An open database, migrated and checked. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Database {
    engine: Engine,
    /// For reads. On SQLite they see the last commit and never wait for the writer (WAL).
    readers: AnyPool,
    /// One connection: the writer's.
    writing: AnyPool,
}

impl Database {
    /// Opens, migrates and checks `url`: `sqlite:PATH` or `postgres://…`.
    ///
    /// **Errors**: one sentence for the operator.
    pub async fn open(url: &str) -> Result<Self, OpenRefused> {
        open::open(url).await
    }

    /// A connection to read with. Single statements see the latest commit.
    pub async fn read(&self) -> Result<PoolConnection<Any>, sqlx::Error> {
        self.readers.acquire().await
    }

    /// A transaction in which several reads see one and the same moment. Nothing is written in it.
    pub async fn snapshot(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        self.readers
            .begin_with(match self.engine {
                Engine::Sqlite => "begin",
                Engine::Postgres => "begin isolation level repeatable read read only",
            })
            .await
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Whether it answers: for `/readyz`.
    pub async fn is_there(&self) -> bool {
        let Ok(mut connection) = self.read().await else {
            return false;
        };
        sqlx::query("select 1")
            .execute(&mut *connection)
            .await
            .is_ok()
    }

    /// Folds the write-ahead log into the database file and empties it: what was overwritten stands in it until then.
    /// `false`: somebody was in the way all the time. Postgres has nothing of that kind to do.
    pub async fn fold_log(&self) -> Result<bool, sqlx::Error> {
        if self.engine == Engine::Postgres {
            return Ok(true);
        }
        for _ in 0..FOLDINGS {
            if self.fold_once().await? {
                return Ok(true);
            }
            tokio::time::sleep(UNTIL_NEXT_FOLDING).await;
        }
        Ok(false)
    }

    /// `false`: somebody reads from the log, or the folding beside the writer is at it.
    async fn fold_once(&self) -> Result<bool, sqlx::Error> {
        let mut connection = self.read().await?;
        // Whoever writes waits meanwhile, so this waits for nobody for long.
        sqlx::raw_sql("pragma busy_timeout = 100")
            .execute(&mut *connection)
            .await?;
        let folded = sqlx::raw_sql("pragma wal_checkpoint(truncate)")
            .fetch_one(&mut *connection)
            .await;
        sqlx::raw_sql("pragma busy_timeout = 5000")
            .execute(&mut *connection)
            .await?;
        // Its first column says whether somebody was in the way: that is no error.
        Ok(folded?.try_get::<i64, _>(0)? == 0)
    }

    /// Folds the write-ahead log into the database file, so that the next start has nothing to replay, and lets go.
    pub async fn close(&self) {
        self.readers.close().await;
        if self.engine == Engine::Sqlite
            && let Err(error) = sqlx::query("pragma wal_checkpoint(truncate)")
                .execute(&self.writing)
                .await
        {
            tracing::warn!(error = %without_values(&error), "the write-ahead log stays for the next start to replay");
        }
        self.writing.close().await;
    }
}
