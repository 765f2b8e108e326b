//! One event as bytes, made once for everybody who is told.

use crate::http::answer::Encoding;
use axum::extract::ws::Message;
use shared::realtime::Event;
use std::sync::{Arc, OnceLock};

/// An event that is encoded when the first socket of an encoding asks for it.
pub(super) struct Encoded<'a> {
    event: &'a Event,
    json: OnceLock<Arc<Message>>,
    postcard: OnceLock<Arc<Message>>,
}

impl<'a> Encoded<'a> {
    pub const fn new(event: &'a Event) -> Self {
        Self {
            event,
            json: OnceLock::new(),
            postcard: OnceLock::new(),
        }
    }

    pub fn as_frame(&self, encoding: Encoding) -> Arc<Message> {
        let place = match encoding {
            Encoding::Json => &self.json,
            Encoding::Postcard => &self.postcard,
        };
        place
            .get_or_init(|| Arc::new(frame(self.event, encoding)))
            .clone()
    }
}

/// JSON goes in text frames, `postcard` in binary ones.
pub(super) fn frame(event: &Event, encoding: Encoding) -> Message {
    let bytes = encoding.encode(event);
    match encoding {
        Encoding::Json => Message::Text(String::from_utf8(bytes).expect("JSON is UTF-8").into()),
        Encoding::Postcard => Message::Binary(bytes.into()),
    }
}
