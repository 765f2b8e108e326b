//! The clipboard.
//!
//! The law: it is only written to, and only when somebody pressed a button that says so.

use super::page::window;
use wasm_bindgen_futures::JsFuture;

/// Puts a text there. **Shape**: `false` where the browser refuses; then it must be copied by hand.
pub async fn copy(text: &str) -> bool {
    // A page without TLS, other than on loopback, has no clipboard at all.
    if !window().is_secure_context() {
        return false;
    }
    let promise = window().navigator().clipboard().write_text(text);
    JsFuture::from(promise).await.is_ok()
}
