//! What the site shows of its settings.
//!
//! The law: what a visitor sees before the server answered is nothing: no name, no colour of somebody else's.

/// What the site shows, as a signal, and its language.
pub mod state;
