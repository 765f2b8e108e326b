//! A guest's conversations becoming somebody's who proved to be that guest (D8), and taking that back.
//!
//! The laws: a conversion points, it rewrites no message. A typed address alone shows nothing: every conversion has a
//! proof. It can be undone, and what was undone is not done again by itself.

use crate::ids::{ConversationId, ConversionId, PersonId, Position, Time};
use serde::{Deserialize, Serialize};

/// Which proofs convert by themselves when a user signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversionPolicy {
    /// Never, not even by a code.
    Off,
    /// The guest's session is in this very browser. Otherwise by a mailed code only.
    SameBrowser,
    /// That, or the host site says that it verified the address.
    #[default]
    AutoVerified,
    /// That, or the host site names the address, verified or not.
    AutoAny,
}

/// Why we believe that a guest is this person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Their session was in the browser in which the user signed in.
    SameBrowser,
    /// A code that was mailed to the address was entered.
    Mailbox,
    /// Only the address is the same: it was typed, and who typed it is not known.
    AddressOnly,
}

impl Proof {
    /// As the database and notices keep it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SameBrowser => "same_browser",
            Self::Mailbox => "mailbox",
            Self::AddressOnly => "address_only",
        }
    }

    /// `None` for anything else.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::SameBrowser, Self::Mailbox, Self::AddressOnly]
            .into_iter()
            .find(|proof| proof.word() == word)
    }
}

/// How a conversation came to who owns it now: part of its head, for both sides, while it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    pub proof: Proof,
    /// Up to here it is the guest's: written before the conversion.
    pub cut: Position,
    pub at: Time,
    /// Whether whoever reads this may still take it back: users by *Not me*, admins by *Undo* on the admin page.
    pub may_undo: bool,
}

/// A notice of a thread: what happened, for the interface to say in a sentence. A notice's `text` is its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The guest's conversation became a user's.
    Converted(Proof),
    /// A guest who proved the mailbox continues it from another browser.
    Continued,
    /// It went back to the guest; the user keeps what they wrote since, elsewhere.
    Undone,
    /// What follows was written while the guest's part of it was, for a time, the user's.
    CarriedOn,
}

impl Notice {
    /// The text of the message that it is.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Converted(Proof::SameBrowser) => "converted same_browser",
            Self::Converted(Proof::Mailbox) => "converted mailbox",
            Self::Converted(Proof::AddressOnly) => "converted address_only",
            Self::Continued => "continued",
            Self::Undone => "undone",
            Self::CarriedOn => "carried_on",
        }
    }

    /// `None` for a word that a newer server says.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Converted(Proof::SameBrowser),
            Self::Converted(Proof::Mailbox),
            Self::Converted(Proof::AddressOnly),
            Self::Continued,
            Self::Undone,
            Self::CarriedOn,
        ]
        .into_iter()
        .find(|notice| notice.word() == word)
    }
}

/// "You were chatting as *Cora (c•••@x)*. Continue here as Alice?" (C2)
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub guest_name: String,
    /// First character and domain only.
    pub masked_email: String,
}

/// `POST /api/conversion/answer`: the answer to [`Question`]. Answers the session anew.
///
/// No: the guest keeps the conversation, and this browser's guest session ends.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    pub continue_here: bool,
}

/// `POST /api/code`: mails a code, if there is something to continue under this address. Always answers 204.
///
/// From a visitor or guest it continues an earlier conversation (G3), from a user it brings earlier chats (C5).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskForCode {
    /// Raw: shape and length are judged, nothing else is told.
    pub email: String,
}

/// `POST /api/code/enter`: answers the session anew.
///
/// **Errors**: `code_refused`, whatever the reason.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnterCode {
    /// Eight digits; spaces and hyphens between them are ignored.
    pub code: String,
}

/// `GET /api/conversations/{id}/same-address`, for staff, and `GET /api/admin/conversations/{id}/same-address`: a hint, never a reason (G3).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameAddress {
    /// Support conversations of others who typed, or have, the same address; newest first, at most 20.
    pub conversations: Vec<SameAddressRow>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SameAddressRow {
    pub conversation_id: ConversationId,
    pub name: String,
    pub is_user: bool,
    pub last_activity_at: Time,
}

/// `POST /api/admin/conversions/plan`: what would happen if everybody signed in now, elsewhere, under this policy.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DryRun {
    pub policy: ConversionPolicy,
}

/// What a [`DryRun`] says. Each guest who wrote something and is nobody's yet is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRunOutcome {
    /// All of them.
    pub guests: u64,
    /// Would become a user's by the address alone.
    pub by_address: u64,
    /// Would become a user's because they proved their mailbox.
    pub by_mailbox: u64,
    /// To how many users these would go.
    pub users: u64,
    /// A user has the address, but the host did not verify it: a code would do (C5).
    pub unverified: u64,
    /// Several users share the address (C8).
    pub ambiguous: u64,
    /// Blocked or reported (C6).
    pub blocked: u64,
    /// Was somebody's before (C7), or it was undone.
    pub settled: u64,
    /// Too old, or beyond the newest twenty of an address (C10).
    pub old: u64,
    /// An agent or admin has the address: never by address (G5).
    pub of_staff: u64,
    /// No user has the address.
    pub unclaimed: u64,
    /// The policy converts nobody from elsewhere.
    pub by_policy: u64,
}

/// A row of `GET /api/admin/conversations/{id}/conversions`, newest first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionRow {
    pub conversion_id: ConversionId,
    pub guest: ConversionSide,
    /// Who it became.
    pub became: ConversionSide,
    pub proof: Proof,
    pub cut: Position,
    pub at: Time,
    /// `POST /api/admin/conversions/{id}/undo` is possible.
    pub may_undo: bool,
    pub undone_at: Option<Time>,
    /// The name of who undid it. `None` also where they are gone.
    pub undone_by: Option<String>,
    /// The user said *Not me*. Otherwise an admin undid it.
    pub not_me: bool,
    /// Where what the user wrote since went.
    pub carried_to: Option<ConversationId>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionSide {
    pub person_id: PersonId,
    pub name: String,
    pub email: Option<String>,
    /// Otherwise a guest: it was continued from another browser.
    pub is_user: bool,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionList {
    pub conversions: Vec<ConversionRow>,
}
