//! Blocks, reports, and what admins see of both and of everything that was done.
//!
//! The law: who is blocked is not told. Reading along leaves a line.

use crate::conversation::{Conversation, CustomerKind};
use crate::identity::Face;
use crate::ids::{BlockId, ConversationId, PersonId, Position, ReportId, Time};
use serde::{Deserialize, Serialize};

/// The words of the audit log.
mod action;

pub use action::Action;

/// `POST /api/conversations/{id}/block` blocks, `DELETE` of the same unblocks; both answer the conversation's head.
///
/// Staff block a customer for the whole site. A customer blocks one agent; somebody in a direct conversation the other.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockPerson {
    /// Whom. `None`: the other side, where that is one person.
    #[serde(default)]
    pub person_id: Option<PersonId>,
}

/// `POST /api/conversations/{id}/report`. Answers 204; the same message reported twice by one person is one report.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportMessage {
    /// Of a message from the other side.
    pub position: Position,
    /// What is wrong with it, in the reporter's words: at most 500 characters, may be empty.
    pub reason: String,
}

/// `GET /api/admin/blocks?cursor=…&limit=…`. `DELETE /api/admin/blocks/{id}` ends one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockPage {
    /// The newest first.
    pub blocks: Vec<BlockRow>,
    pub cursor: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRow {
    pub block_id: BlockId,
    pub blocker: Face,
    pub blocked: Face,
    pub blocked_kind: CustomerKind,
    pub scope: BlockScope,
    /// Where it was done.
    pub conversation_id: ConversationId,
    pub created_at: Time,
}

/// Whose messages reach whom no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockScope {
    /// A customer's messages reach nobody of the staff.
    Site,
    /// One person's messages do not reach the one who blocked them.
    Person,
}

/// `GET /api/admin/reports?state=open|dismissed&cursor=…&limit=…`. `POST /api/admin/reports/{id}/dismiss` answers 204.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPage {
    /// The newest first.
    pub reports: Vec<ReportRow>,
    pub cursor: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    pub report_id: ReportId,
    pub reporter: Face,
    pub reported: Face,
    pub reported_kind: CustomerKind,
    pub conversation_id: ConversationId,
    pub position: Position,
    /// The message reported.
    pub text: String,
    pub reason: String,
    pub created_at: Time,
    /// Where somebody dismissed it: who and when.
    pub dismissed: Option<Dismissed>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissed {
    pub by: String,
    pub at: Time,
}

/// `GET /api/admin/activity?action=…&cursor=…&limit=…`: what admins, agents and the system did.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPage {
    /// The newest first.
    pub lines: Vec<ActivityLine>,
    pub cursor: Option<String>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityLine {
    pub at: Time,
    /// `None`: the command line or the system itself.
    pub actor: Option<String>,
    pub action: Action,
    /// To whom or what: a name where it still has one, otherwise its id. A conversation is named by its people.
    pub subject: Option<String>,
    /// Its particulars: codes, keys and ids, people and groups by name. **Shape**: names and values in the order they
    /// were written. Never a message's text, an address or a token.
    pub particulars: Vec<(String, String)>,
}

/// `GET /api/admin/conversations?of=users|guests&kind=support|direct&filter=all|unanswered|blocked&search=…&cursor=…`.
/// A search looks at names and addresses of the people in it, never at what they wrote.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminConversationPage {
    /// The newest activity first, as staff see them; direct ones with both people.
    pub conversations: Vec<AdminConversation>,
    pub cursor: Option<String>,
}

/// A conversation as admins see it. `GET /api/admin/conversations/{id}/messages?before=…|after=…&limit=…` answers
/// [`AdminThread`] and leaves a line in *Activity*.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminConversation {
    pub conversation: Conversation,
    /// Who opened it: a customer, or one of two users.
    pub owner: Face,
    /// The other one of a direct conversation.
    pub peer: Option<Face>,
    pub is_blocked: bool,
    /// Its owner was erased: there is nobody to export or erase.
    pub is_erased: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminThread {
    pub conversation: AdminConversation,
    /// Ascending, without gaps.
    pub messages: Vec<crate::conversation::Message>,
}
