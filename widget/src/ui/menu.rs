//! A few rare actions behind one button.
//!
//! The law: Escape closes the menu and nothing else; arrow keys move inside it; leaving it closes it.

use super::icon::Icon;
use super::icon_button::named_button;
use super::unique_id;
use crate::frame::draw::{Drawn, Event, Place, draw};
use crate::frame::element::{Step, focus_has_left, focus_inside, key, move_focus, use_up};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Effect, RwSignal, Signal};

/// One action.
#[derive(Clone)]
pub struct MenuItem {
    pub label: Signal<String>,
    pub on_choose: Callback<()>,
}

const ITEM: &str = ".menu-item";

/// `name` is what the button is called; the items are few, and known when the menu is made.
///
/// `whose`: a name above the items, for those who look; empty for none.
pub fn menu(name: &str, whose: &str, items: Vec<MenuItem>) -> Drawn {
    let open = RwSignal::new(false);
    let panel = Place::new();
    Effect::new(move |_: Option<()>| {
        if open.get()
            && let Some(panel) = panel.get()
        {
            focus_inside(&panel, ITEM);
        }
    });
    let id = unique_id();
    let button = named_button(Icon::More, name)
        .set("aria-haspopup", "menu")
        .set("aria-controls", &id);
    let button = button.set_with("aria-expanded", move || {
        Some(if open.get() { "true" } else { "false" })
    });
    let button = button.on("click", move |_| open.update(|open| *open = !*open));
    let list = draw("div")
        .class("menu-panel")
        .set("role", "menu")
        .set("id", &id)
        .set("aria-label", name);
    let list = list.flag_while("hidden", move || !open.get()).lend(panel);
    let whose = (!whose.is_empty()).then(|| {
        let whose = draw("bdi").class("menu-whose").text(whose);
        whose.set("aria-hidden", "true")
    });
    let list = list.children(whose);
    let list = list.children(items.into_iter().map(|item| item_view(item, open)));
    let menu = draw("div").class("menu").child(button).child(list);
    let menu = menu.on("keydown", move |event| steer(&event, open));
    menu.on("focusout", move |event| {
        if focus_has_left(&event) {
            open.set(false);
        }
    })
}

fn item_view(item: MenuItem, open: RwSignal<bool>) -> Drawn {
    let button = draw("button")
        .class("menu-item")
        .set("type", "button")
        .set("role", "menuitem")
        .set("tabindex", "-1");
    let label = item.label;
    let button = button.text_with(move || label.get());
    button.on("click", move |_| {
        open.set(false);
        item.on_choose.run(());
    })
}

/// Escape is kept from the card, which would close on it.
fn steer(event: &Event, open: RwSignal<bool>) {
    if !open.get_untracked() {
        return;
    }
    match key(event).as_str() {
        "ArrowDown" => move_focus(event, ITEM, Step::Next),
        "ArrowUp" => move_focus(event, ITEM, Step::Previous),
        "Escape" => {
            use_up(event);
            open.set(false);
            move_focus(event, ".icon-button", Step::First);
        }
        _ => {}
    }
}
