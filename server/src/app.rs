//! The parts of a running server, in one place.

use crate::{
    clock::Clock,
    config::Config,
    database::{Database, writer::Writer},
    error::Refusal,
    mint::Mint,
    policy::{Policy, PolicyWatch},
};
use std::sync::Arc;

/// What every handler can reach. Shared as `Arc<App>`.
pub struct App {
    pub config: Config,
    pub clock: Clock,
    pub mint: Mint,
    pub database: Database,
    pub writer: Writer,
    pub policy: PolicyWatch,
}

impl App {
    /// What anybody may do right now.
    pub fn policy(&self) -> Arc<Policy> {
        self.policy.latest()
    }

    /// After an own change of settings, groups, admins or disabled persons: makes it bite at once.
    pub async fn policy_changed(&self) -> Result<(), Refusal> {
        self.policy.refresh(&self.database).await
    }
}
