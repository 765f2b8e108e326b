//! A file that is asked for, and saved by the browser.
//!
//! The law: its name is ours and never from the answer; what is in it is never shown, only saved.

use super::bridge::put;
use super::fetch::{Answered, Asked, Unreachable, answered, request};
use super::{clock, page};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, HtmlElement, Response, Url};

/// How long a file may take. **Units**: milliseconds.
const PATIENCE_MS: u32 = 10 * 60 * 1_000;

/// How long the browser may need to begin saving. **Units**: milliseconds.
const KEPT_MS: u32 = 60_000;

/// What came of it.
pub enum Fetched {
    Saved,
    /// No file, but an answer that says why.
    Answered(Answered),
}

/// Asks, and has a good answer saved under that name.
pub async fn download(asked: Asked<'_>, name: &str) -> Result<Fetched, Unreachable> {
    exchange(asked, name).await.map_err(|_| Unreachable)
}

async fn exchange(asked: Asked<'_>, name: &str) -> Result<Fetched, JsValue> {
    let abort = AbortController::new()?;
    let request = request(&asked, &abort);
    // The answer is large, the question is small: it does not outlive the page.
    put(&request, "keepalive", &false.into());
    let promise = page::window().fetch_with_str_and_init(asked.path, &request);
    clock::after(PATIENCE_MS, move || abort.abort());
    let response: Response = JsFuture::from(promise).await?.unchecked_into();
    if !response.ok() {
        return answered(response).await.map(Fetched::Answered);
    }
    // A file that was cut off on its way is a failure here, before anything is saved.
    let file = JsFuture::from(response.blob()?).await?.unchecked_into();
    save(&Url::create_object_url_with_blob(&file)?, name)?;
    Ok(Fetched::Saved)
}

fn save(address: &str, name: &str) -> Result<(), JsValue> {
    let link: HtmlElement = page::document().create_element("a")?.unchecked_into();
    link.set_attribute("href", address)?;
    link.set_attribute("download", name)?;
    link.click();
    let address = address.to_owned();
    clock::after(KEPT_MS, move || {
        // A page that has let go of it already says so, and nothing is lost.
        let _gone = Url::revoke_object_url(&address);
    });
    Ok(())
}
