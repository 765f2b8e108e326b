//! Who is in front of the screen, and what the frame starts from.
//!
//! The law: nothing of a former person is shown, even for a moment (C12, C13).
