//! A conversation in a row, and at the head of its thread.
//!
//! The law: plain values; a direct conversation has both of its people's names, a support one its customer's.

use crate::admin::sentences as say;
use shared::conversation::{ConversationKind, Message, MessageKind, Side};
use shared::identity::{Face, ProofLevel};
use shared::safety::AdminConversation;

/// What a row shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    pub name: String,
    pub face: Face,
    /// How sure we are of the customer.
    pub proof: Option<ProofLevel>,
    /// The customer's address.
    pub email: Option<String>,
    /// Who wrote last and what, in one line.
    pub snippet: String,
    /// The last word is the customer's.
    pub is_unanswered: bool,
    pub is_blocked: bool,
    pub is_direct: bool,
    /// It came from a guest.
    pub was_guest: bool,
    /// Who of the site is signed in as the customer right now.
    pub acted_by: Option<String>,
}

pub fn summary(shown: &AdminConversation) -> Summary {
    let conversation = &shown.conversation;
    let is_direct = conversation.kind == ConversationKind::Direct;
    let name = match &shown.peer {
        Some(peer) if is_direct => say::both(&shown.owner.name, &peer.name),
        _ => shown.owner.name.clone(),
    };
    let last = conversation.last_message.as_ref();
    let customer = conversation.customer.as_ref();
    Summary {
        name,
        face: shown.owner.clone(),
        proof: customer.map(|customer| customer.proof),
        email: customer.and_then(|customer| customer.email.clone()),
        snippet: last.map_or_else(
            || say::NOTHING_WRITTEN.to_owned(),
            |message| {
                let text = message_words(message).split_whitespace();
                let text = text.collect::<Vec<_>>().join(" ");
                match &message.author {
                    Some(author) if author.person_id != shown.owner.person_id || is_direct => {
                        [first_name(&author.name), ": ", &text].concat()
                    }
                    _ => text,
                }
            },
        ),
        is_unanswered: !is_direct && last.is_some_and(is_waiting),
        is_blocked: shown.is_blocked,
        is_direct,
        was_guest: conversation.converted.is_some(),
        acted_by: customer.and_then(|customer| customer.acted_by.clone()),
    }
}

/// A message as it is read: a notice in a sentence, an erased one as erased.
pub fn message_words(message: &Message) -> &str {
    match message.kind {
        MessageKind::Notice => say::notice_words(&message.text).unwrap_or(&message.text),
        MessageKind::Text if message.text.is_empty() => say::ERASED_MESSAGE,
        MessageKind::Text => &message.text,
    }
}

/// Somebody waits for an answer. An erased message can't be answered.
fn is_waiting(last: &Message) -> bool {
    last.side == Side::Customer && !last.text.is_empty()
}

fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::conversation::Conversation;
    use shared::samples::{CORA, MINA, NOOR, TEO, conversation, message};

    fn shown(conversation: Conversation) -> AdminConversation {
        AdminConversation {
            conversation,
            owner: CORA.face(),
            peer: None,
            is_blocked: false,
            is_erased: false,
        }
    }

    #[test]
    fn a_support_conversation_is_its_customers() {
        let row = summary(&shown(conversation()));
        assert_eq!(
            (row.name.as_str(), row.snippet.as_str()),
            ("Cora Lindqvist", "Yes please. Thank you!")
        );
        assert!(row.is_unanswered && !row.is_direct && row.proof.is_some());
        let answered = Conversation {
            last_message: Some(message(5, &MINA, Side::Staff, "Done.\n  Bye", 9)),
            ..conversation()
        };
        let row = summary(&shown(answered));
        assert_eq!(row.snippet, "Mina: Done. Bye");
        assert!(!row.is_unanswered);
    }

    #[test]
    fn a_direct_conversation_has_both_names_and_is_never_unanswered() {
        let direct = AdminConversation {
            conversation: Conversation {
                kind: ConversationKind::Direct,
                customer: None,
                last_message: Some(message(1, &NOOR, Side::Customer, "Hi Teo", 1)),
                ..conversation()
            },
            owner: NOOR.face(),
            peer: Some(TEO.face()),
            is_blocked: true,
            is_erased: false,
        };
        let row = summary(&direct);
        assert_eq!(
            (row.name.as_str(), row.snippet.as_str()),
            ("Noor Haddad and Teo Marchetti", "Noor: Hi Teo")
        );
        assert!(row.is_direct && row.is_blocked && !row.is_unanswered);
    }

    #[test]
    fn a_notice_is_a_sentence_and_an_erased_message_says_so() {
        let last = |message| Conversation {
            last_message: Some(message),
            ..conversation()
        };
        let notice = Message {
            kind: MessageKind::Notice,
            author: None,
            ..message(5, &MINA, Side::System, "converted mailbox", 9)
        };
        let row = summary(&shown(last(notice.clone())));
        assert_eq!(
            Some(row.snippet.as_str()),
            say::notice_words("converted mailbox")
        );
        let newer = Message {
            text: "of a newer server".into(),
            ..notice
        };
        assert_eq!(summary(&shown(last(newer))).snippet, "of a newer server");
        let erased = message(5, &CORA, Side::Customer, "", 9);
        let row = summary(&shown(last(erased)));
        assert_eq!(
            (row.snippet.as_str(), row.is_unanswered),
            (say::ERASED_MESSAGE, false)
        );
    }

    #[test]
    fn a_conversation_without_a_word_says_so() {
        let empty = Conversation {
            last_message: None,
            ..conversation()
        };
        assert_eq!(summary(&shown(empty)).snippet, say::NOTHING_WRITTEN);
    }
}
