//! User groups; the guest group is the one that answers guests.
//!
//! The laws: guests see no group, and a group's name leaves the server for admins only. Somebody who joins starts at
//! the present.

/// Changing groups and memberships.
pub mod change;
/// How the server keeps user groups and who is in them.
pub mod store;
