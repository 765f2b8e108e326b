//! An agent's list of support conversations.
//!
//! The law: nothing here is in what a guest downloads (D10).

/// Which conversations it shows.
mod filter;

pub use filter::Filter;
