//! Whose an unsent message is, and how it becomes somebody else's.
//!
//! The law: nobody sends what is somebody else's. What a guest wrote may become a user's, where the server said whose the
//! conversation is.

use super::super::drafts::{Destination, Writer};
use super::{Outbox, Standing, Unsent};
use shared::ids::{ConversationId, PersonId};
use shared::problem::ProblemCode;

impl Outbox {
    /// A first message was stored: what the same person wrote after it to the same place now has a conversation, and a
    /// name.
    ///
    /// **Shape**: returns what changed, for storage.
    pub fn started(
        &mut self,
        from: &Writer,
        place: &Destination,
        to: &PersonId,
        conversation_id: &ConversationId,
    ) -> Vec<Unsent> {
        let mut changed = Vec::new();
        for entry in &mut self.entries {
            if entry.unsent.destination() == *place && entry.unsent.is_of(from) {
                entry.unsent.conversation_id = Some(conversation_id.clone());
                entry.unsent.writer = Some(to.clone());
                entry.unsent.guest = None;
                changed.push(entry.unsent.clone());
            }
        }
        changed
    }

    /// What a guest wrote first and was refused, by somebody with this address: it is the user's from now on.
    ///
    /// **Shape**: returns what changed, for storage.
    pub fn inherited(&mut self, user: &PersonId, email: &str) -> Vec<Unsent> {
        let mut changed = Vec::new();
        for entry in &mut self.entries {
            let guest = entry.unsent.guest.as_ref();
            let is_same = guest.is_some_and(|guest| guest.1.trim().eq_ignore_ascii_case(email));
            if is_same && matches!(entry.standing, Standing::Refused(_)) {
                entry.unsent.writer = Some(user.clone());
                entry.unsent.guest = None;
                changed.push(entry.unsent.clone());
            }
        }
        for unsent in &changed {
            self.retry(&unsent.client_id);
        }
        changed
    }

    /// Where somebody else, with a name, left something unsent. **Shape**: each once for each message.
    pub fn of_others<'a>(
        &'a self,
        writer: &'a Writer,
    ) -> impl Iterator<Item = (&'a PersonId, &'a ConversationId)> {
        let others = self
            .entries
            .iter()
            .filter(move |entry| !entry.unsent.is_of(writer));
        others.filter_map(|entry| {
            let unsent = &entry.unsent;
            unsent.writer.as_ref().zip(unsent.conversation_id.as_ref())
        })
    }

    /// What this person wrote first and had not sent.
    pub fn first_of(&self, person_id: &str) -> Option<&Unsent> {
        let mut unsent = self.entries.iter().map(|entry| &entry.unsent);
        unsent.find(|unsent| {
            unsent
                .writer
                .as_ref()
                .is_some_and(|writer| writer.as_str() == person_id)
        })
    }

    /// The server will not take this one, nor anything that the same person wrote to the same place.
    pub fn refused_together(&mut self, unsent: &Unsent, code: ProblemCode) {
        let (writer, place) = (Writer::new(unsent.writer.clone()), unsent.destination());
        for entry in &mut self.entries {
            if entry.unsent.is_of(&writer) && entry.unsent.destination() == place {
                entry.standing = Standing::Refused(code);
            }
        }
    }
}
