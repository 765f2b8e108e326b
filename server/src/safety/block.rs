//! Blocks: whose messages reach whom no more.
//!
//! The laws: who is blocked is not told; a block on a guest stays on that guest; the same block twice is one block.

/// How they are kept.
pub mod store;
