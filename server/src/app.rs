//! The parts of a running server, in one place.

use crate::{
    clock::Clock,
    config::Config,
    database::{Database, writer::Writer},
    mint::Mint,
    policy::Policy,
};
use std::sync::Arc;
use tokio::sync::watch;

/// What every handler can reach. Shared as `Arc<App>`.
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub mint: Mint,
    pub database: Database,
    pub writer: Writer,
    policy: watch::Sender<Arc<Policy>>,
}

impl App {
    /// What anybody may do right now.
    pub fn policy(&self) -> Arc<Policy> {
        self.policy.borrow().clone()
    }
}
