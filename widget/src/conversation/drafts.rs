//! What somebody began to write, kept for each conversation.
//!
//! The law: a draft belongs to one person and one conversation; another person never meets it.

use shared::ids::{ConversationId, PersonId};

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Destination {
    /// A conversation that its first message will start.
    New,
    In(ConversationId),
}

impl Destination {
    /// As a part of a storage key.
    pub fn as_key(&self) -> &str {
        match self {
            Self::New => "new",
            Self::In(conversation_id) => conversation_id.as_str(),
        }
    }

    pub fn conversation_id(&self) -> Option<&ConversationId> {
        match self {
            Self::New => None,
            Self::In(conversation_id) => Some(conversation_id),
        }
    }
}

/// Who writes, as a part of a storage key: a person, or somebody without a name yet.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Writer(Option<PersonId>);

impl Writer {
    pub fn new(person_id: Option<PersonId>) -> Self {
        Self(person_id)
    }

    pub fn as_key(&self) -> &str {
        self.0.as_ref().map_or("anonymous", PersonId::as_str)
    }
}

/// What every key of a draft begins with.
pub const DRAFT_KEYS: &str = "porchlight.draft.";

/// Where the draft of this writer in this conversation is stored.
pub fn draft_key(writer: &Writer, destination: &Destination) -> String {
    let mut key = String::from(DRAFT_KEYS);
    key.push_str(writer.as_key());
    key.push('.');
    key.push_str(destination.as_key());
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, IDRIS, conversation_id};

    #[test]
    fn nobody_meets_the_draft_of_somebody_else() {
        let writers = [None, Some(CORA.person_id()), Some(IDRIS.person_id())].map(Writer::new);
        let destinations = [
            Destination::New,
            Destination::In(conversation_id(1)),
            Destination::In(conversation_id(2)),
        ];
        let mut keys = Vec::new();
        for writer in &writers {
            for destination in &destinations {
                keys.push(draft_key(writer, destination));
            }
        }
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count);
        assert!(keys.iter().all(|key| key.starts_with(DRAFT_KEYS)));
    }
}
