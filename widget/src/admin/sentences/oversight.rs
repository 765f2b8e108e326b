//! *Conversations* and *Guest Conversations*: finding one, and reading along.
//!
//! The law: whoever reads along is told that it leaves a line, where they read.

use super::{GUEST_MARK, counted};
use shared::conversation::CustomerKind;

pub const CONVERSATIONS: &str = "Conversations";
pub const CONVERSATIONS_LEAD: &str =
    "What people with a log-in write: with support, and with each other.";
pub const GUEST_CONVERSATIONS: &str = "Guest Conversations";
pub const GUEST_CONVERSATIONS_LEAD: &str = "What guests write with the guest group.";
pub const SEARCH_CONVERSATIONS: &str = "Search by name or address";
pub const SEARCH_CONVERSATIONS_HELP: &str = "From 2 letters on. What people wrote isn't searched.";
pub const FILTER: &str = "Show";
pub const FILTER_ALL: &str = "All";
pub const FILTER_UNANSWERED: &str = "Unanswered";
pub const FILTER_BLOCKED: &str = "Blocked";
pub const KIND: &str = "Kind";
pub const KIND_ALL: &str = "All kinds";
pub const KIND_SUPPORT: &str = "With support";
pub const KIND_DIRECT: &str = "With each other";
pub const CONVERSATIONS_EMPTY: &str = "Nobody has written yet.";
pub const CONVERSATIONS_NONE: &str = "No conversation is like that. Try another search or filter.";
pub const BLOCKED_MARK: &str = "Blocked";
pub const UNANSWERED_MARK: &str = "Unanswered";
pub const NOTHING_WRITTEN: &str = "Nothing written yet";

pub const PICK_CONVERSATION: &str = "Pick a conversation to read along.";
pub const READING_ALONG: &str = "Reading along is recorded in Activity.";
pub const BACK_TO_LIST: &str = "Back to the list";
pub const OPEN_IN_CHAT: &str = "Open in the chat";
pub const EARLIER_MESSAGES: &str = "Show earlier messages";
pub const MESSAGES: &str = "Messages";
pub const REPORTED_MARK: &str = "Reported";

/// "Noor Haddad and Teo Marchetti".
pub fn both(one: &str, other: &str) -> String {
    [one, " and ", other].concat()
}

/// "2 other conversations with this address, not verified". `None`: there is none.
pub fn same_address(others: usize) -> Option<String> {
    let words = counted(others, "other conversation", "other conversations");
    (others > 0).then(|| [&words, " with this address, not verified"].concat())
}

/// What somebody is, behind their name.
pub const fn customer_kind(kind: CustomerKind) -> &'static str {
    match kind {
        CustomerKind::User => "User",
        CustomerKind::Guest => GUEST_MARK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_with_the_address_are_counted_and_none_is_not_worth_a_word() {
        assert_eq!(same_address(0), None);
        assert_eq!(
            same_address(1).unwrap(),
            "1 other conversation with this address, not verified"
        );
        assert!(
            same_address(2)
                .unwrap()
                .starts_with("2 other conversations ")
        );
    }
}
