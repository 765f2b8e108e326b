//! How much SQLite does for a statement, for tests: what a long history may not make dearer.
//!
//! The law: the engine's own instructions are counted, never the time they took.

use super::Database;
use porchlight_bench::seeding::History;
use sqlx::{Connection, SqliteConnection};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tempfile::TempDir;

/// Between two looks at the count. The count is as exact as this. **Units**: instructions.
const GRAIN: i32 = 10;

/// A database with a history, and nobody who serves it.
pub(crate) struct Archive {
    url: String,
    _folder: TempDir,
}

impl Archive {
    /// So many conversations, the way `History` writes them; `agent` answered and has seen nearly all.
    pub async fn of_conversations(count: i64, agent: &str) -> Self {
        let archive = Self::empty(agent).await;
        let mut history = History::at(&archive.url).await.unwrap();
        history.conversations(count, agent).await.unwrap();
        history.close().await.unwrap();
        archive
    }

    /// One conversation of so many messages, besides one of three, answered and seen by `agent`.
    pub async fn of_messages(count: i64, agent: &str) -> Self {
        let archive = Self::of_conversations(1, agent).await;
        let mut connection = archive.connection().await;
        sqlx::raw_sql(
            "insert into conversation
                (conversation_id, kind, opened_by, owner, opening_client_id, last_position, revision, created_at,
                last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
            select '01900000-0000-7005-8000-000000000001', kind, opened_by, owner, 'another', 0, 0, 0, 0, 0, 0, 0, 0
            from conversation",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        let mut history = History::at(&archive.url).await.unwrap();
        let long = "01900000-0000-7005-8000-000000000001".to_owned();
        let long = shared::ids::ConversationId::parse(&long).unwrap();
        history.thread(&long, 'a', count, agent).await.unwrap();
        history.close().await.unwrap();
        archive
    }

    async fn empty(agent: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("archive.sqlite").display());
        let database = Database::open(&url).await.unwrap();
        database.close().await;
        let archive = Self {
            url,
            _folder: folder,
        };
        let mut connection = archive.connection().await;
        sqlx::query(
            "insert into person (person_id, kind, display_name, email_verified, created_at, updated_at)
            values ($1, 'user', 'Mina', false, 0, 0)",
        )
        .bind(agent)
        .execute(&mut connection)
        .await
        .unwrap();
        archive
    }

    /// A connection of its own, that can be counted on.
    pub async fn connection(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.url).await.unwrap()
    }
}

/// Counts instructions from now on.
pub(crate) async fn count_on(connection: &mut SqliteConnection) -> Arc<AtomicU64> {
    let count = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&count);
    let mut handle = connection.lock_handle().await.unwrap();
    handle.set_progress_handler(GRAIN, move || {
        counted.fetch_add(GRAIN.unsigned_abs().into(), Ordering::Relaxed);
        true
    });
    drop(handle);
    count
}
