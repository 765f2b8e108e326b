//! Who is asking: sessions, the guest form, the identity token's exchange.
//!
//! The law: an address is a label, never a key (D7). Nothing here tells whether one is known.

use crate::conversion::Question;
use crate::ids::{ConversationId, PersonId};
use crate::settings::Site;
use serde::{Deserialize, Serialize};

/// `POST /api/guest`: *Start chat*. Checks name and address, sets an anonymous cookie, stores nothing.
///
/// Raw texts, because the answer names the field that is wrong.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartChat {
    pub name: String,
    pub email: String,
}

/// `POST /api/session`: exchanges an identity token for the user's cookie.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// JWS compact. Never in a URL, never stored, never logged.
    pub token: String,
}

/// What somebody may do, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nobody we know; nothing about them is stored.
    Visitor,
    /// Gave a name and an address, and sent a message.
    Guest,
    /// Vouched for by the host site.
    User,
    /// A user in the guest group.
    Agent,
    /// A user who is an admin.
    Admin,
}

impl Role {
    /// Answers customers: sees Customer Support.
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::Admin)
    }
}

/// Which program the server answers `/widget` with (D10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Program {
    /// Visitors and guests: one conversation.
    Widget,
    /// Users and staff: the same shell plus lists of conversations.
    Agent,
}

/// How sure we are who the other side is. Higher is surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProofLevel {
    /// Typed a name and an address.
    Claimed,
    /// Entered a code that was mailed to the address.
    Mailbox,
    /// The host site signed for them.
    Host,
}

/// `GET /api/session`, and the answer to `POST` and `DELETE`: what the frame starts from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub role: Role,
    /// `None` for a visitor.
    pub person: Option<Own>,
    /// The program this caller belongs in; a frame that runs another one reloads itself.
    pub program: Program,
    pub site: Site,
    /// The guest's one conversation, where there is one.
    pub conversation_id: Option<ConversationId>,
    /// Signs in with a password, at `/agent`; otherwise the host vouches.
    pub has_account: bool,
    /// To a user in whose browser a guest with another address was chatting (C2).
    pub question: Option<Question>,
    /// A user whose earlier chats a mailed code could bring (C5). Never tells whether there are any.
    pub may_bring_chats: bool,
    /// To a visitor whose guest conversation went on in an account: the guest's own address, masked.
    pub continued_as: Option<String>,
    /// Customer: unread messages over all own conversations. Staff: unread conversations. At most 100.
    pub unread: u32,
}

/// The caller's own particulars.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    pub person_id: PersonId,
    pub name: String,
    /// As typed, or as the host said.
    pub email: Option<String>,
}

/// How somebody looks to others: a display name and, where there is one, a picture.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub person_id: PersonId,
    pub name: String,
    /// A path on the chat origin (`/api/pictures/…`), never a foreign URL.
    pub picture: Option<String>,
}
