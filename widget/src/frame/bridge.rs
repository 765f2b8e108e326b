//! What the frame and the loader say to each other.
//!
//! The law: a closed vocabulary, one exact origin, one source. What is not from there, or not in here, is not heard.

use super::page;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

/// Whether the card can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum CardLook {
    Open,
    Hidden,
}

/// Whether the host page will say who is in front of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Vouching {
    /// Nobody vouches here.
    None,
    /// `FromLoader::Identity` follows.
    Pending,
}

/// What the loader says.
#[derive(Clone, PartialEq, Eq)]
pub enum FromLoader {
    Hello {
        path: String,
        look: CardLook,
        identity: Vouching,
    },
    Look(CardLook),
    /// `None`: nobody is signed in at the host.
    Identity(Option<String>),
    Path(String),
    Logout,
    Focus,
}

/// What the frame says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ToLoader {
    Ready,
    NeedIdentity,
    Unread(u32),
    Close,
    /// A message of the other side arrived. No content crosses.
    Message,
    /// The card is to open, and to leave the keyboard where it is.
    Open,
    /// Whether later pages should open the frame unseen.
    Keep(bool),
    SignedOut,
}

/// The origin of the host page, as the loader gave it; `None` in a window of our own.
///
/// Only what reads like an origin: `*` would tell everybody.
pub fn host_origin() -> Option<String> {
    if page::is_top() {
        return None;
    }
    let origin = page::query("origin")?;
    (origin.starts_with("https://") || origin.starts_with("http://")).then_some(origin)
}

/// Says something to the host page, to exactly its origin.
pub fn say(origin: &str, word: ToLoader) {
    let message = Object::new();
    let (kind, more) = match word {
        ToLoader::Ready => ("ready", None),
        ToLoader::NeedIdentity => ("need_identity", None),
        ToLoader::Unread(count) => ("unread", Some(("count", JsValue::from(count)))),
        ToLoader::Close => ("close", None),
        ToLoader::Message => ("message", None),
        ToLoader::Open => ("open", None),
        ToLoader::Keep(keep) => ("keep", Some(("keep", JsValue::from(keep)))),
        ToLoader::SignedOut => ("signed_out", None),
    };
    put(&message, "porchlight", &kind.into());
    if let Some((name, value)) = more {
        put(&message, name, &value);
    }
    if let Ok(Some(parent)) = page::window().parent() {
        // Fails only for an origin that is none; then there is nobody to tell.
        let _ = parent.post_message(&message, origin);
    }
}

/// Listens for the frame's whole life.
pub fn listen(origin: String, hear: impl Fn(FromLoader) + 'static) {
    let parent: JsValue = page::window().parent().ok().flatten().into();
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let source: JsValue = event.source().into();
        if event.origin() == origin
            && Object::is(&source, &parent)
            && let Some(word) = read(&event.data())
        {
            hear(word);
        }
    });
    page::listen("message", listener.as_ref().unchecked_ref());
    listener.forget();
}

fn read(message: &JsValue) -> Option<FromLoader> {
    let look = || match text(message, "look")?.as_str() {
        "open" => Some(CardLook::Open),
        "hidden" => Some(CardLook::Hidden),
        _ => None,
    };
    Some(match text(message, "porchlight")?.as_str() {
        "hello" => FromLoader::Hello {
            path: text(message, "path").unwrap_or_default(),
            look: look()?,
            identity: match text(message, "identity")?.as_str() {
                "pending" => Vouching::Pending,
                _ => Vouching::None,
            },
        },
        "look" => FromLoader::Look(look()?),
        "identity" => FromLoader::Identity(text(message, "token")),
        "path" => FromLoader::Path(text(message, "path")?),
        "logout" => FromLoader::Logout,
        "focus" => FromLoader::Focus,
        _ => return None,
    })
}

fn text(message: &JsValue, name: &str) -> Option<String> {
    Reflect::get(message, &name.into()).ok()?.as_string()
}

pub(super) fn put(object: &Object, name: &str, value: &JsValue) {
    // A plain object takes any property.
    let _ = Reflect::set(object, &name.into(), value);
}
