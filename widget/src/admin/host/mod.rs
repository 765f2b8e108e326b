//! The site's server: the keys with which it calls, and the webhooks by which it is told.
//!
//! The laws: a secret is in the dialog that shows it and nowhere else; closing it is the end of it. How every delivery
//! stands can be seen, and each can be repeated.

/// Calls.
mod api;
/// What was sent to a webhook.
mod deliveries;
/// The end of a key or a webhook.
mod ending;
/// Keys of the site's server.
mod keys;
/// Making a key, and what was made.
mod making;
/// A list that is fetched whole: waiting, failed, empty, there.
mod short_list;
/// Adding a webhook, and what was made.
mod webhook_form;
/// Webhooks.
mod webhooks;

pub use deliveries::Deliveries;
pub use keys::YourServer;
pub use webhooks::Webhooks;

/// The path of the screen of deliveries.
pub const SCREEN: &str = "webhooks";

/// The section of settings that it belongs to.
const WEBHOOKS_SECTION: &str = "/admin/settings#webhooks";
