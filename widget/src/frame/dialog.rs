//! Dialogs, as the browser has them.
//!
//! The law: `<dialog>` shown as modal keeps the keyboard inside, makes the rest inert and gives the keyboard back to
//! where it was; nothing of that is built again. Where there is something to fill in, the keyboard begins there.

use super::clock;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

/// Opens or closes a `<dialog>`. The same twice changes nothing.
pub fn set_open(dialog: &Element, is_open: bool) {
    let dialog = dialog.unchecked_ref::<HtmlDialogElement>();
    match (is_open, dialog.open()) {
        // Refused only for a dialog that is on no page.
        (true, false) => {
            drop(dialog.show_modal());
            begin_in_field(dialog.clone());
        }
        (false, true) => dialog.close(),
        _ => {}
    }
}

/// Once what is in it is drawn.
fn begin_in_field(dialog: HtmlDialogElement) {
    clock::after(0, move || {
        let field = dialog.query_selector("input, select, textarea");
        let field = field.ok().flatten().map(JsCast::dyn_into::<HtmlElement>);
        if let Some(Ok(field)) = field {
            let _ = field.focus();
        }
    });
}
