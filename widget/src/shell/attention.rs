//! A message arrives while nobody looks: a sound, and the card, as the site wants it.
//!
//! The laws: nothing calls whoever is looking already; somebody who has just closed the card is left alone; of a
//! browser's tabs one makes the sound.

use super::app::App;
use crate::frame::bridge::{CardLook, FromLoader, ToLoader};
use crate::frame::{clock, sound, storage};
use crate::i18n::{Text, digits, say};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::ui::MenuItem;
use shared::conversation::Message;

/// Whether this browser stays silent.
const MUTED: &str = "porchlight.muted";
/// The message that some tab called for last.
const CALLED: &str = "porchlight.called";
/// When somebody closed the card, on whichever page. **Units**: seconds since 1970, by this machine's clock.
const CLOSED: &str = "porchlight.closed";
/// Somebody who closed the card is left alone for so long. **Units**: seconds.
const LEFT_ALONE_S: u32 = 60;
/// How long tabs behind others wait, so that the one in front is first. **Units**: milliseconds.
const BEHIND_MS: u32 = 400;

/// What decides whether anybody is called.
#[derive(Clone, Copy)]
pub struct Attention {
    pub is_muted: RwSignal<bool>,
}

impl Attention {
    pub fn new() -> Self {
        Self {
            is_muted: RwSignal::new(storage::get(MUTED).is_some()),
        }
    }

    /// The card opens or closes, from how it looked before.
    pub fn looks(self, before: CardLook, word: &FromLoader) {
        if before == CardLook::Open && *word == FromLoader::Look(CardLook::Hidden) {
            storage::put(CLOSED, &digits(seconds().into()));
        }
    }

    fn toggle(self) {
        self.is_muted.update(|is_muted| *is_muted = !*is_muted);
        if self.is_muted.get_untracked() {
            storage::put(MUTED, "1");
        } else {
            storage::remove(MUTED);
        }
    }
}

impl Default for Attention {
    fn default() -> Self {
        Self::new()
    }
}

fn seconds() -> u32 {
    u32::try_from(clock::now().0 / 1_000).unwrap_or_default()
}

impl App {
    /// Calls whoever does not see this message of the other side.
    pub(super) fn call(self, message: &Message) {
        let id = message.message_id.as_str().to_owned();
        if self.host.is_seen_now() {
            storage::put(CALLED, &id);
            return;
        }
        let is_in_front = self.host.is_page_visible.get_untracked();
        let wait_ms = if is_in_front { 0 } else { BEHIND_MS };
        clock::after(wait_ms, move || self.sound_for(&id));
        let closed: Option<u32> = storage::get(CLOSED).and_then(|seconds| seconds.parse().ok());
        let is_left_alone =
            closed.is_some_and(|closed| seconds().wrapping_sub(closed) < LEFT_ALONE_S);
        let opens = self
            .site
            .with_untracked(|site| site.open_on_message.is_on());
        if opens && is_in_front && !is_left_alone {
            self.host.say(ToLoader::Open);
        }
    }

    fn sound_for(self, id: &str) {
        let is_called = storage::get(CALLED).is_some_and(|called| called == id);
        storage::put(CALLED, id);
        if !is_called && self.has_sound() && !self.attention.is_muted.get_untracked() {
            sound::chime();
        }
    }

    fn has_sound(self) -> bool {
        self.site
            .with_untracked(|site| site.notification_sound.is_on())
    }

    /// The way to silence, where the site has a sound.
    pub fn sound_item(self) -> Option<MenuItem> {
        let is_muted = self.attention.is_muted;
        let label = Signal::derive(move || {
            let text = if is_muted.get() {
                Text::SoundOn
            } else {
                Text::SoundOff
            };
            say(text).to_owned()
        });
        self.has_sound().then(|| MenuItem {
            label,
            on_choose: Callback::new(move |()| self.attention.toggle()),
        })
    }
}
