//! What the host page tells the frame, and what the frame tells it.
//!
//! The law: only words of `frame::bridge` cross; never a text, a name or an address.

use crate::frame::bridge::{self, CardLook, FromLoader, ToLoader};
use crate::frame::page;
use crate::reactive::untrack;
use crate::reactive::{Kept, RwSignal};

/// The page around us.
#[derive(Clone, Copy)]
pub struct Host {
    /// `None` in a window of our own.
    origin: Kept<Option<String>>,
    /// Whether the card is open.
    pub look: RwSignal<CardLook>,
    /// Whether the page around it is in front.
    pub is_page_visible: RwSignal<bool>,
    /// Where on the host site the customer is; no query, no fragment.
    pub path: RwSignal<String>,
    /// What the loader was told last, so that it is told once.
    unread: Kept<u32>,
    keep: Kept<Option<bool>>,
}

impl Host {
    pub fn new() -> Self {
        let origin = bridge::host_origin();
        let look = if origin.is_some() {
            CardLook::Hidden
        } else {
            CardLook::Open
        };
        Self {
            origin: Kept::new(origin),
            look: RwSignal::new(look),
            is_page_visible: RwSignal::new(page::is_visible()),
            path: RwSignal::new(String::new()),
            unread: Kept::new(0),
            keep: Kept::new(None),
        }
    }

    /// Whether anybody is around us at all.
    pub fn is_there(self) -> bool {
        self.origin.with_value(Option::is_some)
    }

    /// Whether this is the desk, a page of its own: it vouches for itself, while its own session lives.
    pub fn is_desk(self) -> bool {
        cfg!(feature = "users") && page::is_desk()
    }

    pub fn listen(self, hear: impl Fn(FromLoader) + 'static) {
        if let Some(origin) = self.origin.get_value() {
            bridge::listen(origin, hear);
        }
    }

    pub fn say(self, word: ToLoader) {
        self.origin.with_value(|origin| {
            if let Some(origin) = origin {
                bridge::say(origin, word);
            }
        });
    }

    /// The number on the launcher.
    pub fn unread(self, count: u32) {
        if self.unread.get_value() != count {
            self.unread.set_value(count);
            self.say(ToLoader::Unread(count));
        }
    }

    /// Whether later pages open the frame unseen.
    pub fn keep(self, keep: bool) {
        if self.keep.get_value() != Some(keep) {
            self.keep.set_value(Some(keep));
            self.say(ToLoader::Keep(keep));
        }
    }

    /// Whether somebody can see what the frame shows.
    pub fn is_seen(self) -> bool {
        self.look.get() == CardLook::Open && self.is_page_visible.get()
    }

    /// The same, asked once.
    pub fn is_seen_now(self) -> bool {
        untrack(|| self.is_seen())
    }
}

impl Default for Host {
    fn default() -> Self {
        Self::new()
    }
}
