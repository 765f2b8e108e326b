//! Commands by HTTP: one call, one answer or one failure.
//!
//! The law: a failure is a value; nothing here retries on its own but a stale identity, once.

/// How long to wait before trying again.
pub mod backoff;
/// One call.
mod call;
/// A file.
#[cfg(feature = "admin")]
mod download;
/// What every call says.
mod heading;
/// Paths with their parameters.
pub mod path;

#[cfg(feature = "users")]
pub use call::call_as_guest;
#[cfg(feature = "admin")]
pub use call::upload;
#[cfg(feature = "admin")]
pub use download::download;

pub use heading::Vouched;

pub use call::{Failure, Method, body, call, landed, on_stale_identity, order, vouch, vouched};
