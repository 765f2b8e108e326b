//! A picture that somebody chose from their machine.
//!
//! The law: it is handed over as it is; whether it is a picture is the server's to say.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File, HtmlInputElement};

/// A file, and what the browser believes it to be.
pub struct Picture {
    file: File,
}

/// The file that was chosen. The field is empty afterwards, so that the same file can be chosen again.
pub fn chosen(event: &Event) -> Option<Picture> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0)?;
    field.set_value("");
    Some(Picture { file })
}

impl Picture {
    /// As the browser says: `image/png`; empty where it does not know.
    pub fn content_type(&self) -> String {
        self.file.type_()
    }

    /// **Units**: bytes.
    pub fn size(&self) -> f64 {
        self.file.size()
    }

    /// **Errors**: `None` where it cannot be read any more.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        let read = JsFuture::from(self.file.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&read).to_vec())
    }
}
