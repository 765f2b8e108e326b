//! What a handler hands back, and the encoding it leaves in.
//!
//! The law: a handler knows values, this file knows bytes. An answer is `postcard` exactly when the caller's `Accept`
//! names this build's encoding, else JSON; a problem likewise, save `outdated`, whose reader cannot know our encoding.
//! What a page asks for before its program runs ([`Ours`]) is `postcard` always.

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use shared::{
    problem::{Problem, ProblemCode},
    wire,
};
use std::sync::Arc;

/// A value on its way out.
pub struct Answer<T> {
    status: StatusCode,
    value: T,
}

impl<T> Answer<T> {
    /// 200.
    pub const fn ok(value: T) -> Self {
        Self {
            status: StatusCode::OK,
            value,
        }
    }
}

impl Answer<Problem> {
    /// The status is the code's own.
    pub fn problem(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.code.status())
            .expect("every problem code names a real status");
        Self {
            status,
            value: problem,
        }
    }
}

/// How bytes leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Json,
    Postcard,
}

impl Encoding {
    /// What the caller asked for.
    pub fn accepted_by(headers: &HeaderMap) -> Self {
        let ours = headers
            .get(header::ACCEPT)
            .is_some_and(|accept| accept.as_bytes() == wire::POSTCARD.as_bytes());
        if ours { Self::Postcard } else { Self::Json }
    }

    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => wire::JSON,
            Self::Postcard => wire::POSTCARD,
        }
    }

    pub fn encode<T: Serialize + ?Sized>(self, value: &T) -> Vec<u8> {
        match self {
            Self::Json => {
                serde_json::to_vec(value).expect("wire types have text keys only, so they are JSON")
            }
            Self::Postcard => postcard::to_allocvec(value)
                .expect("wire types know their lengths, so they are postcard"),
        }
    }
}

trait Encodable: Send + Sync {
    fn encode(&self, encoding: Encoding) -> Vec<u8>;
}

impl<T: Serialize + Send + Sync> Encodable for T {
    fn encode(&self, encoding: Encoding) -> Vec<u8> {
        encoding.encode(self)
    }
}

/// Travels in the response's extensions until [`encode`] writes it out.
#[derive(Clone)]
struct Unencoded(Arc<dyn Encodable>);

/// How a response must leave, whatever the caller accepts.
#[derive(Clone, Copy)]
struct Only(Encoding);

/// An answer in our own encoding, for a caller that cannot say what it accepts.
pub struct Ours<T>(pub Answer<T>);

impl<T: Serialize + Send + Sync + 'static> IntoResponse for Ours<T> {
    fn into_response(self) -> Response {
        let mut response = self.0.into_response();
        response.extensions_mut().insert(Only(Encoding::Postcard));
        response
    }
}

impl<T: Serialize + Send + Sync + 'static> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response
            .extensions_mut()
            .insert(Unencoded(Arc::new(self.value)));
        response
    }
}

impl IntoResponse for ProblemAnswer {
    fn into_response(self) -> Response {
        let mut response = Answer::problem(self.0).into_response();
        if let Some(seconds) = self.0.retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        if self.0.code == ProblemCode::Outdated {
            response.extensions_mut().insert(Only(Encoding::Json));
        }
        response
    }
}

/// A problem on its way out, with the headers that go with it.
pub struct ProblemAnswer(pub Problem);

/// The outermost layer of the API: writes every [`Answer`] in the encoding that its caller accepts.
pub async fn encode(request: Request, next: Next) -> Response {
    let accepted = Encoding::accepted_by(request.headers());
    let mut response = next.run(request).await;
    let Some(Unencoded(value)) = response.extensions_mut().remove() else {
        return response;
    };
    let encoding = match response.extensions_mut().remove::<Only>() {
        Some(Only(encoding)) => encoding,
        None => accepted,
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(encoding.content_type()),
    );
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    *response.body_mut() = Body::from(value.encode(encoding));
    response
}
