//! Commands by HTTP: one call, one answer or one failure.
//!
//! The law: a failure is a value; nothing here retries on its own but a stale identity, once.

/// How long to wait before trying again.
pub mod backoff;
/// One call.
mod call;
/// Paths with their parameters.
pub mod path;

#[cfg(feature = "users")]
pub use call::call_as_guest;
#[cfg(feature = "admin")]
pub use call::upload;
pub use call::{
    Failure, Method, Vouched, body, call, landed, on_stale_identity, order, vouch, vouched,
};
