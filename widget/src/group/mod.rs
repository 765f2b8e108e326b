//! Groups, the people in them, and choosing one of them to write to.
//!
//! The law: nothing here is in what a guest downloads (D10), and nobody is shown here whom the server did not name:
//! whom somebody may find is its rule alone.

/// The questions.
pub mod api;
/// Rows of which one is chosen.
mod choice_list;
/// The field in which somebody is looked for.
mod finder;
/// What is asked, and who was found.
pub mod finding;
/// What stands under the tab *Groups*.
pub mod home;
/// Groups and people as signals.
pub mod state;

pub use choice_list::{Choice, ChoiceFace, ChoiceList};
pub use finder::{Finder, group_heading};
