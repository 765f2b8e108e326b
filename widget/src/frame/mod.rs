//! The only code that touches the browser.
//!
//! The law: everything here is a thin, typed door; decisions live in the models, which never see a browser.

/// What a view asks of an element: scroll and focus.
pub mod element;
