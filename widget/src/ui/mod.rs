//! Pieces that more than one domain shows.
//!
//! The law: a piece knows nothing of conversations, guests or the site; what it shows is handed to it.

/// A number that wants to be noticed.
mod badge;
/// A button with words.
mod button;
/// Somebody's face: a picture, or initials.
mod face;
/// A text field with its label and its mistake.
mod field;
/// Drawings of one line.
mod icon;
/// A button that is a drawing.
mod icon_button;
/// A few rare actions behind one button.
mod menu;

pub use badge::with_badge;
pub use button::{Weight, button, submit_button};
#[cfg(feature = "admin")]
pub use face::face_parts;
pub use face::{FaceSize, face_stack, face_view, is_own_path, team_view};
pub use field::{Field, FieldKind};
pub use icon::{Icon, icon, strokes};
pub use icon_button::{icon_button, named_button};
pub use menu::{MenuItem, menu};

use crate::i18n::digits;
use std::sync::atomic::{AtomicU32, Ordering};

/// Which way a field runs: what is typed decides, and until then the language, whose placeholder stands there.
pub fn direction(typed: &str) -> Option<&'static str> {
    (!typed.is_empty()).then_some("auto")
}

/// A name for an element that others on the page point at (`for`, `aria-describedby`); no two are the same.
pub fn unique_id() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    ["e", &digits(LAST.fetch_add(1, Ordering::Relaxed).into())].concat()
}
