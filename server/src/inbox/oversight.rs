//! Every conversation, for admins: *Conversations* are the users', *Guest Conversations* the guests'.
//!
//! The laws: to be read, not to be written in; who reads along leaves a line in *Activity*, once an hour for each
//! conversation, before they see a word; a search looks at names and addresses, never at what people wrote.
//!
//! Routes: `GET /api/admin/conversations?of=users|guests&kind=…&filter=…&search=…&cursor=…&limit=…`;
//! `GET /api/admin/conversations/{id}/messages`.

/// What leaves the line.
mod change;
/// The handlers.
pub mod http;
/// How they are read.
pub mod store;
