//! A few rare actions behind one button.
//!
//! The law: Escape closes the menu and nothing else; arrow keys move inside it; leaving it closes it.

use super::icon::{Icon, icon};
use super::unique_id;
use crate::frame::element::{Step, focus_has_left, focus_inside, move_focus};
use leptos::ev::{FocusEvent, KeyboardEvent};
use crate::reactive::{Effect, RwSignal, Signal};
use leptos::prelude::*;

/// One action.
#[derive(Clone)]
pub struct MenuItem {
    pub label: String,
    pub on_choose: Callback<()>,
}

#[component]
pub fn Menu(
    /// What the button is called.
    #[prop(into)]
    name: Signal<String>,
    /// Few, and known when the menu is made.
    items: Vec<MenuItem>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let panel = NodeRef::<leptos::html::Div>::new();
    let id = unique_id();
    Effect::new(move |_| {
        if open.get()
            && let Some(panel) = panel.get()
        {
            focus_inside(&panel, ITEM);
        }
    });
    let keys = move |event: KeyboardEvent| steer(&event, open);
    let left = move |event: FocusEvent| {
        if focus_has_left(&event) {
            open.set(false);
        }
    };
    let items = items
        .into_iter()
        .map(|item| item_view(item, open))
        .collect_view();
    view! {
        <div class="menu" on:keydown=keys on:focusout=left>
            <button
                type="button"
                class="icon-button"
                aria-label=move || name.get()
                title=move || name.get()
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-controls=id.clone()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon(Icon::More)}
            </button>
            <div class="menu-panel" role="menu" id=id node_ref=panel aria-label=move || name.get() hidden=move || !open.get()>
                {items}
            </div>
        </div>
    }
}

const ITEM: &str = ".menu-item";

fn item_view(item: MenuItem, open: RwSignal<bool>) -> impl IntoView {
    let choose = move |_| {
        open.set(false);
        item.on_choose.run(());
    };
    view! { <button type="button" class="menu-item" role="menuitem" tabindex="-1" on:click=choose>{item.label}</button> }
}

/// Escape is kept from the card, which would close on it.
fn steer(event: &KeyboardEvent, open: RwSignal<bool>) {
    if !open.get_untracked() {
        return;
    }
    match event.key().as_str() {
        "ArrowDown" => move_focus(event, ITEM, Step::Next),
        "ArrowUp" => move_focus(event, ITEM, Step::Previous),
        "Escape" => {
            event.stop_propagation();
            event.prevent_default();
            open.set(false);
            move_focus(event, ".icon-button", Step::First);
        }
        _ => {}
    }
}
