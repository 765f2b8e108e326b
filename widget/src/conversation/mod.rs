//! A thread: its messages, its composer, what was sent and not yet acknowledged.
//!
//! The law: order is the position, never a clock; what was typed is kept until it is acknowledged.

/// What somebody began to write.
pub mod drafts;
/// Times in a thread.
mod labels;
/// A conversation as a row of a list.
pub mod list_row;
/// The messages of one conversation, as far as this frame has them.
pub mod message_log;
/// What was sent and not yet acknowledged.
pub mod outbox;
/// Which durable changes this frame knows.
pub mod revision;
/// The thread as it is shown: day lines, bubbles, ticks.
pub mod rows;
