//! Events by WebSocket: one connection, its state, and who is told what arrives.
//!
//! The law: the database is the truth and the socket a hint (D3); after every gap the frame asks what it missed.

/// The life of the one socket, as a plain state machine.
pub mod connection;
/// The one socket and what is said on it.
pub mod state;

/// What the banner above a thread says of the connection.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Banner {
    /// All is well, or not long enough away to mention.
    #[default]
    Quiet,
    /// Two seconds without a connection.
    Reconnecting,
    /// The browser says that there is no network.
    Offline,
}
