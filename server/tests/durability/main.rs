//! What "acknowledged" is worth: the true server binary, killed, traced, restarted, and reached through a bad network.
//!
//! The law: only public doors. What the server acknowledged is written down outside of it, and that log is the oracle.
//! Each of these tests has been seen red with its defence removed (R1, R2, R3, R4, R8, R9, R10, R11): `docs/controls.md`.

/// Backups under load: what was acknowledged before one began is in it.
mod backed_up;
/// Every kind of bad network: nothing lost, nothing doubled, screens catch up.
mod bad_network;
/// Polite restarts under load.
mod deployed;
/// A proxy whose network can be made bad.
mod fault_proxy;
/// The disk takes nothing more.
mod full;
/// kill -9 under load: nothing acknowledged is lost, nothing is doubled, positions have no gaps.
mod killed;
/// What was sent and what was acknowledged: the oracle.
mod ledger;
/// Guests who write at a steady pace.
mod load;
/// Answers that get lost on the way: one client id is one message.
mod lossy;
/// Fifty who write at once, and one order for everybody.
mod one_order;
/// A proxy that swallows answers.
mod proxy;
/// A restart keeps sessions; a polite stop says goodbye.
mod restarted;
/// Readers who do not read: cut off, and nobody waits for them.
mod slow_readers;
/// Everybody comes back at once.
mod storm;
/// Each acknowledgement has a sync of its own behind it.
mod traced;
/// A server under test with its people.
mod world;
