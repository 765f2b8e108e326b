//! How long guests' conversations and the audit log are kept.
//!
//! The laws: what goes by its age goes exactly as if an admin had erased it, and leaves a line in *Activity*. A clock that
//! is set wrong must not destroy anything: nothing goes in the first hour of a process, nor in the hour after the clock
//! was set, and never more than a bounded part in one hour. Several servers may do it at once.
//!
//! Network addresses are never written down; memory forgets them as soon as no limit needs them.
//!
//! Users' conversations are theirs and stay, also those that came to them from guests. There are no routes.

/// Erasing one guest, and deleting lines, inside the writer's transaction.
pub mod change;
/// What has been kept for long enough, and when to trust the clock.
pub mod rules;
/// How it is found.
pub mod store;
/// The task that keeps to it: one in each process.
pub mod task;
