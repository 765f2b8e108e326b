//! What is the same for every answer of the shop: which hosts it answers, whose posts it takes, its headers.
//!
//! The law: a strict policy, as a careful host site would have it. The chat needs its origin in `script-src` and
//! `frame-src`, and nothing more (D1).

use super::shop::Shop;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Stands before every route.
pub async fn guard(State(shop): State<Arc<Shop>>, call: Request, next: Next) -> Response {
    let mut answer = match refusal(call.method(), call.headers()) {
        Some((status, sentence)) => (status, sentence).into_response(),
        None => next.run(call).await,
    };
    add_headers(answer.headers_mut(), &shop.chat_origin);
    answer
}

/// Why a call is turned away before anybody looks at it.
fn refusal(method: &Method, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    // Another name that points at this machine would be another site's page reading ours (DNS rebinding).
    if !matches!(name, "shop.localhost" | "localhost" | "127.0.0.1") {
        return Some((
            StatusCode::MISDIRECTED_REQUEST,
            "This is the shop at shop.localhost.\n",
        ));
    }
    let is_own = |origin: &HeaderValue| {
        origin
            .to_str()
            .is_ok_and(|origin| origin == format!("http://{host}"))
    };
    if *method == Method::POST
        && headers
            .get(header::ORIGIN)
            .is_some_and(|origin| !is_own(origin))
    {
        return Some((
            StatusCode::FORBIDDEN,
            "Forms of the shop are sent from its own pages.\n",
        ));
    }
    None
}

fn add_headers(headers: &mut HeaderMap, chat_origin: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'self' {chat_origin}; frame-src {chat_origin}; style-src 'self'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).expect("an origin is printable");
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        "cross-origin-opener-policy",
        HeaderValue::from_static("same-origin"),
    );
    // Pages differ by who is signed in; files say for themselves how long they keep.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_shop_s_own_pages_post_to_it() {
        let call = |host: &'static str, origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            refusal(&Method::POST, &headers).map(|(status, _)| status.as_u16())
        };
        for (host, origin, expected) in [
            (
                "shop.localhost:8081",
                Some("http://shop.localhost:8081"),
                None,
            ),
            ("127.0.0.1:8081", Some("http://127.0.0.1:8081"), None),
            ("shop.localhost:8081", None, None),
            (
                "shop.localhost:8081",
                Some("http://chat.localhost:8080"),
                Some(403),
            ),
            ("shop.localhost:8081", Some("null"), Some(403)),
            ("evil.example:8081", None, Some(421)),
        ] {
            assert_eq!(call(host, origin), expected, "{host} {origin:?}");
        }
    }
}
