//! HTTP: what is the same for every route.
//!
//! The laws: a request gets an id and leaves no personal data in a log; every answer carries the same defensive
//! headers and never a CORS one; a write comes from our own frame or is refused (D2).

/// What a handler hands back, and the encoding it leaves in.
pub mod answer;
/// A command as it came in: strict JSON, or our frame's own encoding.
pub mod command;
/// JSON read strictly.
pub mod strict;
