//! What is remembered of the newest backup, in a file beside the database.
//!
//! The law: it is a help for whoever needs a backup, and nothing depends on it. It names a file and a moment, and holds
//! nothing of anybody.

use serde::{Deserialize, Serialize};
use shared::ids::Time;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Beside the database file.
const NAME: &str = "last-backup.json";

/// The newest backup that was made here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    pub file: PathBuf,
    /// **Units**: milliseconds since 1970.
    pub made_at_ms: i64,
    pub messages: i64,
}

impl LastBackup {
    /// Remembers it beside the database.
    pub fn write(&self, database_file: &Path) -> io::Result<()> {
        fs::write(place(database_file), serde_json::to_vec_pretty(self)?)
    }

    /// What was remembered. `None`: nothing, or nothing that can be read.
    pub fn find(database_file: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(place(database_file)).ok()?).ok()
    }

    /// The moment, as people and file names write it: `2026-11-23T14:27:15Z`.
    pub fn made_at(&self) -> String {
        written(Time(self.made_at_ms))
    }
}

/// A moment as `2026-11-23T14:27:15Z`.
pub fn written(time: Time) -> String {
    let since_1970 = std::time::Duration::from_millis(u64::try_from(time.0).unwrap_or_default());
    humantime::format_rfc3339_seconds(std::time::UNIX_EPOCH + since_1970).to_string()
}

fn place(database_file: &Path) -> PathBuf {
    database_file.with_file_name(NAME)
}
