//! Sockets: who is connected, and what they are told (D3).
//!
//! The laws: the database is the truth and the socket a hint; an event is encoded once per encoding; a socket that
//! cannot keep up is told to resync and closed, and nobody else waits for it; whoever may no longer listen is cut off
//! within two seconds.
//!
//! Route: `GET /api/socket?as=visitor|user`. A visitor who looks at the door holds one too, and hears that the door
//! changed.

/// Why we close a socket.
pub mod closing;
/// Events and who they are for.
pub mod delivery;
/// One event as bytes, made once for everybody.
mod encoded;
/// The upgrade: who may open a socket.
pub mod http;
/// Who is connected.
pub mod hub;
/// How fast a socket may speak.
mod pace;
/// How many visitors may hold a socket.
pub mod places;
/// Whether somebody of the staff is there.
mod presence;
/// What a frame says, and what comes of it.
mod signals;
/// One socket's life.
mod socket;
/// Cuts off whoever may no longer listen.
pub mod sweep;
