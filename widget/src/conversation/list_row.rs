//! A conversation as a row of a list: *Chats* and *Customer Support* show the same row.

use shared::identity::{Face, ProofLevel};
use shared::ids::ConversationId;

/// What a row shows.
#[derive(Clone, PartialEq, Eq)]
pub struct ListRow {
    pub conversation_id: ConversationId,
    /// Whom it is with: the customer's name to staff, the support team's to a customer. The row's name starts with it.
    pub name: String,
    /// Whose face stands at the start. `None`: nobody of the team has written yet, so its own letters do.
    pub face: Option<Face>,
    /// How sure we are of the customer. Towards customers `None`.
    pub proof: Option<ProofLevel>,
    /// "now", "2 min", "14:05", "yesterday".
    pub time: String,
    /// The last message in one line.
    pub snippet: String,
    /// Whether the last message is the viewer's own.
    pub own_snippet: bool,
    /// At most 100, shown as "99+".
    pub unread: u32,
    /// Who of the staff is in it.
    pub helper: Option<Face>,
    /// Somebody of the other side, or a colleague, is typing: their name.
    pub typing: Option<String>,
}
