//! One HTTP exchange.
//!
//! The law: it ends: with an answer, or with `Unreachable` when the network or our patience ends first.

use super::bridge::put;
use super::{clock, page};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

/// What is asked.
pub struct Asked<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// None at all: it is the very request that the page has sent already.
    pub headers: &'a [(&'a str, &'a str)],
    pub body: Option<&'a [u8]>,
}

/// What came back.
pub struct Answered {
    pub status: u16,
    pub content_type: String,
    /// **Units**: seconds.
    pub retry_after_s: Option<u32>,
    pub body: Vec<u8>,
}

/// Nobody answered.
pub struct Unreachable;

/// How long an answer may take. **Units**: milliseconds.
const PATIENCE_MS: u32 = 20_000;

/// A small body may outlive the page; browsers hold 64 KiB of these at a time. **Units**: bytes.
const OUTLIVES_PAGE: usize = 12 * 1024;

/// Asks.
pub async fn fetch(asked: Asked<'_>) -> Result<Answered, Unreachable> {
    exchange(asked).await.map_err(|_| Unreachable)
}

async fn exchange(asked: Asked<'_>) -> Result<Answered, JsValue> {
    let abort = AbortController::new()?;
    let request = request(&asked, &abort);
    let promise = page::window().fetch_with_str_and_init(asked.path, &request);
    clock::after(PATIENCE_MS, move || abort.abort());
    let response: Response = JsFuture::from(promise).await?.unchecked_into();
    answered(response).await
}

pub(super) async fn answered(response: Response) -> Result<Answered, JsValue> {
    let body = JsFuture::from(response.array_buffer()?).await?;
    let header = |name| response.headers().get(name).ok().flatten();
    Ok(Answered {
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        retry_after_s: header("retry-after").and_then(|seconds| seconds.parse().ok()),
        body: Uint8Array::new(&body).to_vec(),
    })
}

pub(super) fn request(asked: &Asked<'_>, abort: &AbortController) -> RequestInit {
    let headers = Object::new();
    for (name, value) in asked.headers {
        put(&headers, name, &(*value).into());
    }
    let request = Object::new();
    put(&request, "method", &asked.method.into());
    put(&request, "headers", &headers);
    put(&request, "credentials", &"same-origin".into());
    put(&request, "signal", &abort.signal());
    if let Some(body) = asked.body {
        put(&request, "body", &Uint8Array::from(body));
        // Messages go out even when the page goes away under them.
        put(&request, "keepalive", &(body.len() <= OUTLIVES_PAGE).into());
    }
    request.unchecked_into()
}

/// A file of ours as pairs of texts; `None` if it is not there or no flat JSON object.
pub async fn fetch_pairs(path: &str) -> Option<Vec<(String, String)>> {
    let promise = page::window().fetch_with_str(path);
    let response: Response = JsFuture::from(promise).await.ok()?.unchecked_into();
    if !response.ok() {
        return None;
    }
    let parsed: Object = JsFuture::from(response.json().ok()?)
        .await
        .ok()?
        .dyn_into()
        .ok()?;
    let entries = Object::entries(&parsed);
    let pairs = entries.iter().filter_map(|pair| {
        let pair: js_sys::Array = pair.unchecked_into();
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    });
    Some(pairs.collect())
}
