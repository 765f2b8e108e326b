//! Guests and users.
//!
//! The laws: one table is author and owner alike, and a row is never deleted. An address is a label: it finds nobody
//! (D7). What the host site says of its users changes with a fresh identity token or by its server. A name is stored
//! twice: as it is shown, and as searches see it.
//!
//! Route: `GET /api/admin/people`.

/// Changing users from outside a conversation.
pub mod change;
/// The same address: one function for everybody who reads one.
pub mod email;
/// Erasing somebody.
pub mod erase;
/// Everything about somebody, as a file.
pub mod export;
/// The admins' list.
pub mod http;
/// Looking for people by a few letters.
pub mod search;
/// How the server keeps guests and users.
pub mod store;
/// Who is meant.
pub mod whom;
