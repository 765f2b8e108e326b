//! Conversations, messages, and the commands that change them.
//!
//! The law: what comes from outside names no author, no position and no time; the server gives those.

use crate::conversion::Converted;
use crate::group::Peer;
use crate::identity::{Face, ProofLevel};
use crate::ids::{ClientId, ConversationId, MessageId, PersonId, Position, Revision, Time};
use serde::{Deserialize, Serialize};

/// `POST /api/conversations`: a guest's first message, a user's new conversation with support, or the first message of a
/// direct conversation. Two users have one direct conversation: a first message to somebody who is known goes into it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartConversation {
    pub client_id: ClientId,
    /// Raw: the answer names the field that is wrong.
    pub text: String,
    /// Who the guest says they are. `None` for a user, whose name the host vouched for; a guest without it is refused.
    #[serde(default)]
    pub guest: Option<GuestParticulars>,
    /// The other one of a direct conversation. `None`: with support.
    #[serde(default)]
    pub with: Option<PersonId>,
}

/// What the guest typed into the form.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuestParticulars {
    pub name: String,
    pub email: String,
}

/// `POST /api/conversations/{id}/messages`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendMessage {
    pub client_id: ClientId,
    pub text: String,
    /// The message this one quotes.
    #[serde(default)]
    pub reply_to: Option<Position>,
}

/// `PUT /api/conversations/{id}/seen`: the highest position the caller has had on screen.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvanceSeen {
    pub position: Position,
}

/// Between whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// With a customer.
    Support,
    /// User to user.
    Direct,
}

/// For whom somebody spoke. In a direct conversation whoever began it stands on the customer's side, the other on the
/// staff's: so positions, unread and seen are the same for both kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Customer,
    Staff,
    /// A notice: nobody's words.
    System,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Text,
    /// A system line; it takes a position too.
    Notice,
}

/// A stored message. Author, position and time never change.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub message_id: MessageId,
    pub position: Position,
    /// What its sender called it: how a sender's other tab knows its own pending message. `None` for notices.
    pub client_id: Option<ClientId>,
    pub kind: MessageKind,
    pub side: Side,
    /// `None` for notices.
    pub author: Option<Face>,
    /// A notice's is its word (`shared::conversion::Notice`). Empty: it was erased.
    pub text: String,
    pub reply_to: Option<Position>,
    pub sent_at: Time,
}

/// The other side, as staff see it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub face: Face,
    pub kind: CustomerKind,
    /// As typed, or as the host said.
    pub email: Option<String>,
    pub proof: ProofLevel,
    /// The path of the page they are on, where known. Best effort.
    pub page: Option<String>,
    /// Somebody of the site is signed in as them right now (C9): what the host calls that person. Best effort.
    pub acted_by: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    Guest,
    User,
}

/// Whether the caller may write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writing {
    #[default]
    Open,
    /// The caller, or staff for the site, blocked the other side. Whoever is blocked sees `Open`.
    Blocked,
    /// Their groups may no longer chat with each other, or the other one is gone.
    Ended,
}

/// A conversation as its caller sees it: a row of a list, and the head of a thread.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub conversation_id: ConversationId,
    pub kind: ConversationKind,
    pub revision: Revision,
    pub last_position: Position,
    /// The last message, its text cut to 200 characters.
    pub last_message: Option<Message>,
    pub last_activity_at: Time,
    /// The highest position the customer has had on screen.
    pub customer_seen: Position,
    /// The highest position any one agent has had on screen.
    pub staff_seen: Position,
    /// The caller's own.
    pub own_seen: Position,
    /// The highest position that staff have written. `Position::NONE`: never answered.
    pub last_staff_position: Position,
    /// Messages the caller has not seen, at most 100. Staff: customer messages after the later of own seen and the
    /// last staff answer. Customer: staff messages after own seen.
    pub unread: u32,
    /// Only staff see it.
    pub customer: Option<Customer>,
    /// The other one of a direct conversation.
    pub peer: Option<Peer>,
    pub writing: Writing,
    /// Who of the guest group has written here, latest first, at most 3.
    pub staff: Vec<Face>,
    /// Whom of the other side the caller blocked; for staff the customer, whoever of them did it.
    pub blocked: Vec<PersonId>,
    /// How it came to its customer, where it was a guest's before.
    pub converted: Option<Converted>,
    /// One higher with each undo, which takes positions back: a reader who knows another one fetches the thread anew.
    pub epoch: u32,
}

/// `GET /api/conversations/{id}/messages?before=…` or `?after=…`, `&limit=…`: one consistent read of head and messages.
///
/// **Shape**: messages in ascending position, without gaps, at most `limit`. Without `before` and `after`: the newest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub conversation: Conversation,
    pub messages: Vec<Message>,
}

/// `GET /api/conversations?cursor=…&limit=…`: the caller's own conversations, newest activity first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    pub conversations: Vec<Conversation>,
    /// Where the next page begins; `None` on the last. Opaque.
    pub cursor: Option<String>,
}

/// The answer to `StartConversation` and to each of its retries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    pub conversation: Conversation,
    pub message: Message,
}

/// The answer to `SendMessage` and to each of its retries.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub message: Message,
    pub revision: Revision,
    /// The conversation where it stands now, if an undo carried it there since: position and revision are of that one.
    pub moved_to: Option<ConversationId>,
}

/// The answer to `AdvanceSeen`: where the caller's *seen* stands now; it never goes back.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAdvanced {
    pub position: Position,
    pub revision: Revision,
}

/// Somebody is at the keyboard.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typist {
    pub person_id: PersonId,
    pub name: String,
    pub side: Side,
}
