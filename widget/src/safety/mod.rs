//! Blocking somebody, and reporting what they wrote.
//!
//! The law: both are two steps, because both are meant; neither tells the other side.

/// The commands.
pub mod api;
/// What is asked before it is done.
mod asking;
/// Instead of the composer, where nothing can be written.
mod closed;
/// What is being asked, and doing it.
pub mod state;

pub use asking::{Asking, Deed};
pub use closed::{Reason, closed_line};
