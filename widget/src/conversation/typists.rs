//! Who is writing, where.
//!
//! The law: best effort; whoever says nothing more for six seconds has stopped.

use shared::conversation::Typist;
use shared::ids::{ConversationId, PersonId, Time};

/// **Units**: milliseconds. Source: `shared::realtime::Event::Typing`.
const FORGOTTEN_MS: i64 = 6_000;

/// Everybody who is writing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typists {
    writing: Vec<(ConversationId, Typist, Time)>,
}

impl Typists {
    /// Somebody pressed a key.
    pub fn typing(&mut self, conversation_id: ConversationId, typist: Typist, now: Time) {
        self.stopped(&conversation_id, &typist.person_id);
        self.writing.push((conversation_id, typist, now));
    }

    /// Somebody sent what they were writing.
    pub fn stopped(&mut self, conversation_id: &ConversationId, person_id: &PersonId) {
        self.writing.retain(|(place, typist, _)| {
            place != conversation_id || typist.person_id != *person_id
        });
    }

    /// Forgets those who stopped. **Shape**: whether anybody did.
    pub fn forget(&mut self, now: Time) -> bool {
        let before = self.writing.len();
        self.writing
            .retain(|(_, _, at)| (now.0 - at.0).abs() < FORGOTTEN_MS);
        self.writing.len() != before
    }

    pub fn is_empty(&self) -> bool {
        self.writing.is_empty()
    }

    /// Names of those who write here, first come first.
    pub fn names(&self, conversation_id: &ConversationId) -> Vec<String> {
        let here = self
            .writing
            .iter()
            .filter(|(place, _, _)| place == conversation_id);
        here.map(|(_, typist, _)| typist.name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::conversation::Side;
    use shared::samples::{CORA, MINA, Person, conversation_id};

    fn typist(person: &Person) -> Typist {
        Typist {
            person_id: person.person_id(),
            name: person.name.into(),
            side: Side::Staff,
        }
    }

    #[test]
    fn typing_is_forgotten_when_sent_or_after_six_seconds() {
        let here = conversation_id(1);
        let mut typists = Typists::default();
        typists.typing(here.clone(), typist(&MINA), Time(0));
        typists.typing(here.clone(), typist(&CORA), Time(1_000));
        typists.typing(here.clone(), typist(&MINA), Time(2_000));
        assert_eq!(typists.names(&here), [CORA.name, MINA.name]);
        assert!(typists.names(&conversation_id(2)).is_empty());
        typists.stopped(&here, &CORA.person_id());
        assert_eq!(typists.names(&here), [MINA.name]);
        assert!(!typists.forget(Time(7_999)));
        assert!(typists.forget(Time(8_000)));
        assert!(typists.is_empty());
    }
}
