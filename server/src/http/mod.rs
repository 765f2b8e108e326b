//! HTTP: what is the same for every route.
//!
//! The laws: a request gets an id and leaves no personal data in a log; every answer carries the same defensive
//! headers and never a CORS one; a write comes from our own frame or is refused (D2).

/// What a handler hands back, and the encoding it leaves in.
pub mod answer;
/// The widget's files, inside the binary.
pub mod assets;
/// A command as it came in: strict JSON, or our frame's own encoding.
pub mod command;
/// Headers that every answer carries.
pub mod headers;
/// Lists of what was done, and which page of them.
pub mod older;
/// Where a request comes from.
pub mod origin;
/// Which page of a list.
pub mod page;
/// The widget's page, and whether the server lives.
pub mod pages;
/// An id in a path.
pub mod path;
/// Which door a request comes from.
pub mod peer;
/// JSON read strictly.
pub mod strict;
/// A request's id, and its line in the log.
pub mod trace;
