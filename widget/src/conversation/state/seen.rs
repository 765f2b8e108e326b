//! What was really on screen.
//!
//! The law: *seen* is said only of what somebody could see: the card open, the page in front, the newest message in
//! view. It is said once for each stretch, and never taken back.

use super::{Loaded, Thread};
use crate::conversation::api::advance_seen;
use crate::conversation::head;
use crate::frame::clock;
use crate::frame::spawn_local;
use crate::reactive::Effect;
use shared::ids::Position;

/// A glance shorter than this is none. **Units**: milliseconds.
const GLANCE_MS: u32 = 400;

impl Thread {
    /// Looks whenever one of the reasons changes.
    pub(super) fn watch_seen(self) {
        Effect::new(move |_| {
            let could_be_seen =
                self.host.is_seen() && self.at_newest.get() && self.loaded.get() == Loaded::Ready;
            self.rows.track();
            if could_be_seen && self.to_tell().is_some() {
                let opened = self.opened.get_untracked();
                clock::after(GLANCE_MS, move || self.tell_seen(opened));
            }
        });
    }

    fn tell_seen(self, opened: u32) {
        let is_still_seen =
            self.is_same(opened) && self.host.is_seen_now() && self.at_newest.get_untracked();
        let Some(position) = self.to_tell().filter(|_| is_still_seen) else {
            return;
        };
        let Some(id) = self.conversation_id() else {
            return;
        };
        let before = self.model.with_value(|model| model.told_seen);
        self.model.update_value(|model| model.told_seen = position);
        spawn_local(async move {
            let answer = advance_seen(&id, position).await;
            if !self.is_same(opened) {
                return;
            }
            match answer {
                Ok(advanced) => self.answer(advanced.revision, None, |known| {
                    head::own_seen(known, advanced.position)
                }),
                // The next look, or the next message, tries again.
                Err(_) => self.model.update_value(|model| model.told_seen = before),
            }
        });
    }

    /// How far the server should know; `None` if it knows, or if nothing of the other side is new.
    fn to_tell(self) -> Option<Position> {
        self.model.with_value(|model| {
            let is_new = model.log.unseen(&model.viewer, model.told_seen) > 0;
            is_new.then(|| model.log.last())
        })
    }
}
