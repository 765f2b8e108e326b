//! Codes by mail: whoever holds a mailbox shows it, and what was written under its address goes on here.
//!
//! The laws: the answer to who asks is the same for every address, in bytes and in effort, because it is given before
//! anything is looked up. A code is bound to the session that asked and to the address, works once, ten minutes long,
//! and survives five tries; only keyed hashes are kept. A mail holds the code and fixed words, and nothing that anybody
//! wrote.
//!
//! Routes: `POST /api/code`, `POST /api/code/enter`.

/// Asking and entering, inside the writer's transaction.
pub mod change;
/// What somebody does to show a mailbox.
pub mod http;
/// The key of the hashes.
mod keyed;
/// The mail, in the site's language.
mod letter;
/// From an asking to a mail, while nobody waits.
pub mod post;
/// What is a code, and how often one is mailed.
pub mod rules;
/// How the server keeps codes.
pub mod store;
