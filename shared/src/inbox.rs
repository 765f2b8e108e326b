//! An agent's list of support conversations.
//!
//! The law: keyset paging only, newest activity first; a page costs the same however many conversations there are.

use crate::conversation::Conversation;
use serde::{Deserialize, Serialize};

/// Which support conversations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboxFilter {
    #[default]
    All,
    /// The last word is the customer's.
    Unanswered,
}

/// `GET /api/inbox?filter=…&cursor=…&limit=…`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxPage {
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; `None` on the last. Opaque.
    pub cursor: Option<String>,
    /// Conversations with something unread for the caller, over all pages, at most 100.
    pub unread_conversations: u32,
}
