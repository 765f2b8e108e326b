//! What somebody began to write, kept for each conversation.
//!
//! The law: a draft belongs to one person and one conversation, or one person not yet written to; nobody else meets it.

use shared::ids::{ConversationId, PersonId};

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Destination {
    /// A conversation with the support group, that its first message will start.
    New,
    /// A direct conversation with this person, that its first message will start.
    With(PersonId),
    In(ConversationId),
}

impl Destination {
    /// As the parts of a storage key.
    fn as_key(&self) -> [&str; 2] {
        match self {
            Self::New => ["new", ""],
            Self::With(person_id) => ["with.", person_id.as_str()],
            Self::In(conversation_id) => ["", conversation_id.as_str()],
        }
    }

    pub fn conversation_id(&self) -> Option<&ConversationId> {
        match self {
            Self::In(conversation_id) => Some(conversation_id),
            Self::New | Self::With(_) => None,
        }
    }

    /// Whom the first message of a direct conversation goes to.
    pub fn person_id(&self) -> Option<&PersonId> {
        match self {
            Self::With(person_id) => Some(person_id),
            Self::New | Self::In(_) => None,
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

/// Whose draft stands under a key, and in which conversation. `None` for one that no conversation has yet.
pub fn whose_draft(key: &str) -> Option<(PersonId, ConversationId)> {
    let (writer, id) = key.strip_prefix(DRAFT_KEYS)?.split_once('.')?;
    PersonId::parse(writer).zip(ConversationId::parse(id))
}

/// Where the draft of this writer in this conversation is stored.
pub fn draft_key(writer: &Writer, destination: &Destination) -> String {
    let [kind, id] = destination.as_key();
    [DRAFT_KEYS, writer.as_key(), ".", kind, id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::{CORA, IDRIS, MINA, conversation_id};

    #[test]
    fn a_key_says_whose_draft_it_is() {
        let (cora, id) = (CORA.person_id(), conversation_id(1));
        let key = |writer, destination| draft_key(&Writer::new(writer), &destination);
        let named = key(Some(cora.clone()), Destination::In(id.clone()));
        assert_eq!(whose_draft(&named), Some((cora.clone(), id.clone())));
        for other in [
            key(None, Destination::In(id.clone())),
            key(Some(cora.clone()), Destination::New),
            key(Some(cora), Destination::With(MINA.person_id())),
            "porchlight.outbox.1".into(),
        ] {
            assert_eq!(whose_draft(&other), None, "{other}");
        }
    }

    #[test]
    fn nobody_meets_the_draft_of_somebody_else() {
        let writers = [None, Some(CORA.person_id()), Some(IDRIS.person_id())].map(Writer::new);
        let destinations = [
            Destination::New,
            Destination::With(MINA.person_id()),
            Destination::With(IDRIS.person_id()),
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
