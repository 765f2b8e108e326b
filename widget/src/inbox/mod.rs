//! An agent's list of support conversations.
//!
//! The law: nothing here is in what a guest downloads (D10).

/// The inbox's question.
pub mod api;
/// Which conversations it shows.
mod filter;
/// What stands under the tab.
pub mod home;

pub use filter::filter;
