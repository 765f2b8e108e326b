//! Guests who become users: the policy, its dry run, what happened in a conversation, taking it back.
//!
//! The law: each choice says what may go wrong with it, and a question says whose messages go where.

use super::counted;
use shared::conversion::{ConversionPolicy, ConversionRow, ConversionSide, Notice, Proof};
use shared::limits;

/// What a dry run found.
mod dry_run;

pub use dry_run::*;

pub const CONVERSION: &str = "Guests who become users";
pub const CONVERSION_HELP: &str = "Somebody chats as a guest, and later signs in at your site. Here you choose when their earlier chats become theirs.";
pub const CONVERSION_CHOICE: &str = "Their earlier chats become theirs";

/// A policy, as it is chosen.
pub const fn conversion_policy(policy: ConversionPolicy) -> &'static str {
    match policy {
        ConversionPolicy::Off => "Never",
        ConversionPolicy::SameBrowser => "In the same browser only",
        ConversionPolicy::AutoVerified => "Same browser, or an address your site verified",
        ConversionPolicy::AutoAny => "Whenever the address is the same",
    }
}

/// What it does, and what may go wrong with it.
pub const fn conversion_policy_help(policy: ConversionPolicy) -> &'static str {
    match policy {
        ConversionPolicy::Off => {
            "Guests stay guests, and no code is mailed. Nothing can reach the wrong person; but whoever signs up finds an empty chat."
        }
        ConversionPolicy::SameBrowser => {
            "When they sign in where they chatted. Anywhere else it takes a code by mail. The risk is a browser that two people share: where the addresses differ, we ask first."
        }
        ConversionPolicy::AutoVerified => {
            "Also in another browser, once your site says that it verified their address. The risk: somebody else may have typed that address into the chat. Such messages are marked, and “Not me” gives them back. This is what we recommend."
        }
        ConversionPolicy::AutoAny => {
            "Also in another browser, even if your site never verified their address."
        }
    }
}

pub const AUTO_ANY_WARNING: &str = "Whoever signs up at your site with somebody else's address can then read what that person wrote as a guest. Choose this only if nobody gets an account without proving their address.";

pub const CODES_READY: &str =
    "Codes by mail are on: whoever proves their mailbox finds their earlier chats in any browser.";
pub const CODES_NEED_MAIL: &str =
    "Codes by mail need a mail server. Until there is one, the chat doesn't offer them.";
pub const CODES_NEED_MAIL_LINK: &str = "Set up mail";
pub const CODES_OFF: &str = "With this choice no codes are mailed.";

pub const CONVERSIONS: &str = "Whose conversation it is";
pub const UNDO: &str = "Undo";
pub const UNDONE: &str = "The conversation is the guest's again.";
pub const CARRIED_TO: &str = "What was written since";
pub const ERASED_MESSAGE: &str = "This message was erased.";
pub const WAS_GUEST_MARK: &str = "Was a guest";

/// "The guest Cora Lindqvist became the user Noor Haddad."
pub fn conversion_words(row: &ConversionRow) -> String {
    let (guest, became) = (&row.guest.name, &row.became.name);
    match row.became.is_user {
        true => format!("The guest {guest} became the user {became}."),
        false => format!("The guest {guest} went on in another browser."),
    }
}

/// Why we believe that they are the same.
pub const fn proof_words(proof: Proof) -> &'static str {
    match proof {
        Proof::SameBrowser => "They signed in where they had chatted.",
        Proof::Mailbox => "They proved their mailbox with a code.",
        Proof::AddressOnly => "Only the address is the same. Who typed it isn't known.",
    }
}

/// The same, behind a colon.
pub const fn proof_in_line(proof: Proof) -> &'static str {
    match proof {
        Proof::SameBrowser => "they signed in where they had chatted",
        Proof::Mailbox => "they proved their mailbox with a code",
        Proof::AddressOnly => "the address is the same, who typed it isn't known",
    }
}

/// "The first 12 messages were written as a guest."
pub fn cut_words(row: &ConversionRow) -> String {
    match row.cut.0 {
        1 => "The first message was written as a guest.".into(),
        cut => format!("The first {cut} messages were written as a guest."),
    }
}

/// "Undone by Ada Brandt", or whoever said *Not me*.
pub fn undone_words(row: &ConversionRow) -> String {
    match (&row.undone_by, row.not_me) {
        (Some(name), true) => format!("{name} said that it wasn't them"),
        (None, true) => "They said that it wasn't them".into(),
        (Some(name), false) => format!("Undone by {name}"),
        (None, false) => "Undone".into(),
    }
}

/// "Give it back to Cora Lindqvist?"
pub fn undo_question(row: &ConversionRow) -> String {
    format!("Give this conversation back to {}?", row.guest.name)
}

/// What will happen, sentence by sentence. `until`: the last day on which it can be done.
pub fn undo_words(row: &ConversionRow, until: &str) -> Vec<String> {
    let guest = named(&row.guest);
    let became = match row.became.is_user {
        true => ["the user ", &row.became.name].concat(),
        false => "whoever proved the mailbox".into(),
    };
    vec![
        format!(
            "What was written as a guest goes back to the guest: {guest}. They can go on where they chatted, and {became} no longer sees it."
        ),
        format!("What was written since goes on as a conversation of its own with {became}."),
        "Both are told in the conversation. It isn't done again by itself.".into(),
        format!("This can be done until {until}."),
    ]
}

/// "Cora Lindqvist, cora@example.org".
fn named(side: &ConversionSide) -> String {
    match &side.email {
        Some(email) => format!("{}, {email}", side.name),
        None => side.name.clone(),
    }
}

/// "Support desk 7 is signed in as them right now."
pub fn acted_by(who: &str) -> String {
    format!("{who} of your site is signed in as them right now.")
}

/// "Undo: the guest Cora Lindqvist became Noor Haddad": a conversation may have several.
pub fn undo_what(row: &ConversionRow) -> String {
    [UNDO, ": ", &conversion_words(row)].concat()
}

/// A notice of a thread. `None`: a newer server says it.
pub fn notice_words(text: &str) -> Option<&'static str> {
    Some(match Notice::parse(text)? {
        Notice::Converted(Proof::SameBrowser) => {
            "The guest became a user: they signed in in this browser."
        }
        Notice::Converted(Proof::Mailbox) => {
            "The guest became a user: they proved their mailbox with a code."
        }
        Notice::Converted(Proof::AddressOnly) => {
            "The guest became a user with the same address. Who typed it isn't known."
        }
        Notice::Continued => "The guest went on in another browser, with a code by mail.",
        Notice::Undone => "The conversation went back to the guest.",
        Notice::CarriedOn => {
            "This was written while an earlier conversation was, for a time, theirs."
        }
    })
}

/// The last day of [`limits::UNDO_DAYS`], counted in milliseconds.
pub const UNDO_MS: i64 = limits::UNDO_DAYS * 24 * 60 * 60 * 1_000;

/// "207 guests".
fn guests(count: u64) -> String {
    counted(
        usize::try_from(count).unwrap_or(usize::MAX),
        "guest",
        "guests",
    )
}

#[cfg(test)]
mod tests;
