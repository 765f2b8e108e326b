//! The page that Prometheus reads, on a listener of its own.
//!
//! The law: the chat's own address never shows it. Whoever reaches this listener sees figures and nothing else.

use crate::app::App;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use prometheus_client::encoding::text::encode;
use std::sync::Arc;

/// Of OpenMetrics, which Prometheus asks for first.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// `GET /metrics`, and nothing else.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/metrics", get(show_metrics))
        .with_state(Arc::clone(app))
}

async fn show_metrics(State(app): State<Arc<App>>) -> Response {
    let metrics = &app.metrics;
    metrics.sockets.set(app.hub.census());
    let waiting = i64::try_from(app.writer.waiting()).unwrap_or(i64::MAX);
    metrics.waiting.set(waiting);
    let mut page = String::new();
    match encode(&mut page, &metrics.registry) {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], page).into_response(),
        Err(error) => {
            tracing::error!(%error, "the figures could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
