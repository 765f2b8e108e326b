//! What travels over the socket: events down, signals up (D3).
//!
//! The law: the database is the truth and the socket a hint. Every durable event carries the revision it made;
//! a gap makes the reader fetch. Signals change nothing that is stored.

use crate::conversation::Side;
use crate::conversation::{Conversation, Message, Typist};
use crate::ids::{ConversationId, PersonId, Position, Revision, Time};
use crate::settings::Presence;
use serde::{Deserialize, Serialize};

/// Something that happened, for one audience.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "an event is made, encoded and dropped; events are kept as bytes"
)]
pub enum Event {
    /// The first on every socket.
    Welcomed(Welcomed),
    /// The server lives; answer with `Signal::Pong`.
    Pinged(Pinged),
    /// The answer to `Signal::Resume`.
    Resumed(Resumed),
    /// Durable. To staff and to the customer's tabs, each with their own view of the head.
    ConversationStarted(ConversationStarted),
    /// Durable.
    MessageSent(MessageSent),
    /// Durable.
    SeenAdvanced(SeenAdvanced),
    /// Durable: something else about it changed (a block, who may write). Fetch its head.
    ConversationChanged(ConversationChanged),
    /// Best effort; forget it after 6 s.
    Typing(Typing),
    /// Best effort.
    PresenceChanged(PresenceChanged),
    /// Best effort, to staff: the customer went to another page of the host site.
    CustomerMoved(CustomerMoved),
    /// What the caller may do, or what the site shows, changed: fetch the session again.
    SessionChanged(SessionChanged),
    /// Too much was missed: fetch what is on screen again. The socket closes after it.
    Resync(Resync),
    /// The server is going away: come back after this long.
    GoingAway(GoingAway),
    /// Something the reader sent was refused.
    Refused(crate::problem::Problem),
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcomed {
    pub server_time: Time,
    /// **Units**: seconds between pings.
    pub ping_s: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinged {
    pub server_time: Time,
}

/// Which of the threads named are behind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Fetch these. What is not listed is current.
    pub behind: Vec<ConversationId>,
    /// No longer the reader's to see, or never were.
    pub gone: Vec<ConversationId>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationStarted {
    pub conversation: Conversation,
    pub message: Message,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSent {
    pub conversation_id: ConversationId,
    pub revision: Revision,
    pub message: Message,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenAdvanced {
    pub conversation_id: ConversationId,
    pub revision: Revision,
    pub side: Side,
    /// Whose; towards customers `None` for staff.
    pub person_id: Option<PersonId>,
    pub position: Position,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationChanged {
    pub conversation_id: ConversationId,
    pub revision: Revision,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    pub conversation_id: ConversationId,
    pub typist: Typist,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresenceChanged {
    pub presence: Presence,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerMoved {
    pub conversation_id: ConversationId,
    pub page: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionChanged {}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resync {}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoingAway {
    pub retry_after_ms: u32,
}

/// What a frame says on its socket.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Signal {
    Pong(Pong),
    /// The threads it has open, with what it knows of them. At most 50.
    Resume(Resume),
    Typing(TypingSignal),
    /// Whether the page, and the card in it, can be seen.
    Look(Look),
    /// The path of the host page.
    Page(Page),
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pong {}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    pub conversations: Vec<Known>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    pub conversation_id: ConversationId,
    pub revision: Revision,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypingSignal {
    pub conversation_id: ConversationId,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Visible,
    Hidden,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    pub visibility: Visibility,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// At most 200 bytes; no query, no fragment.
    pub path: String,
}

/// Close codes of the socket. Source: RFC 6455 section 7.4, and our own from 4400 on.
pub mod close {
    /// The server is going away.
    pub const GOING_AWAY: u16 = 1001;
    /// The reader broke a rule: bad frames, floods.
    pub const POLICY: u16 = 1008;
    /// Too big a frame.
    pub const TOO_BIG: u16 = 1009;
    /// Fetch everything again, then come back.
    pub const RESYNC: u16 = 4410;
    /// The session ended.
    pub const SIGNED_OUT: u16 = 4401;
    /// The session may no longer do this.
    pub const FORBIDDEN: u16 = 4403;
    /// Another socket of this session took its place.
    pub const REPLACED: u16 = 4409;
    /// The frame is from another build: reload.
    pub const OUTDATED: u16 = 4426;
}
