//! Porchlight from the outside: starts the true server, is its guests and agents over loopback, and measures.
//!
//! The law: only public doors. Nothing here links the server's code; what it knows of it is the wire types.

/// Real time, and waiting without an async timer.
pub mod clock;
/// P3: durable delivery.
pub mod delivery;
/// The yardstick's other end.
pub mod echo;
/// P5: what each further agent costs.
pub mod fan_out;
/// Latency distributions.
pub mod figures;
/// P1, P2, P4, P6: bytes, memory, start.
pub mod footprint;
/// P5: a short history and a long one.
pub mod growth;
/// Calls and answers on a kept-alive connection.
pub mod http;
/// Durable delivery at an open rate.
pub mod load;
/// The machine the figures come from.
pub mod machine;
/// P1, P2: what a browser sees.
pub mod opening;
/// What came of a run.
pub mod outcome;
/// The open loop.
pub mod pacing;
/// A part of the report, or why it is missing.
pub mod part;
/// Guests and agents who come in like everybody.
pub mod people;
/// How long and how much.
pub mod plan;
/// Small drawings.
pub mod plot;
/// A database of one's own inside a Postgres server.
pub mod postgres;
/// What the kernel says about a process.
pub mod process;
/// The server binary: set up, started, killed.
pub mod program;
/// `docs/performance.md`.
pub mod report;
/// One run, part by part.
pub mod run;
/// A long history without the wait.
pub mod seeding;
/// A slow network.
pub mod shaped;
/// Events as a frame receives them.
pub mod socket;
/// P4: everybody comes back at once.
pub mod storm;
/// Identity tokens as a host site signs them.
pub mod token;
/// Promised, measured, and how far apart.
pub mod verdict;
/// What the machine itself costs.
pub mod yardstick;
