//! Blocks: whose messages reach whom no more.
//!
//! The laws: who is blocked is not told; a block on a guest stays on that guest; the same block twice is one block.
//!
//! Routes: `POST`, `DELETE /api/conversations/{id}/block`; `GET /api/admin/blocks`, `DELETE /api/admin/blocks/{id}`.

/// What changes blocks, inside the writer's transaction.
pub mod change;
/// What admins do with them.
pub mod http;
/// Whom somebody may block.
pub mod rules;
/// How they are kept.
pub mod store;
