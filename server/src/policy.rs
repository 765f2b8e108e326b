//! What anybody may do right now: settings, the guest group and the admins, kept in memory and watched.
//!
//! The law: whatever changes it raises `site.policy_version` in the same transaction; a running server notices within
//! a second, and before it answers a request that saw the newer version.

use shared::{
    ids::{PersonId, SiteId, Time},
    settings::Settings,
};
use std::collections::HashMap;

/// One reading of it.
#[derive(Clone, Debug)]
pub struct Policy {
    /// `site.policy_version`.
    pub version: i64,
    pub site_id: SiteId,
    pub settings: Settings,
    /// Members of the guest group, and since when.
    pub members: HashMap<PersonId, Time>,
    /// Admins, and since when.
    pub admins: HashMap<PersonId, Time>,
}
