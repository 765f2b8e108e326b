//! An agent's list of support conversations.
//!
//! The law: every support conversation of guests, and of users who are not staff; newest activity first, by keyset.
//!
//! Route: `GET /api/inbox?filter=all|unanswered&cursor=…&limit=…`.

/// The handler.
pub mod http;
/// Every conversation, for admins.
pub mod oversight;
/// How it is read.
pub mod store;
