//! What the admin page and its preview say to each other.
//!
//! The law: the same origin and the very window, in both directions; anything else is not heard.

use super::page::{listen, window};
use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlIFrameElement, MessageEvent, Window};

/// The preview says that it listens.
const READY: &str = "porchlight-preview";

fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn is_from(event: &MessageEvent, other: &Window) -> bool {
    let source: JsValue = event.source().into();
    event.origin() == own_origin() && Object::is(&source, other)
}

/// In the preview: hears what the page around it says, and says that it does.
pub fn listen_to_page(hear: impl Fn(Vec<u8>) + 'static) {
    let Ok(Some(parent)) = window().parent() else {
        return;
    };
    let page = parent.clone();
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if is_from(&event, &page)
            && let Ok(bytes) = event.data().dyn_into::<Uint8Array>()
        {
            hear(bytes.to_vec());
        }
    });
    listen("message", listener.as_ref().unchecked_ref());
    listener.forget();
    // Fails only for an origin that is none.
    let _ = parent.post_message(&READY.into(), &own_origin());
}

/// A frame that is not displayed is not loaded. Before it gets its address.
pub fn load_when_seen(frame: &Element) {
    // Fails only for names that are none.
    let _ = frame.set_attribute("loading", "lazy");
}

/// In the page: hears that its preview listens. For the page's whole life; a preview that is gone is no source.
pub fn on_ready(frame: &Element, hear: impl Fn() + 'static) {
    let Some(frame) = frame.dyn_ref::<HtmlIFrameElement>().cloned() else {
        return;
    };
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let is_ours = frame
            .content_window()
            .is_some_and(|preview| is_from(&event, &preview));
        if is_ours && event.data().as_string().as_deref() == Some(READY) {
            hear();
        }
    });
    listen("message", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// In the page: says something to its preview.
pub fn tell(frame: &Element, bytes: &[u8]) {
    let preview = frame
        .dyn_ref::<HtmlIFrameElement>()
        .and_then(HtmlIFrameElement::content_window);
    if let Some(preview) = preview {
        // A frame that has not loaded yet is of another origin, and says itself when it listens.
        let _ = preview.post_message(&Uint8Array::from(bytes), &own_origin());
    }
}
