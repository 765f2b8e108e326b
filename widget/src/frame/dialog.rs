//! Dialogs, as the browser has them.
//!
//! The law: `<dialog>` shown as modal keeps the keyboard inside, makes the rest inert and gives the keyboard back to
//! where it was; nothing of that is built again.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Opens or closes a `<dialog>`. The same twice changes nothing.
pub fn set_open(dialog: &Element, is_open: bool) {
    let dialog = dialog.unchecked_ref::<HtmlDialogElement>();
    match (is_open, dialog.open()) {
        // Refused only for a dialog that is on no page.
        (true, false) => drop(dialog.show_modal()),
        (false, true) => dialog.close(),
        _ => {}
    }
}
