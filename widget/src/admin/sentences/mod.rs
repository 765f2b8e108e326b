//! Every word of the admin page.
//!
//! The law: no view holds a word of its own. Short, in the second person, without exclamation marks or blame; errors say
//! what to do next. English only: admins set a site up once, customers read it every day.

/// Signing in, setting up, following an invitation, one's own account.
mod account;
/// Around every screen.
mod around;

pub use account::*;
pub use around::*;
