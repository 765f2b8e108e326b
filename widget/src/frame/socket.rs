//! One WebSocket, in our own encoding.
//!
//! The law: what is dropped is silent: a socket that was given up tells nobody anything any more.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// What a socket tells.
pub enum SocketEvent {
    Message(Vec<u8>),
    /// With the close code; 1006 for a connection that was never made or broke.
    Closed(u16),
}

/// An open, or opening, socket.
pub struct Socket {
    socket: WebSocket,
    on_message: Option<Closure<dyn Fn(MessageEvent)>>,
    on_close: Option<Closure<dyn Fn(CloseEvent)>>,
}

impl Socket {
    /// Opens one to a path of our own origin. **Errors**: `None` where the browser has no sockets to give.
    pub fn open(
        path: &str,
        protocol: &str,
        hear: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Option<Self> {
        let origin = super::page::window().location().origin().ok()?;
        // "http…" becomes "ws…", with the "s" of https kept.
        let url = ["ws", origin.strip_prefix("http")?, path].concat();
        let socket = WebSocket::new_with_str(&url, protocol).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let hear_close = hear.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            hear(SocketEvent::Message(
                Uint8Array::new(&event.data()).to_vec(),
            ));
        });
        let on_close = Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| {
            hear_close(SocketEvent::Closed(event.code()));
        });
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            on_message: Some(on_message),
            on_close: Some(on_close),
        })
    }

    /// Sends, if it is open.
    pub fn send(&self, bytes: &[u8]) {
        if self.socket.ready_state() == WebSocket::OPEN {
            let _ = self.socket.send_with_u8_array(bytes);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        let _ = self.socket.close();
        // A socket is dropped from inside its own handlers too: those must live until they return.
        let handlers = (self.on_message.take(), self.on_close.take());
        super::clock::after(0, move || drop(handlers));
    }
}
