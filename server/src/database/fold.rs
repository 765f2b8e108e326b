//! Folding SQLite's write-ahead log into the database file, beside the writer.
//!
//! The law: nobody waits for it. Where the writer folds by itself, after every thousandth page, the messages behind it
//! wait for all those pages and a sync of their own; here they go on. The log begins anew when all of it is folded and
//! nobody reads from it. Under a load that never pauses this never comes to its end, so the writer folds what little is
//! left once the log is long (`wal_autocheckpoint` in `open.rs`).

use super::without_values;
use sqlx::AnyPool;
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, task::JoinHandle};

/// Between one folding and the next: a page that is written again and again is folded once. Longer, and a busy log is long
/// enough for the writer to fold it; shorter, and the disk syncs for nothing much (seen: a 99th percentile of 1.5 ms, where
/// 100 ms gave 3.2).
const PAUSE: Duration = Duration::from_millis(250);

/// Folds for as long as it is held.
pub(super) struct Folding {
    written: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Folding {
    pub fn begin(readers: AnyPool) -> Self {
        let written = Arc::new(Notify::new());
        let task = tokio::spawn(keep_folding(readers, Arc::clone(&written)));
        Self { written, task }
    }

    /// Something was committed.
    pub fn written(&self) {
        self.written.notify_one();
    }
}

impl Drop for Folding {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep_folding(readers: AnyPool, written: Arc<Notify>) {
    loop {
        written.notified().await;
        tokio::time::sleep(PAUSE).await;
        // Passive: waits for nobody, and leaves what is still being read for the next time.
        let folded = sqlx::raw_sql("pragma wal_checkpoint(passive)")
            .execute(&readers)
            .await;
        if let Err(error) = folded {
            // The writer meets the same disk and says so to whoever wants to store something.
            tracing::debug!(error = %without_values(&error), "the write-ahead log was not folded");
        }
    }
}
