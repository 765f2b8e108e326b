//! Where in a page of our own somebody is: path, fragment, history, title.
//!
//! The law: the address is the truth. Whoever goes somewhere changes it first, and what is shown follows it.

use super::clock;
use super::page::{document, listen, window};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, FocusOptions, HtmlElement, MouseEvent};

/// A part of the page's address.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Address {
    pub path: String,
    /// Without its `#`. No server and no log ever sees it.
    pub fragment: String,
}

/// Where we are.
pub fn here() -> Address {
    let location = window().location();
    let fragment = location.hash().unwrap_or_default();
    Address {
        path: location.pathname().unwrap_or_default(),
        fragment: fragment.trim_start_matches('#').into(),
    }
}

/// Goes somewhere, so that *back* leads here.
pub fn go(address: &str) {
    if let Ok(history) = window().history() {
        // Refused only for an address of another origin, which ours never are.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Goes somewhere as if we had never been here.
pub fn go_instead(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Loads another page of ours.
pub fn leave_for(address: &str) {
    let _ = window().location().assign(address);
}

/// Hears when *back* and *forward* lead somewhere.
pub fn on_moved(hear: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(hear);
    listen("popstate", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Hears of plain presses on links to our own origin; `follow` answers whether it went there itself.
pub fn on_link(follow: impl Fn(&str) -> bool + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Some(address) = pressed_link(&event)
            && follow(&address)
        {
            event.prevent_default();
        }
    });
    listen("click", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Path and fragment of the link that was pressed; `None` where the press asks for a new tab or leads elsewhere.
fn pressed_link(event: &Event) -> Option<String> {
    let press: &MouseEvent = event.dyn_ref()?;
    let is_plain = press.button() == 0
        && !(press.ctrl_key() || press.meta_key() || press.shift_key() || press.alt_key());
    if !is_plain || event.default_prevented() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link = target.closest("a[href]").ok()??;
    if link.has_attribute("target") || link.has_attribute("download") {
        return None;
    }
    let address = link.get_attribute("href")?;
    address.starts_with('/').then_some(address)
}

/// What the tab is called.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Brings an element to the top and puts the keyboard into it. **Shape**: `false` where there is none of that id.
pub fn focus_on(id: &str) -> bool {
    let found = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = &found {
        element.scroll_into_view();
        let _ = element.focus();
    }
    found.is_some()
}

/// Whether the keyboard is in the element of this id.
pub fn is_focused(id: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.id() == id)
}

/// Puts the keyboard into the first element that `selector` finds, once it is drawn.
pub fn focus_on_first(selector: &'static str) {
    clock::after(0, move || focus(find(selector)));
}

/// Puts the keyboard on the first mistake, once it is drawn: within the question over the page, where there is one.
pub fn focus_on_mistake() {
    clock::after(0, || {
        let wrong = "[aria-invalid=true]";
        focus(match find("dialog[open]") {
            Some(dialog) => dialog.query_selector(wrong).ok().flatten(),
            None => find(wrong),
        });
    });
}

/// What has the keyboard is about to go away: what is around it gets it, without scrolling.
pub fn focus_around() {
    let has_it = document().active_element();
    let around = has_it.and_then(|element| element.closest("[tabindex='-1']").ok().flatten());
    focus_without_scrolling(around);
}

/// Puts the keyboard on a part of a list, once it is drawn: what was pressed to get it may be gone.
pub fn focus_on_child(id: String, place: u32) {
    clock::after(0, move || {
        let list = document().get_element_by_id(&id);
        let child = list.and_then(|list| list.children().item(place));
        if let Some(child) = &child {
            let _ = child.set_attribute("tabindex", "-1");
        }
        focus_without_scrolling(child);
    });
}

/// The id of the section in which something happened.
pub fn section_of(event: &Event) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let section = target.closest("section[id]").ok()??;
    Some(section.id())
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn focus(found: Option<Element>) {
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

fn focus_without_scrolling(found: Option<Element>) {
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Puts the keyboard into an element without scrolling, once everything under way is drawn: what had it may be gone.
pub fn focus_in_place(id: impl Into<String>) {
    let id = id.into();
    clock::after(0, move || {
        focus_without_scrolling(document().get_element_by_id(&id));
    });
}

/// To the top of the page.
pub fn scroll_up() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
