//! What is asked for: the newest page, older ones, what was missed.
//!
//! The law: a question that brings nothing new is not asked again by itself.

use super::{Loaded, Thread};
use crate::conversation::api::{Part, get_thread};
use crate::conversation::drafts::Destination;
use crate::conversation::message_list::Older;
use crate::frame::spawn_local;
use crate::net::Failure;
use shared::conversation;
use shared::ids::{ConversationId, Position};
use shared::limits::{PAGE_ROWS, PAGE_ROWS_DEFAULT};
use shared::problem::ProblemCode;
use std::cmp::Ordering;

/// Having missed more than this, one starts again from the newest page.
const CAUGHT_UP_BY_PAGES: u64 = 3 * PAGE_ROWS as u64;

impl Thread {
    /// The newest page: on opening, and again after it could not be fetched.
    pub fn fetch_newest(self) {
        self.fetch(Part::Newest, PAGE_ROWS_DEFAULT);
    }

    /// Somebody scrolled up.
    pub fn fetch_older(self) {
        let first = self.model.with_value(|model| model.log.first());
        if let Some(first) = first
            && self.older.get_untracked() == Older::Some
        {
            self.older.set(Older::Loading);
            self.fetch(Part::Before(first), PAGE_ROWS_DEFAULT);
        }
    }

    /// Asks for what was missed.
    pub fn catch_up(self) {
        match self.loaded.get_untracked() {
            Loaded::Ready => {
                let last = self.model.with_value(|model| model.log.last());
                self.fetch(Part::After(last), PAGE_ROWS);
            }
            Loaded::Gone => {}
            Loaded::Loading | Loaded::Unreachable => self.fetch_newest(),
        }
    }

    fn fetch(self, part: Part, limit: u32) {
        let Some(Destination::In(id)) = self.destination.get_untracked() else {
            return;
        };
        let opened = self.opened.get_untracked();
        spawn_local(async move {
            let answer = get_thread(&id, part, limit).await;
            if self.is_same(opened) {
                self.fetched(&id, part, answer);
            }
        });
    }

    fn fetched(
        self,
        id: &ConversationId,
        part: Part,
        answer: Result<conversation::Thread, Failure>,
    ) {
        match answer {
            Ok(thread) => self.absorb(part, thread),
            Err(failure) if failure.is(ProblemCode::NotFound) => self.gone(id),
            Err(_) if self.loaded.get_untracked() == Loaded::Loading => {
                self.loaded.set(Loaded::Unreachable)
            }
            // What is shown stays; the next event, or looking again, asks again.
            Err(_) => {}
        }
        if matches!(part, Part::Before(_)) {
            self.note_older();
        }
    }

    /// Takes in one consistent read of head and messages.
    fn absorb(self, part: Part, thread: conversation::Thread) {
        let is_first = self.loaded.get_untracked() != Loaded::Ready;
        let age = self.epoch_of(&thread.conversation);
        match age {
            // Overtaken by an answer that knows that positions were taken back.
            Ordering::Less => return,
            // Positions were taken back: what is here is no beginning of what is there.
            Ordering::Greater if !is_first && part != Part::Newest => return self.fetch_newest(),
            _ => {}
        }
        let is_other = age == Ordering::Greater;
        let last_position = thread.conversation.last_position;
        for message in &thread.messages {
            if let Some(client_id) = &message.client_id {
                self.outgoing.acknowledged(client_id);
            }
        }
        let mut brought_something = false;
        self.see_as_in(&thread.conversation);
        self.model.update_value(|model| {
            if part == Part::Newest && !is_first {
                model.log.reset(thread.messages);
                brought_something = true;
            } else {
                brought_something = !model.log.merge(thread.messages).is_empty();
            }
            // Older pages say nothing about what lies between the newest message here and the head.
            if model.log.hole(last_position).is_none() || part == Part::Newest {
                model.revisions.fetched(thread.conversation.revision);
            }
            if is_first || is_other {
                model.told_seen = thread.conversation.own_seen;
                // A draft of an earlier visit: what stands here now was read before it is sent.
                model.draft_since = model.log.last();
            }
            if is_first {
                let seen = thread.conversation.own_seen;
                model.new_after = (model.log.unseen(&model.viewer, seen) > 0).then_some(seen);
            }
        });
        let is_newer = self.head.with_untracked(|known| {
            known
                .as_ref()
                .is_none_or(|known| known.revision <= thread.conversation.revision)
        });
        if is_newer {
            self.head.set(Some(thread.conversation));
        }
        // Said once: whoever shows the thread would make it anew.
        if is_first {
            self.loaded.set(Loaded::Ready);
        }
        self.note_older();
        self.show();
        if brought_something && !matches!(part, Part::Before(_)) {
            self.fill_hole(last_position);
        }
    }

    /// Fetches what still lies between what is here and the head.
    pub(super) fn fill_hole(self, last_position: Position) {
        let hole = self.model.with_value(|model| model.log.hole(last_position));
        match hole {
            None => {}
            Some(hole) if last_position.0 - hole.after.0 > CAUGHT_UP_BY_PAGES => {
                self.fetch_newest()
            }
            Some(hole) => self.fetch(Part::After(hole.after), PAGE_ROWS),
        }
    }

    /// Whether an answer is from before or after an undo, which takes positions back, as seen from what is here. No
    /// guest's thread is open meanwhile.
    fn epoch_of(self, told: &conversation::Conversation) -> Ordering {
        if !cfg!(feature = "users") {
            return Ordering::Equal;
        }
        let known = self
            .head
            .with_untracked(|known| known.as_ref().map(|known| known.epoch));
        known.map_or(Ordering::Equal, |known| told.epoch.cmp(&known))
    }

    fn note_older(self) {
        let has_older = self.model.with_value(|model| model.log.has_older());
        self.older
            .set(if has_older { Older::Some } else { Older::None });
    }

    /// Not the viewer's any more, or never was.
    pub fn gone(self, id: &ConversationId) {
        let is_here = self.destination.with_untracked(|open| {
            open.as_ref().and_then(Destination::conversation_id) == Some(id)
        });
        if is_here {
            self.model.update_value(|model| model.log.reset(Vec::new()));
            self.head.set(None);
            self.loaded.set(Loaded::Gone);
            self.show();
        }
    }
}
