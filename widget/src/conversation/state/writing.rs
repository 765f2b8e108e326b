//! Drafts, sending, replying.
//!
//! The law: what was typed is kept until it is sent, and what was sent until it is acknowledged.

use super::{Model, Thread};
use crate::conversation::drafts::{Destination, draft_key};
use crate::conversation::outbox::Unsent;
use crate::frame::tabs::{TabWord, tell};
use crate::frame::{clock, storage};
use crate::i18n::{UserText, say_with};
use shared::ids::{ClientId, Position};
use shared::realtime::{Signal as UpSignal, TypingSignal};
use shared::text::MessageText;

/// Typing is said at most this often. **Units**: milliseconds.
const TYPING_PAUSE_MS: i64 = 3_000;

impl Thread {
    /// A key changed the draft.
    pub fn typed(self) {
        let draft = self.draft.get_untracked();
        self.model.update_value(|model| {
            if !model.has_draft {
                model.draft_since = model.log.last();
            }
            model.has_draft = !draft.is_empty();
        });
        self.keep_draft(&draft);
        if !draft.is_empty() {
            self.say_typing();
        }
    }

    /// Sends the draft. With staff the first press only says so, if a colleague answered meanwhile.
    pub fn send(self) {
        let draft = self.draft.get_untracked();
        let (Ok(text), Some(destination)) =
            (MessageText::parse(&draft), self.destination.get_untracked())
        else {
            return;
        };
        if self.notice_crossing() {
            return;
        }
        let (writer, guest) = self
            .model
            .with_value(|model| (model.viewer.person_id.clone(), model.particulars.clone()));
        let unsent = Unsent {
            client_id: clock::mint_client_id(),
            writer,
            conversation_id: destination.conversation_id().cloned(),
            with: destination.person_id().cloned(),
            text: text.into(),
            reply_to: self.reply.get_untracked().map(|quote| quote.position),
            guest,
            written_at: clock::server_now(),
        };
        self.set_draft(String::new());
        self.reply.set(None);
        self.note.set(String::new());
        // Whoever answers has read what stood above.
        self.model.update_value(|model| model.new_after = None);
        self.outgoing.send(unsent);
    }

    /// *Retry* under the message with this key.
    pub fn retry(self, key: &str) {
        if let Some(client_id) = ClientId::parse(key) {
            self.outgoing.retry(&client_id);
        }
    }

    /// The next message answers this one.
    pub fn reply_to(self, position: Position) {
        let quote = self
            .model
            .with_value(|model| model.log.quote(position, &model.viewer));
        self.reply.set(Some(quote));
    }

    pub fn cancel_reply(self) {
        self.reply.set(None);
    }

    /// Another tab changed a draft.
    pub fn drafted_elsewhere(self, key: &str, text: &str) {
        if self.draft_key().as_deref() == Some(key)
            && self.draft.with_untracked(|draft| draft != text)
        {
            self.draft.set(text.into());
        }
    }

    pub(super) fn restore_draft(self) {
        let kept = self
            .draft_key()
            .and_then(|key| storage::get(&key))
            .unwrap_or_default();
        self.model
            .update_value(|model| model.has_draft = !kept.is_empty());
        self.draft.set(kept);
    }

    fn set_draft(self, text: String) {
        self.keep_draft(&text);
        self.model
            .update_value(|model| model.has_draft = !text.is_empty());
        self.draft.set(text);
    }

    pub(super) fn keep_draft(self, text: &str) {
        let Some(key) = self.draft_key() else { return };
        if text.is_empty() {
            storage::remove(&key);
        } else {
            storage::put(&key, text);
        }
        tell(&TabWord::Drafted {
            key,
            text: text.into(),
        });
    }

    fn draft_key(self) -> Option<String> {
        let writer = self.outgoing.writer();
        self.destination.with_untracked(|open| {
            open.as_ref()
                .map(|destination| draft_key(&writer, destination))
        })
    }

    fn say_typing(self) {
        let Some(Destination::In(conversation_id)) = self.destination.get_untracked() else {
            return;
        };
        let now = clock::now();
        let is_due = self
            .model
            .with_value(|model| (now.0 - model.said_typing_at.0).abs() >= TYPING_PAUSE_MS);
        if is_due {
            self.model.update_value(|model| model.said_typing_at = now);
            self.realtime
                .say(&UpSignal::Typing(TypingSignal { conversation_id }));
        }
    }

    /// "Mina answered while you were writing." Said once for each answer, to staff: guests have no colleagues.
    fn notice_crossing(self) -> bool {
        if !cfg!(feature = "users") {
            return false;
        }
        let name = self.model.with_value(|model: &Model| {
            let crossing = model.log.colleague_since(&model.viewer, model.draft_since);
            crossing
                .and_then(|message| message.author.as_ref())
                .map(|author| first_name(&author.name).to_owned())
        });
        let Some(name) = name else { return false };
        self.note
            .set(say_with(UserText::AnsweredMeanwhile, &[("name", &name)]));
        self.model
            .update_value(|model| model.draft_since = model.log.last());
        true
    }
}

/// What one calls a colleague.
fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
