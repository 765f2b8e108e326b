//! What the browser knows about text.
//!
//! The law: Unicode's tables stay in the browser; ours would weigh more than the program.

use js_sys::JsString;

/// Unicode's composed form (NFC).
pub fn compose(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}
