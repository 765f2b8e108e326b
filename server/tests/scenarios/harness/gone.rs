//! What is left of somebody: in the files of a server that runs, and in backups that are made now.
//!
//! The law: bytes are looked at, not rows: what no statement finds may still lie about.

use super::site::Site;
use std::time::Duration;

impl Site {
    /// What a backup holds that is made now, the way the guide for operators says. `None`: there is no `pg_dump`.
    pub async fn backup(&self) -> Option<String> {
        if self.is_sqlite() {
            let to = self
                .config
                .data_dir
                .join(format!("{:016x}.sqlite", fastrand::u64(..)));
            let told = self.types(&["backup", "--to", to.to_str().unwrap()]).await;
            assert!(told.status.success(), "{told:?}");
            return Some(lossy(&to));
        }
        let mut dump = tokio::process::Command::new("pg_dump");
        let schema = self.texts("select cast(current_schema() as text)").await;
        dump.args(["--schema", &schema[0], &self.config.database_url]);
        match dump.output().await {
            Ok(dumped) if dumped.status.success() => {
                Some(String::from_utf8_lossy(&dumped.stdout).into_owned())
            }
            _ => {
                println!("pg_dump is not here, or older than the server, so no dump was looked at");
                None
            }
        }
    }

    /// No byte of these words, neither in the files of the running server nor in a backup that is made now, nor after
    /// the server has stopped.
    pub async fn leaves_nothing_of(&self, words: &[&str]) {
        if self.is_sqlite() {
            is_without("the files", &self.files(), words);
        }
        if let Some(backup) = self.backup().await {
            is_without("a backup", &backup, words);
        }
        self.is_free_of(words).await;
    }

    /// The same of the files alone, as soon as the server has come to it by itself.
    pub async fn comes_to_hold_nothing_of(&self, word: &str) {
        let patience = tokio::time::Instant::now() + Duration::from_secs(5);
        while self.is_sqlite() && self.files().contains(word) {
            assert!(
                tokio::time::Instant::now() < patience,
                "{word} is still in the files"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// SQLite's: the database and the log beside it.
    fn files(&self) -> String {
        let file = self.config.data_dir.join("porchlight.sqlite");
        let mut stored = lossy(&file);
        let log = file.with_file_name("porchlight.sqlite-wal");
        if log.exists() {
            stored += &lossy(&log);
        }
        stored
    }

    /// For a story over years that is about something else.
    pub async fn keeps_everything(&self) {
        self.sets(|settings| {
            settings.keep_guest_conversations_days = 0;
            settings.keep_ended_conversations_days = 0;
        })
        .await;
    }

    /// Until whatever looks at the clock each second has looked. It leaves no trace where it finds nothing to do.
    pub async fn has_looked_at_the_clock(&self) {
        let look = Duration::from_millis(1_200);
        let waited = tokio::time::timeout(look, std::future::pending::<()>()).await;
        assert!(waited.is_err());
    }
}

fn lossy(file: &std::path::Path) -> String {
    String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned()
}

fn is_without(place: &str, stored: &str, words: &[&str]) {
    assert!(
        stored.contains("Erased"),
        "the control: something is stored in {place}"
    );
    for word in words {
        assert!(!stored.contains(word), "{word} is still in {place}");
    }
}
