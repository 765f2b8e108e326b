//! The pieces that screens are made of.
//!
//! The law: a piece knows nothing of settings, groups or people; what it shows is handed to it, and what it is called
//! is said by whoever uses it.

/// A button with words.
mod button;
/// One of several.
mod choice;
/// A question before something is taken away.
mod confirm;
/// Something to copy.
mod copy_line;
/// A question over the page.
mod dialog;
/// The card in front of everything, before somebody is signed in.
mod door;
/// Drawings of one line.
mod drawing;
/// Somebody's face.
mod face;
/// Text fields.
mod field;
/// A word or two about somebody.
mod mark;
/// A screen's heading, and its cards.
mod page;
/// Some of a few, each with its sentence.
mod pick;
/// A list by the page.
mod rows;
/// Waiting, failed, nothing there.
mod states;
/// The parts of a screen.
mod tabs;
/// A list of short texts.
mod text_list;
/// On or off.
mod toggle;
/// What a field shows and changes.
mod value;

pub use button::{Button, Loudness};
pub use choice::{Choice, ChoiceOption};
pub use confirm::{Asked, Confirm};
pub use copy_line::{CopyBlock, CopyLine};
pub use dialog::Dialog;
pub use door::Door;
pub use drawing::{Drawing, drawing};
pub use face::FaceView;
pub use field::{FieldKind, Mistake, TextArea, TextField};
pub use mark::{Mark, MarkKind};
pub use page::{Page, Section};
pub use pick::{Pick, PickAny, PickOne};
pub use rows::Rows;
pub use states::{Empty, Failed, Shown, Waiting};
pub use tabs::{Tab, Tabs};
pub use text_list::TextList;
pub use toggle::Toggle;
pub use value::Value;
