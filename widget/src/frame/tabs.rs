//! What the tabs of one browser tell each other.
//!
//! The law: a hint between frames of one build, never the truth. A tab that hears nothing still works.

use serde::{Deserialize, Serialize};
use shared::ids::ClientId;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// What one tab says to the others.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TabWord {
    /// A draft changed: where it is stored, and how it reads now.
    Drafted { key: String, text: String },
    /// A new tab asks who looks after these unsent messages.
    WhoseAreThese(Vec<ClientId>),
    /// I do.
    Mine(Vec<ClientId>),
    /// The server has this message.
    Acknowledged(ClientId),
    /// Who is in front of the screen changed: ask again.
    SessionChanged,
    /// Somebody signed out, or was forgotten: nothing of them may stay.
    SignedOut,
}

thread_local! {
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Listens for the frame's whole life. Frames of other builds are on other channels.
pub fn listen(hear: impl Fn(TabWord) + 'static) {
    let Ok(channel) = BroadcastChannel::new(shared::wire::SOCKET_POSTCARD) else {
        return;
    };
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let word = event
            .data()
            .as_string()
            .and_then(|text| super::storage::text_as_bytes(&text));
        if let Some(word) = word.and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
            hear(word);
        }
    });
    channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    listener.forget();
    CHANNEL.set(Some(channel));
}

/// Tells the other tabs.
pub fn tell(word: &TabWord) {
    CHANNEL.with_borrow(|channel| {
        if let (Some(channel), Ok(bytes)) = (channel, postcard::to_allocvec(word)) {
            let _ = channel.post_message(&super::storage::bytes_as_text(&bytes).into());
        }
    });
}
