//! Headers that every answer carries (D2).
//!
//! The laws: no answer has a CORS header; only the frame page and the loader may be used by another site's page, and
//! the frame page only by those that the admin allowed.

use crate::app::App;
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use shared::settings::origin::{OriginPattern, frame_ancestors};

/// Whose page may use an answer.
pub const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const COEP: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");
const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// For answers that no browser shows as a page.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// Adds what an answer does not say otherwise.
pub async fn defend(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (CORP, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
    ] {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// How a program's page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// `/widget`: in a frame, on the sites that the admin allowed.
    Framed,
    /// `/chat`, `/agent`: in a window of its own, and in no frame.
    TopLevel,
    /// `/admin`: in a window of its own, and in no frame; it frames its own preview.
    AdminPage,
    /// `/admin/preview`: in a frame of the admin page, and in no other.
    Preview,
}

/// A page's own headers.
pub fn protect_page(app: &App, shown: Shown, headers: &mut HeaderMap) {
    let frames = match shown {
        Shown::Framed => {
            let allowed = &app.policy().settings.allowed_origins;
            // Checked when they were saved: what cannot be read any more allows nobody.
            let patterns: Vec<OriginPattern> = allowed
                .iter()
                .filter_map(|text| OriginPattern::parse(text).ok())
                .collect();
            frame_ancestors(&patterns)
        }
        Shown::TopLevel => "frame-ancestors 'none'".into(),
        Shown::AdminPage => "frame-ancestors 'none'; frame-src 'self'".into(),
        Shown::Preview => "frame-ancestors 'self'".into(),
    };
    let policy = content_security_policy(&app.config.public_origin, &frames);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(COEP, HeaderValue::from_static("require-corp"));
    match shown {
        Shown::Framed => headers.insert(CORP, HeaderValue::from_static("cross-origin")),
        Shown::TopLevel | Shown::AdminPage | Shown::Preview => {
            headers.insert(COOP, HeaderValue::from_static("same-origin"))
        }
    };
}

/// `frames`: who may frame the page, and whom it may frame. `'self'` covers the socket in browsers that follow CSP level 3; the others need it named.
fn content_security_policy(public_origin: &str, frames: &str) -> String {
    let socket = public_origin.replacen("http", "ws", 1);
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
         media-src 'self' blob:; connect-src 'self' {socket}; {frames}; base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_may_do_what_it_needs_and_nothing_else() {
        insta::assert_snapshot!(
            content_security_policy("https://chat.example", "frame-ancestors https://shop.example"),
            @"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self' wss://chat.example; frame-ancestors https://shop.example; base-uri 'none'; form-action 'none'"
        );
    }
}
