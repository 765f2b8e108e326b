//! How the browser reads an address.
//!
//! The law: where a link leads is decided by the browser, so what a link shows is asked of the browser.

/// The host as the browser will call it: lower case, other scripts in punycode.
///
/// **Errors**: `None` where the browser would not open it.
pub fn real_host(url: &str) -> Option<String> {
    web_sys::Url::new(url)
        .ok()
        .map(|url| url.hostname())
        .filter(|host| !host.is_empty())
}
