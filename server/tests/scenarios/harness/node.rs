//! Servers that are stopped, started again, killed; and several of them on one database.
//!
//! The law: a killed server says no goodbye. Its threads end wherever they happen to wait, in the middle of a
//! transaction too, and what it held in memory is gone.

use super::site::{Site, start};
use porchlight::app::App;
use std::sync::{Arc, Mutex, atomic::AtomicU64};

impl Site {
    /// The same of a server that may be killed. `None`: it is away.
    pub fn running(&self) -> Option<Arc<App>> {
        let server = self.server.lock().unwrap();
        server.as_ref().map(|server| Arc::clone(server.app()))
    }

    /// Stops the server in good order.
    pub async fn stop(&self) {
        let server = self.server.lock().unwrap().take();
        if let Some(server) = server {
            server.stop().await;
        }
        if let Some(threads) = self.threads.lock().unwrap().take() {
            threads.shutdown_background();
        }
    }

    /// Starts it again on the same database.
    pub async fn starts_again(&self) {
        let server = start(&self.config, &self.clock).await;
        *self.address.lock().unwrap() = server.address();
        *self.server.lock().unwrap() = Some(server);
    }

    /// Another server on the same database: what this one is told, that one has to find out. (Postgres only: SQLite
    /// stays with one process.)
    pub async fn another_node(&self) -> Self {
        let server = start(&self.config, &self.clock).await;
        let address = server.address();
        Self {
            clock: self.clock.clone(),
            http: self.http.clone(),
            config: self.config.clone(),
            server: Mutex::new(Some(server)),
            address: Mutex::new(address),
            threads: Mutex::new(None),
            // No two of them sign the same token.
            tokens: AtomicU64::new(fastrand::u64(..) >> 1),
            schema: None,
            _folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Starts the server anew on threads of its own, where it can be killed.
    pub async fn starts_apart(&self) {
        self.stop().await;
        let threads = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let (config, clock) = (self.config.clone(), self.clock.clone());
        let server = threads
            .spawn(async move { start(&config, &clock).await })
            .await
            .unwrap();
        *self.address.lock().unwrap() = server.address();
        *self.server.lock().unwrap() = Some(server);
        *self.threads.lock().unwrap() = Some(threads);
    }

    /// Kills the server, and starts another in its place.
    pub async fn is_killed(&self) {
        let threads = self.threads.lock().unwrap().take();
        let server = self.server.lock().unwrap().take();
        threads.expect("it runs apart").shutdown_background();
        drop(server);
        self.starts_apart().await;
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
