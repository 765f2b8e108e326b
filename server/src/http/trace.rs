//! A request's id, and its line in the log.
//!
//! The law: a log holds ids, routes, codes and durations; never a text, a name, an address or a token, so the path is
//! logged as the route that it matched.

use crate::{app::App, router::class_word};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::sync::Arc;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names the request, and says afterwards what came of it.
pub async fn trace(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = app.clock.elapsed();
    let request_id = format!(
        "{:08x}{:08x}",
        app.mint.below(u32::MAX),
        app.mint.below(u32::MAX)
    );
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("-", MatchedPath::as_str)
        .to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", %request_id, %method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let took = app.clock.elapsed().saturating_sub(started);
    app.metrics
        .answered(class_word(&method, &route), status, took);
    let duration_us = took.as_micros();
    span.in_scope(|| match status {
        500.. => tracing::warn!(status, duration_us, "answered"),
        _ => tracing::debug!(status, duration_us, "answered"),
    });
    let id = HeaderValue::from_str(&request_id).expect("it is hexadecimal digits");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}
