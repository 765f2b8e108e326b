//! Who is in front of the screen, and what the frame starts from.
//!
//! The law: nothing of a former person is shown, even for a moment (C12, C13).

/// Commands about sessions.
pub mod api;
/// What the host page tells.
pub mod host;
/// Why the server said no.
pub mod refusal;
/// Who is in front of the screen.
pub mod state;
