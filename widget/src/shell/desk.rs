//! The desk (`/agent`) as the shell knows it: parts that a program hands in.
//!
//! The law: a guest downloads none of it (D10); only a page of its own, under its own address, is a desk.

use super::app::App;
use super::choice::Showing;
use crate::desk::state::DeskState;
use crate::frame::draw::Drawn;
use crate::ui::MenuItem;
use shared::conversation::Message;
use shared::ids::ConversationId;

/// What the shell asks of a desk.
pub struct DeskParts {
    pub make: fn() -> DeskState,
    /// Listens to the window and to the page's address, for the page's whole life.
    pub start: fn(App, DeskState),
    /// The screens that only a desk has.
    pub show: fn(App, DeskState, Showing) -> Drawn,
    pub menu: fn(App, DeskState) -> Vec<MenuItem>,
    /// A message of the other side arrived.
    pub alert: fn(App, DeskState, &ConversationId, &Message),
    /// Which conversation the page's address asks for.
    pub asked_for: fn() -> Option<ConversationId>,
    /// Opens any conversation that this person may see.
    pub open: fn(App, ConversationId),
    /// Somebody is in this conversation now, or in none.
    pub went: fn(Option<&ConversationId>),
}

/// A desk, and what can be asked of it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub state: DeskState,
    pub parts: &'static DeskParts,
    /// Where there is none, the compiler knows it, and leaves out whatever would be done with it.
    #[cfg(not(feature = "users"))]
    _none: core::convert::Infallible,
}

impl Desk {
    pub fn new(parts: &'static DeskParts) -> Option<Self> {
        #[cfg(feature = "users")]
        {
            let state = (parts.make)();
            Some(Self { state, parts })
        }
        #[cfg(not(feature = "users"))]
        {
            let _ = parts;
            None
        }
    }

    /// Whether list and thread stand side by side.
    pub fn is_wide(self) -> bool {
        self.state.is_wide.get()
    }
}
