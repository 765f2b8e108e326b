//! The visitor's door: name and address, then the first message.
//!
//! The law: an address is a label, never a key (D7): nothing here tells whether one is known.

/// The guest form's command.
pub mod api;
/// Who is behind the door, and two fields to knock.
mod door;
/// The door as it is filled in.
pub mod state;
/// Whose site it is, and who is there.
mod welcome;

pub use door::{Door, DoorForm};
pub use welcome::brand;
