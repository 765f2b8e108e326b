//! The script tag's file, and the admin page's settings.
//!
//! The laws: anybody's page may load the file (`Cross-Origin-Resource-Policy: cross-origin`), it holds nothing that a
//! visitor may not see, and it costs a page view one small answer, or none for five minutes. A save names the version
//! that it read.

use super::LANGUAGES;
use super::change::replace;
use super::loader::Loader;
use super::settings_page::settings_page;
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::assets::{accepts, is_held, loader_template};
use crate::http::command::Command;
use crate::http::headers::CORP;
use crate::identity::caller::Known;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::problem::Problem;
use shared::settings::{SaveSettings, SettingsPage};
use std::sync::Arc;

/// How long a browser asks nobody. **Source**: a change of colour may take five minutes to arrive.
const CACHING: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// `GET /embed.js`.
pub async fn show_loader(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let policy = app.policy();
    let loader = app
        .loader
        .get(policy.settings_version, loader_template(), &policy.settings);
    answer(&loader, &headers)
}

/// `GET /api/admin/settings`.
pub async fn show_settings(State(app): State<Arc<App>>) -> Result<Answer<SettingsPage>, Refusal> {
    Ok(Answer::ok(settings_page(&app).await?))
}

/// `PUT /api/admin/settings`.
///
/// **Errors**: `stale_version` where somebody else saved meanwhile; the field that is wrong, and why.
pub async fn save_settings(
    State(app): State<Arc<App>>,
    known: Known,
    Command(save): Command<SaveSettings>,
) -> Result<Answer<SettingsPage>, Refusal> {
    let by = app.by(&known.person_id);
    let changed = app
        .writer
        .run((by, save), |tx, (by, save)| {
            Box::pin(replace(tx, by, LANGUAGES, save))
        })
        .await?;
    changed.map_err(Problem::from)?;
    app.policy_changed().await?;
    Ok(Answer::ok(settings_page(&app).await?))
}

fn answer(loader: &Loader, headers: &HeaderMap) -> Response {
    let own = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/javascript; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, CACHING),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
        (header::ETAG, loader.etag.clone()),
        (CORP, HeaderValue::from_static("cross-origin")),
    ];
    if is_held(headers, &loader.etag) {
        return (StatusCode::NOT_MODIFIED, own).into_response();
    }
    let (encoding, body) = if accepts(headers, "br") {
        (Some("br"), &loader.brotli)
    } else if accepts(headers, "gzip") {
        (Some("gzip"), &loader.gzip)
    } else {
        (None, &loader.plain)
    };
    let mut response = (own, Body::from(body.clone())).into_response();
    if let Some(encoding) = encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
