//! Uploading and showing.
//!
//! The laws: one picture is looked at at a time, on a thread of its own; a picture is answered as `image/png`
//! that no browser may take for anything else.

use super::change::{NewLogo, change_logo};
use super::{rules, store};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::read_body;
use crate::http::path::Named;
use crate::identity::caller::Known;
use crate::settings::settings_page::settings_page;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use shared::ids::PictureId;
use shared::limits::PICTURE_BYTES;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::SettingsPage;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A picture may take 150 MiB while it is looked at.
static LOOKED_AT: Semaphore = Semaphore::const_new(1);

/// A picture never changes.
const CACHING: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// `GET /pictures/{id}`.
pub async fn show_picture(
    State(app): State<Arc<App>>,
    Named(picture_id): Named<PictureId>,
) -> Result<Response, Refusal> {
    let mut connection = app.database.read().await?;
    let png = store::find_picture(&mut connection, &picture_id)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let own = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(store::CONTENT_TYPE),
        ),
        (header::CACHE_CONTROL, CACHING),
    ];
    Ok((own, Bytes::from(png)).into_response())
}

/// `PUT /api/admin/logo`: the file itself.
///
/// **Errors**: `content_type` for what does not even say that it is a picture; `too_big`; `picture_shape`.
pub async fn upload_logo(
    State(app): State<Arc<App>>,
    known: Known,
    request: Request,
) -> Result<Answer<SettingsPage>, Refusal> {
    must_be_picture(request.headers())?;
    let file = read_body(request, PICTURE_BYTES)
        .await
        .map_err(about_logo)?;
    let png = draw_apart(file).await?.map_err(about_logo)?;
    let logo = NewLogo {
        picture_id: app.mint.id(),
        png,
    };
    keep(&app, known, Some(logo)).await
}

/// `DELETE /api/admin/logo`.
pub async fn take_logo_away(
    State(app): State<Arc<App>>,
    known: Known,
) -> Result<Answer<SettingsPage>, Refusal> {
    keep(&app, known, None).await
}

async fn keep(
    app: &App,
    known: Known,
    logo: Option<NewLogo>,
) -> Result<Answer<SettingsPage>, Refusal> {
    let by = app.by(&known.person_id);
    let changed = app
        .writer
        .run((by, logo), |tx, (by, logo)| {
            Box::pin(change_logo(tx, by, logo.as_ref()))
        })
        .await?;
    changed.map_err(Problem::from)?;
    app.policy_changed().await?;
    Ok(Answer::ok(settings_page(app).await?))
}

async fn draw_apart(file: Bytes) -> Result<Result<Vec<u8>, ProblemCode>, Refusal> {
    let _place = LOOKED_AT
        .acquire()
        .await
        .map_err(|_| Refusal::Broken("nobody closes the door to looking at pictures"))?;
    tokio::task::spawn_blocking(move || rules::draw_anew(&file))
        .await
        .map_err(|_| Refusal::Broken("a picture that cannot be drawn is refused, not fatal"))
}

fn must_be_picture(headers: &HeaderMap) -> Result<(), ProblemCode> {
    let mut named = headers.get_all(header::CONTENT_TYPE).iter();
    match (named.next().map(HeaderValue::as_bytes), named.next()) {
        (Some(b"image/png" | b"image/jpeg" | b"image/webp"), None) => Ok(()),
        _ => Err(ProblemCode::ContentType),
    }
}

const fn about_logo(code: ProblemCode) -> Problem {
    Problem::about(code, Field::Logo)
}
