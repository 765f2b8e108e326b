//! *Activity*: the audit log as admins read it.
//!
//! The laws: the newest first, by keyset; people and groups stand there by the names they have now, where they still
//! have one; a line itself holds no name, so whoever is gone is gone from it too.
//!
//! Route: `GET /api/admin/activity?action=…&cursor=…&limit=…`.

/// The handler.
pub mod http;
/// How it is read.
pub mod store;
