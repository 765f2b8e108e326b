//! What stands in somebody's export, version 1.
//!
//! The laws: names of fields never change their meaning within a version; times are RFC 3339 in UTC; ids are our own.
//! No field holds a token, a hash or a key, so none can be written here by mistake.

use crate::clock::rfc3339;
use serde::{Serialize, Serializer};
use shared::{
    conversation::{ConversationKind, MessageKind},
    conversion::Proof,
    ids::{ConversationId, GroupId, MessageId, PersonId, Position, Time},
    safety::{Action, BlockScope},
};

/// What the file says it is.
pub const FORMAT: &str = "porchlight.person";

/// One higher when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// A moment as the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(pub Time);

impl Stamp {
    /// What a column of milliseconds holds.
    pub const fn of(milliseconds: i64) -> Self {
        Self(Time(milliseconds))
    }
}

impl Serialize for Stamp {
    fn serialize<Writer: Serializer>(&self, writer: Writer) -> Result<Writer::Ok, Writer::Error> {
        writer.serialize_str(&rfc3339(self.0))
    }
}

/// Everything but what may be long. `activity` and `conversations` follow it in the same object.
#[derive(Serialize)]
pub struct Opening {
    pub format: &'static str,
    pub version: u32,
    pub exported_at: Stamp,
    pub person: Particulars,
    /// Their password's account, where they have one.
    pub account: Option<AccountPart>,
    /// Links for a new password that wait for them.
    pub password_links: Vec<LinkPart>,
    /// Where they are, or as a guest were, signed in. **Shape**: of they themselves and of every guest who became them,
    /// the oldest first.
    pub sessions: Vec<SessionPart>,
    pub groups: Vec<GroupPart>,
    /// Between one of their groups and another, or within one.
    pub permissions: Vec<PermissionPart>,
    /// Guests who became them, and still are.
    pub former_guests: Vec<FormerGuest>,
    /// Of a guest: whom their conversations went to, and still are.
    pub became: Vec<Became>,
    /// Blocks that they made.
    pub blocks: Vec<BlockPart>,
    /// Reports that they made.
    pub reports: Vec<ReportPart>,
    /// When a code by mail was asked for under an address that is theirs. Kept for a day.
    pub codes_requested: Vec<Stamp>,
    /// Deliveries about what they wrote and were, to the site's webhooks, that are still kept.
    pub webhook_deliveries: u64,
}

/// Who they are.
#[derive(Serialize)]
pub struct Particulars {
    pub person_id: PersonId,
    /// `guest` or `user`.
    pub kind: String,
    pub name: String,
    /// As it is compared.
    pub email: Option<String>,
    pub email_as_typed: Option<String>,
    pub email_verified: bool,
    pub email_changed_at: Option<Stamp>,
    /// The host site's own id of them.
    pub external_id: Option<String>,
    /// The picture's address, as the host site said.
    pub picture: Option<String>,
    pub admin_since: Option<Stamp>,
    pub disabled_at: Option<Stamp>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
}

#[derive(Serialize)]
pub struct AccountPart {
    /// The address that they sign in with.
    pub login: String,
    pub created_at: Stamp,
    pub password_changed_at: Stamp,
}

#[derive(Serialize)]
pub struct LinkPart {
    pub created_at: Stamp,
    pub expires_at: Stamp,
}

#[derive(Serialize)]
pub struct SessionPart {
    /// `guest`, `user` or `admin`.
    pub kind: String,
    /// Browser and system, as far as the browser said.
    pub device: String,
    pub created_at: Stamp,
    pub last_used_at: Stamp,
    pub expires_at: Stamp,
    /// When it ended before its time.
    pub ended_at: Option<Stamp>,
}

#[derive(Serialize)]
pub struct GroupPart {
    pub group_id: GroupId,
    pub name: String,
    /// `manual` or `token`.
    pub source: String,
    pub joined_at: Stamp,
}

#[derive(Serialize)]
pub struct PermissionPart {
    pub group: String,
    pub other: String,
}

#[derive(Serialize)]
pub struct FormerGuest {
    pub person_id: PersonId,
    pub name: String,
    pub email_as_typed: Option<String>,
    pub created_at: Stamp,
    pub conversation_id: ConversationId,
    pub proof: Proof,
    pub converted_at: Stamp,
}

#[derive(Serialize)]
pub struct Became {
    pub person_id: PersonId,
    pub conversation_id: ConversationId,
    pub proof: Proof,
    pub converted_at: Stamp,
}

#[derive(Serialize)]
pub struct BlockPart {
    /// Whom, by the name that they see.
    pub blocked: String,
    pub scope: BlockScope,
    pub conversation_id: ConversationId,
    pub created_at: Stamp,
}

#[derive(Serialize)]
pub struct ReportPart {
    /// Whose message, by the name that they see.
    pub reported: String,
    pub conversation_id: ConversationId,
    pub position: Position,
    /// What they said about it.
    pub reason: String,
    pub created_at: Stamp,
}

/// A line of the log: what they did, or what was done with them.
#[derive(Serialize)]
pub struct ActivityPart {
    pub at: Stamp,
    pub action: Action,
    pub by: Doer,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doer {
    They,
    /// Somebody else, who is not named.
    Another,
    /// The system, the host site's server, the command line, or nobody known.
    Nobody,
}

/// A conversation that they may read. `messages` follow it in the same object.
#[derive(Serialize)]
pub struct ConversationPart {
    pub conversation_id: ConversationId,
    pub kind: ConversationKind,
    /// The other one of a direct conversation.
    pub with: Option<String>,
    pub created_at: Stamp,
    pub last_activity_at: Stamp,
    pub last_position: Position,
    /// The highest position that they have had on screen.
    pub seen_position: Position,
}

/// A message as they may read it.
#[derive(Serialize)]
pub struct MessagePart {
    pub message_id: MessageId,
    pub position: Position,
    pub kind: MessageKind,
    pub by: Doer,
    /// The author's name, as it stands beside the message. Null for a notice.
    pub author: Option<String>,
    /// Of a notice: its word. Empty where it was erased.
    pub text: String,
    pub is_erased: bool,
    pub reply_to: Option<Position>,
    pub sent_at: Stamp,
}
