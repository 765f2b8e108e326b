//! Conversations, messages, and what has been seen.

/// Who is told what.
pub mod announce;
