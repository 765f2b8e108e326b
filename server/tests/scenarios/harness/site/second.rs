//! Other processes on the same database: a second server, and the command line.

use super::{Site, start};
use std::sync::{Mutex, atomic::AtomicU64};

impl Site {
    /// Another server on the same database, where two may share one: Postgres.
    pub async fn second(&self) -> Option<Self> {
        self.schema.as_ref()?;
        let server = start(&self.config, &self.clock).await;
        let address = server.address();
        Some(Self {
            clock: self.clock.clone(),
            http: self.http.clone(),
            config: self.config.clone(),
            server: Mutex::new(Some(server)),
            address: Mutex::new(address),
            tokens: AtomicU64::new(1_000_000),
            schema: None,
            _folder: tempfile::tempdir().unwrap(),
        })
    }

    /// What an operator types on the same machine: another process, which tells this one nothing.
    pub async fn types(&self, words: &[&str]) -> std::process::Output {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_porchlight"));
        command
            .args(words)
            .env_clear()
            .env("PORCHLIGHT_DATA_DIR", &self.config.data_dir)
            .env("PORCHLIGHT_DATABASE", &self.config.database_url);
        command.output().await.unwrap()
    }
}
