//! What a guest had not sent when their chat went on in an account, elsewhere: it is said at the door, and waits in their
//! next chat.
//!
//! The law: only what this very guest left; nothing of a user of the same browser is ever taken for it.

use super::app::App;
use crate::conversation::drafts::{DRAFT_KEYS, Destination, Writer, draft_key};
use crate::frame::storage;
use crate::i18n::{Text, say_with};
use shared::identity::{Role, Session};

/// Who the guest of this browser is, to know what they left.
const WAS: &str = "porchlight.draft.anonymous.was";

impl App {
    /// A guest whose chat went on in an account: what they had not sent waits in their next chat.
    pub(super) fn keep_unsent(self, session: &Session) {
        if let (Role::Guest, Some(person)) = (session.role, &session.person) {
            storage::put(WAS, person.person_id.as_str());
        }
        let (Some(was), true) = (storage::get(WAS), session.continued_as.is_some()) else {
            return;
        };
        let mut unsent = self.outgoing.give_up(&was);
        for key in storage::keys(&[DRAFT_KEYS, &was, "."].concat()) {
            unsent += &storage::get(&key).unwrap_or_default();
            storage::remove(&key);
        }
        if !unsent.is_empty() {
            storage::put(&next_draft(), &unsent);
        }
    }

    /// What is said at the door: where an earlier conversation went on, and what was not sent in it.
    pub fn told_at_door(self) -> Vec<String> {
        let session = self.identity.session;
        let email = session.with_untracked(|session| session.as_ref()?.continued_as.clone());
        let mut told = Vec::new();
        if let Some(email) = email {
            told.push(say_with(Text::ContinuedAs, &[("email", &email)]));
            if let Some(unsent) = storage::get(&next_draft()) {
                told.push(say_with(Text::NotSentThere, &[("text", &unsent)]));
            }
        }
        told
    }
}

/// Where the draft of the next chat is, of somebody without a name yet.
fn next_draft() -> String {
    draft_key(&Writer::default(), &Destination::New)
}
