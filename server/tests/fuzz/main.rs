//! Whatever comes from outside and is read before anybody knows who sent it: identity tokens, socket frames, addresses,
//! origins; from a corpus, changed at random, for as long as it is told to.
//!
//! The law: nothing makes a reader panic, and what it takes is what it promised to take, as something that knows nothing
//! of the reader finds. PORCHLIGHT_TEST_FUZZ_SECONDS says how long each of the four goes on; PORCHLIGHT_TEST_SEED repeats
//! a run.
#![cfg(test)]

/// Addresses.
mod addresses;
/// What frames say on their sockets.
mod frames;
/// How an input is changed.
mod mutate;
/// Origins, and the list of those that may embed us.
mod origins;
/// Identity tokens.
mod tokens;
