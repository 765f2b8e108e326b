//! Sockets: who is connected, and what they are told (D3).
//!
//! The laws: the database is the truth and the socket a hint; an event is encoded once per encoding; a socket that
//! cannot keep up is told to resync and closed, and nobody else waits for it.

/// Events and who they are for.
pub mod delivery;
