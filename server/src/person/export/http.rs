//! Handing an export out.
//!
//! The laws: a file, never a page: `attachment`, `nosniff`, kept by nobody on the way. What goes wrong after it began
//! breaks it off, so that half a file is never taken for a whole one.

use super::{Export, file_name};
use crate::{
    app::App,
    database::{DatabaseError, without_values},
    error::Refusal,
    person::store::Person,
};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream::{self, StreamExt as _};
use shared::wire;

/// Somebody's export as an answer. Its beginning is read before the answer begins: where the database cannot, that is
/// said as anywhere else.
pub async fn handed_out(app: &App, person: Person) -> Result<Response, Refusal> {
    let disposition = format!("attachment; filename=\"{}\"", file_name(&person.person_id));
    let disposition = HeaderValue::try_from(disposition)
        .map_err(|_| Refusal::Broken("a person's id is plain text"))?;
    let mut export = Export::new(app.database.clone(), person, app.clock.now());
    let opening = export.next().await?.unwrap_or_default();
    let rest = stream::try_unfold(export, |mut export| async move {
        let piece = export.next().await.map_err(broken_off)?;
        Ok::<_, DatabaseError>(piece.map(|piece| (piece, export)))
    });
    let body = Body::from_stream(stream::once(async { Ok(opening) }).chain(rest));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(wire::JSON)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    Ok((headers, body).into_response())
}

fn broken_off(error: DatabaseError) -> DatabaseError {
    tracing::warn!(error = %without_values(&error), "an export broke off");
    error
}
