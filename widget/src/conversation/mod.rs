//! A thread: its messages, its composer, what was sent and not yet acknowledged.
//!
//! The law: order is the position, never a clock; what was typed is kept until it is acknowledged.

/// A conversation as a row of a list.
pub mod list_row;
/// The thread as it is shown: day lines, bubbles, ticks.
pub mod rows;
