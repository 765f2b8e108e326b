//! A command as it came in: strict JSON, or our frame's own encoding.
//!
//! The law: what is not exactly a `T` never reaches a handler, and `postcard` from another build is `outdated`.

use super::strict::from_json;
use crate::error::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use shared::{limits, problem::ProblemCode, wire};
use std::time::Duration;
use tokio::time::timeout;

/// A body that dribbles in more slowly holds a connection up for nothing.
const BODY: Duration = Duration::from_secs(20);

/// The body of a write.
pub struct Command<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Command<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        // Before a byte is read: what we would not understand is not waited for.
        let encoding = encoding_of(request.headers())?;
        let bytes = read_body(request, limits::BODY_BYTES).await?;
        let value = match encoding {
            Written::Json => from_json(&bytes)?,
            Written::Postcard => from_postcard(&bytes)?,
        };
        Ok(Self(value))
    }
}

/// The body of a write by a program that is not ours: JSON, and nothing else.
pub struct PlainCommand<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for PlainCommand<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        match encoding_of(request.headers()) {
            Ok(Written::Json) => {}
            Ok(Written::Postcard) | Err(_) => return Err(ProblemCode::ContentType.into()),
        }
        let bytes = read_body(request, limits::BODY_BYTES).await?;
        Ok(Self(from_json(&bytes)?))
    }
}

enum Written {
    Json,
    Postcard,
}

/// **Errors**: `content_type`; `outdated`.
fn encoding_of(headers: &HeaderMap) -> Result<Written, ProblemCode> {
    let mut named = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(content_type), None) = (named.next(), named.next()) else {
        return Err(ProblemCode::ContentType);
    };
    let content_type = content_type
        .to_str()
        .map_err(|_| ProblemCode::ContentType)?
        .trim();
    if content_type == wire::POSTCARD {
        return Ok(Written::Postcard);
    }
    let (essence, particulars) = content_type.split_once(';').unwrap_or((content_type, ""));
    if essence.trim().eq_ignore_ascii_case(wire::POSTCARD_FAMILY) {
        return Err(ProblemCode::Outdated);
    }
    let charset = particulars.trim();
    let is_utf_8 = charset.is_empty() || charset.eq_ignore_ascii_case("charset=utf-8");
    if essence.trim().eq_ignore_ascii_case(wire::JSON) && is_utf_8 {
        Ok(Written::Json)
    } else {
        Err(ProblemCode::ContentType)
    }
}

/// A body of at most so many bytes.
///
/// **Errors**: `too_big`; `malformed` when it breaks off, or dribbles.
pub async fn read_body(request: Request, most: usize) -> Result<Bytes, ProblemCode> {
    let limited = Limited::new(request.into_body(), most);
    let Ok(collected) = timeout(BODY, limited.collect()).await else {
        return Err(ProblemCode::Malformed);
    };
    match collected {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(ProblemCode::TooBig),
        Err(_) => Err(ProblemCode::Malformed),
    }
}

/// Reads `bytes` as a `T`, all of them.
///
/// **Errors**: `malformed`.
pub fn from_postcard<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProblemCode> {
    match postcard::take_from_bytes(bytes) {
        Ok((value, [])) => Ok(value),
        _ => Err(ProblemCode::Malformed),
    }
}
