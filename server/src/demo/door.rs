//! What is the same for every answer of the shop: which hosts it answers, whose posts it takes, its headers.
//!
//! The law: a strict policy, as a careful host site would have it. The chat needs its origin in `script-src` and
//! `frame-src`, and nothing more (D1).

use super::shop::Shop;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use std::sync::Arc;

/// Stands before every route.
pub async fn guard(State(shop): State<Arc<Shop>>, call: Request, next: Next) -> Response {
    let mut answer = match turn_away(call.method(), call.uri(), call.headers()) {
        Some(answer) => answer,
        None => next.run(call).await,
    };
    add_headers(answer.headers_mut(), &shop.chat_origin);
    answer
}

/// The answer to a call that nobody needs to look at.
fn turn_away(method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
    // What people type. The chat lets itself be embedded by the shop's own name only.
    if name == "localhost" && method.is_safe() {
        let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        return Some(
            Redirect::temporary(&format!("http://shop.localhost:{port}{path}")).into_response(),
        );
    }
    // Another name that points at this machine would be another site's page reading ours (DNS rebinding).
    if !matches!(name, "shop.localhost" | "127.0.0.1") {
        return Some(
            (
                StatusCode::MISDIRECTED_REQUEST,
                "This is the shop at shop.localhost.\n",
            )
                .into_response(),
        );
    }
    let is_own = |origin: &HeaderValue| {
        origin
            .to_str()
            .is_ok_and(|origin| origin == format!("http://{host}"))
    };
    if !method.is_safe()
        && headers
            .get(header::ORIGIN)
            .is_some_and(|origin| !is_own(origin))
    {
        return Some(
            (
                StatusCode::FORBIDDEN,
                "Forms of the shop are sent from its own pages.\n",
            )
                .into_response(),
        );
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

    fn call(method: &Method, host: &'static str, origin: Option<&'static str>) -> Option<Response> {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static(host));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
        }
        turn_away(method, &Uri::from_static("/lamps/blue?a=1"), &headers)
    }

    #[test]
    fn only_the_shop_s_own_pages_post_to_it() {
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
            ("localhost:8081", Some("http://localhost:8081"), Some(421)),
            ("evil.example:8081", None, Some(421)),
        ] {
            let status = call(&Method::POST, host, origin).map(|answer| answer.status().as_u16());
            assert_eq!(status, expected, "{host} {origin:?}");
        }
    }

    #[test]
    fn who_types_localhost_comes_to_the_shop() {
        let answer = call(&Method::GET, "localhost:8081", None).unwrap();
        assert_eq!(
            answer.headers()[header::LOCATION],
            "http://shop.localhost:8081/lamps/blue?a=1"
        );
        assert_eq!(
            call(&Method::GET, "evil.example", None).unwrap().status(),
            421
        );
    }
}
