//! The host's server, by the key in its `Authorization` header.
//!
//! The laws: a key that is missing, misspelt, revoked or of another scope gets one and the same answer; it is looked for
//! at every call, so a revoked one is nobody's at once, whichever process revoked it; it stands in that header, once,
//! and nowhere else.

use super::key::{
    rules::{may_use, read_bearer},
    store::{FoundKey, find_key, update_key_used},
};
use crate::{app::App, error::Refusal, safety::limiter::Limit};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use shared::{
    host::HostScope,
    ids::{HostKeyId, Time},
    limits,
    problem::{Problem, ProblemCode},
};
use std::sync::Arc;

/// Calls of one key.
pub const CALLS: Limit = Limit::per_seconds(limits::HOST_CALLS_PER_MINUTE, 60);

/// That a key was used is written down to the hour. **Units**: milliseconds.
const HOUR_MS: i64 = 3_600_000;

/// The host's server.
#[derive(Clone, Debug)]
pub struct HostCaller {
    pub host_key_id: HostKeyId,
}

/// Finds out whether the host's server is calling, and may.
///
/// **Errors**: `host_key_refused`; `slow_down`.
pub async fn identify(
    app: &App,
    headers: &HeaderMap,
    scope: HostScope,
) -> Result<HostCaller, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(ProblemCode::HostKeyRefused.into());
    };
    let key = value.to_str().ok().and_then(read_bearer);
    let key = key.ok_or(ProblemCode::HostKeyRefused)?;
    let found = {
        let mut connection = app.database.read().await?;
        find_key(&mut connection, &key.hash()).await?
    };
    let found = found.ok_or(ProblemCode::HostKeyRefused)?;
    may_use(scope, &found.scopes)?;
    let now = app.clock.now();
    app.host_calls
        .count(&found.host_key_id, now)
        .map_err(|reached| Problem::retry_after(ProblemCode::SlowDown, reached.retry_after_s))?;
    note_use(app, &found, now);
    Ok(HostCaller {
        host_key_id: found.host_key_id,
    })
}

/// Writes down that a key is used, where that is news. Nobody waits for it.
fn note_use(app: &App, found: &FoundKey, now: Time) {
    let hour = Time(now.0 - now.0.rem_euclid(HOUR_MS));
    if found.last_used_at.is_some_and(|noted| noted >= hour) {
        return;
    }
    let (writer, host_key_id) = (app.writer.clone(), found.host_key_id.clone());
    tokio::spawn(async move {
        let noted = writer
            .run((host_key_id, hour), |tx, (host_key_id, hour)| {
                Box::pin(
                    async move { Ok(update_key_used(tx.connection(), host_key_id, *hour).await?) },
                )
            })
            .await;
        if noted.is_err() {
            tracing::debug!("a host key's use was not written down");
        }
    });
}

impl FromRequestParts<Arc<App>> for HostCaller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Self, Refusal> {
        let caller = parts.extensions.get::<Self>().cloned();
        caller.ok_or(Refusal::Broken(
            "a handler that takes the host's server stands in its class",
        ))
    }
}
