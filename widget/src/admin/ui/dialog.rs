//! A question over the page.
//!
//! The law: the browser's own modal dialog, so that the keyboard stays inside and comes back; what is in it is drawn
//! when it opens and gone when it closes.

use super::drawing::{Drawing, drawing};
use crate::admin::sentences as say;
use crate::frame::dialog::set_open;
use crate::ui::unique_id;
use leptos::html;
use leptos::prelude::*;

/// `stays`: only what is in it closes it.
#[component]
pub fn Dialog(
    #[prop(into)] title: Signal<String>,
    open: RwSignal<bool>,
    #[prop(optional)] stays: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let element: NodeRef<html::Dialog> = NodeRef::new();
    Effect::new(move |_| {
        let is_open = open.get();
        if let Some(element) = element.get() {
            set_open(&element, is_open);
        }
    });
    let heading = unique_id();
    let close = (!stays).then(|| {
        view! {
            <button type="button" class="icon-button" aria-label=say::CLOSE on:click=move |_| open.set(false)>
                {drawing(Drawing::Close)}
            </button>
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=element
            aria-labelledby=heading.clone()
            on:cancel=move |event: leptos::ev::Event| if stays { event.prevent_default() }
            on:close=move |_| if open.try_get_untracked() == Some(true) { open.set(stays) }
        >
            <div class="dialog-head">
                <h2 class="dialog-title" id=heading.clone() tabindex="-1">{title}</h2>
                {close}
            </div>
            <div class="dialog-body">
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}
