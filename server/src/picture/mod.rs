//! Pictures that admins upload: the site's logo.
//!
//! The laws: what is kept is what we drew ourselves from the pixels, never the bytes that came; what a file is is judged
//! by its content, whatever it is called; looking at one takes bounded memory. A picture never changes: a new one has
//! a new id.

/// Taking a logo up, and away.
pub mod change;
/// Uploading and showing.
pub mod http;
/// From a file to the picture that is kept.
pub mod rules;
/// How the server keeps them.
pub mod store;
