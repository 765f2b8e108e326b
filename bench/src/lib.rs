//! Porchlight from the outside: starts the true server, is its guests and agents over loopback, and measures.
//!
//! The law: only public doors. Nothing here links the server's code; what it knows of it is the wire types.

/// Real time, and waiting without an async timer.
pub mod clock;
/// Calls and answers on a kept-alive connection.
pub mod http;
/// Guests and agents who come in like everybody.
pub mod people;
/// The server binary: set up, started, killed.
pub mod program;
/// Events as a frame receives them.
pub mod socket;
/// Identity tokens as a host site signs them.
pub mod token;
/// The yardstick's other end.
pub mod echo;
/// Latency distributions.
pub mod figures;
/// Durable delivery at an open rate.
pub mod load;
/// The open loop.
pub mod pacing;
/// What the kernel says about a process.
pub mod process;
/// What the machine itself costs.
pub mod yardstick;
/// P3: durable delivery.
pub mod delivery;
/// P1, P2, P4, P6: bytes, memory, start.
pub mod footprint;
/// How long and how much.
pub mod plan;
/// A database of one's own inside a Postgres server.
pub mod postgres;
