//! What an admin decides about the site, and the loader that is rendered from it.
//!
//! The laws: every door changes settings through the same validation, in one transaction, with a line in the audit log;
//! what visitors may see of them is `shared::settings::Site` and the loader, nothing else.

/// Changing the settings.
pub mod change;
/// The accent colour, and the ink that can be read on it.
pub mod colour;
/// Which sites may embed us.
pub mod origin;
/// Which settings are good ones.
pub mod rules;
/// How the server keeps the one row of `site`.
pub mod store;
/// Settings as an operator types and reads them.
pub mod text_form;
