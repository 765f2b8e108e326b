//! The audit log, blocks and reports, the rate limits, and the names that nobody may borrow.
//!
//! The laws: a limit is never off; the log names ids and codes only; who is blocked or reported is not told.
//!
//! Routes: `GET /api/admin/activity`, and those of `block` and `report`.

/// The audit log as admins read it.
pub mod activity;
/// The audit log.
pub mod audit;
/// Whose messages reach whom no more.
pub mod block;
/// The rate limiter.
pub mod limiter;
/// The particulars of its lines.
pub mod particulars;
/// Messages that somebody found wrong.
pub mod report;
/// Names that no guest may take.
pub mod reserved_names;
/// How long guests' conversations and the audit log are kept.
pub mod retention;
/// How the server keeps the audit log.
pub mod store;
