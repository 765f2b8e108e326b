//! Dialogs, as the browser has them.
//!
//! The law: `<dialog>` shown as modal keeps the keyboard inside, makes the rest inert and gives the keyboard back to
//! where it was; nothing of that is built again.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Opens or closes it. The same twice changes nothing.
pub fn set_open(element: &Element, is_open: bool) {
    let Some(dialog) = element.dyn_ref::<HtmlDialogElement>() else {
        return;
    };
    match (is_open, dialog.open()) {
        // Refused only for a dialog that is on no page.
        (true, false) => drop(dialog.show_modal()),
        (false, true) => dialog.close(),
        _ => {}
    }
}
