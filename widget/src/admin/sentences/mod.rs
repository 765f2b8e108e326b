//! Every word of the admin page.
//!
//! The law: no view holds a word of its own. Short, in the second person, without exclamation marks or blame; errors say
//! what to do next. English only: admins set a site up once, customers read it every day.

/// Signing in, setting up, following an invitation, one's own account.
mod account;
/// *Activity*, a sentence for every line.
mod activity;
/// Around every screen.
mod around;
/// *Blocked & Reported*.
mod blocked;
/// Guests who become users.
mod conversion;
/// *User Groups*.
mod groups;
/// The site's server: its keys, and webhooks.
mod host;
/// Identity keys and mail.
mod keys;
/// *Conversations* and *Guest Conversations*.
mod oversight;
/// *People* and *Invitations*.
mod people;
/// Who may chat with whom, and why.
mod permission;
/// The settings.
mod settings;

pub use account::*;
pub use activity::*;
pub use around::*;
pub use blocked::*;
pub use conversion::*;
pub use groups::*;
pub use host::*;
pub use keys::*;
pub use oversight::*;
pub use people::*;
pub use permission::*;
pub use settings::*;
