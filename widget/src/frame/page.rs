//! The page the frame runs in: whether it is seen, online, about to go; its address; reloading.
//!
//! The law: one listener for each thing the page can tell, registered once, for the frame's whole life.

use std::cell::Cell;
use wasm_bindgen::prelude::*;
use web_sys::{BeforeUnloadEvent, Document, Event, KeyboardEvent, VisibilityState, Window};

/// What the page tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PageEvent {
    /// It came back: shown again, out of the browser's cache, or online.
    Back,
    /// It is hidden, or the network is gone.
    Away,
    /// It goes, perhaps for good.
    Leaving,
    /// Escape, and nobody used it up.
    Escape,
}

pub fn window() -> Window {
    web_sys::window().expect("a frame has a window")
}

pub fn document() -> Document {
    window().document().expect("a frame has a document")
}

/// Does something when the browser is about to draw. It does not draw what nobody can see.
pub fn before_next_frame(what: impl FnOnce() + 'static) {
    let function = Closure::once_into_js(what);
    let _ = window().request_animation_frame(function.unchecked_ref());
}

/// Whether the page itself can be seen. The card in it is the loader's to tell.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Takes away what the page showed before the program ran.
pub fn clear_body() {
    if let Some(body) = window().document().and_then(|document| document.body()) {
        body.set_text_content(None);
    }
}

/// Shows an element as all there is.
pub fn show(element: &web_sys::Element) {
    if let Some(body) = document().body() {
        // Fails only for an element inside itself.
        let _ = body.append_child(element);
    }
}

/// Lets Leptos draw inside an element, for the page's whole life.
#[cfg(feature = "admin")]
pub fn mount<View: leptos::prelude::IntoView>(
    element: &web_sys::Element,
    view: impl FnOnce() -> View + 'static,
) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        leptos::mount::mount_to(element.clone(), view).forget();
    }
}

/// What the browser believes of the network. It is right when it says no.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Whether the chat has a window of its own (`/chat`).
pub fn is_top() -> bool {
    let window = window();
    window
        .parent()
        .ok()
        .flatten()
        .is_none_or(|parent| parent == window)
}

/// Where the desk is: agent mode as a page of its own.
const DESK: &str = "/agent";

/// Whether this is the desk: its address, and nobody around it.
pub fn is_desk() -> bool {
    is_top()
        && window()
            .location()
            .pathname()
            .is_ok_and(|path| path == DESK)
}

/// Opens another page of ours in a tab of its own.
pub fn open(path: &str) {
    // A browser that refuses has said so itself.
    let _ = window().open_with_url_and_target_and_features(path, "_blank", "noopener");
}

/// What the row of tabs calls the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the window is as a media query says.
pub fn matches(query: &str) -> bool {
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// Hears, for the page's whole life, when that changes.
pub fn on_match(query: &'static str, hear: impl Fn(bool) + 'static) {
    let Ok(Some(list)) = window().match_media(query) else {
        return;
    };
    let listener = Closure::<dyn Fn()>::new(move || hear(matches(query)));
    let _ = list.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// What stands behind the `#` of the page's address, without what a reload left there.
pub fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    let hash = hash.strip_suffix(AGAIN).unwrap_or(&hash);
    hash.strip_prefix('#').unwrap_or(hash).to_owned()
}

/// Changes it.
pub fn set_fragment(fragment: &str) {
    let location = window().location();
    let mut address = location.pathname().unwrap_or_default();
    address += &location.search().unwrap_or_default();
    if !fragment.is_empty() {
        address.push('#');
        address.push_str(fragment);
    }
    go_instead(&address);
}

/// Hears, for the page's whole life, when somebody changes it.
pub fn on_fragment(hear: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(hear);
    listen("hashchange", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// A part of the page's own address.
pub fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    let pairs = search.trim_start_matches('?').split('&');
    let value = pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)?
        .1;
    js_sys::decode_uri_component(value).ok().map(String::from)
}

/// Loads the page again with one word more in its address, which may choose another program.
pub fn reload_with(word: &str) {
    let location = window().location();
    let search = location.search().unwrap_or_default();
    let _ = location.set_search(&[&search, "&", word].concat());
}

/// Whether the page was loaded with this word; it is taken out of the address, so that it counts once.
pub fn take_word(word: &str) -> bool {
    let location = window().location();
    let search = location.search().unwrap_or_default();
    let Some(rest) = search.strip_suffix(&["&", word].concat()) else {
        return false;
    };
    let mut address = location.pathname().unwrap_or_default();
    address += rest.strip_suffix('?').unwrap_or(rest);
    address += &location.hash().unwrap_or_default();
    go_instead(&address);
    true
}

/// Another address for this page, as if it had always been so. No listener is told, and no step back is added.
fn go_instead(address: &str) {
    if let Ok(history) = window().history() {
        // Refused only to pages that change it many times a second.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// What marks a page that has just reloaded itself.
const AGAIN: &str = "#again";

/// Whether this page has just reloaded itself.
fn is_again() -> bool {
    let hash = window().location().hash();
    hash.is_ok_and(|hash| hash.ends_with(AGAIN))
}

/// Loads the page again.
pub fn reload() {
    // Nothing is left to do where even a reload is refused.
    let _ = window().location().reload();
}

/// Loads the page again, unless it has just done so: two builds that disagree must not chase each other.
///
/// **Shape**: `false` if it stays.
pub fn reload_once() -> bool {
    if is_again() {
        return false;
    }
    let location = window().location();
    let hash = location.hash().unwrap_or_default();
    let _ = location.set_hash(&[&hash, AGAIN].concat());
    reload();
    true
}

/// The page runs as it should: the next time it may reload itself again.
pub fn settled() {
    if is_again() {
        set_fragment(&fragment());
    }
}

/// Hears what the page tells.
pub fn on_event(hear: impl Fn(PageEvent) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let told = match event.type_().as_str() {
            "pageshow" | "online" => PageEvent::Back,
            "visibilitychange" if is_visible() => PageEvent::Back,
            "pagehide" => PageEvent::Leaving,
            "keydown" => match event.dyn_ref::<KeyboardEvent>() {
                Some(key)
                    if key.key() == "Escape" && !key.default_prevented() && !key.is_composing() =>
                {
                    PageEvent::Escape
                }
                _ => return,
            },
            _ => PageEvent::Away,
        };
        hear(told);
    });
    let function = listener.as_ref().unchecked_ref();
    for name in ["pageshow", "pagehide", "online", "offline", "keydown"] {
        listen(name, function);
    }
    if let Some(document) = window().document() {
        let _ = document.add_event_listener_with_callback("visibilitychange", function);
    }
    listener.forget();
}

thread_local! {
    /// Whether leaving now would lose something.
    static WOULD_LOSE: Cell<bool> = const { Cell::new(false) };
}

/// Says whether leaving now would lose something.
pub fn guard_leaving(would_lose: bool) {
    WOULD_LOSE.set(would_lose);
}

/// Asks before leaving, while something would be lost.
pub fn start_guard() {
    let listener = Closure::<dyn Fn(BeforeUnloadEvent)>::new(|event: BeforeUnloadEvent| {
        if WOULD_LOSE.get() {
            event.prevent_default();
            // Chromium before 119 asks only for a return value.
            event.set_return_value("unsent");
        }
    });
    listen("beforeunload", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Registers a listener for the frame's whole life.
pub(super) fn listen(name: &str, listener: &js_sys::Function) {
    let _ = window().add_event_listener_with_callback(name, listener);
}

/// Puts the keyboard where typing goes: the first empty field of a form, else the composer, else the first row, the
/// chosen tab, or what there is to press; the way out is the last of these. Whoever was quicker and opened a menu or a
/// dialog has the keyboard there.
pub fn focus_typing() {
    let opened = document().query_selector("[aria-expanded=true],dialog[open]");
    if !matches!(opened, Ok(None)) {
        return;
    }
    match empty_field() {
        Some(field) => super::element::focus(&field),
        None => super::element::focus_first(&[
            "[data-focus]",
            ".row",
            "[aria-selected=true]",
            ".button",
            "button",
        ]),
    }
}

fn empty_field() -> Option<web_sys::Element> {
    let fields = document().query_selector_all("form input").ok()?;
    let mut fields = (0..fields.length())
        .filter_map(|place| fields.item(place))
        .map(wasm_bindgen::JsCast::unchecked_into);
    fields
        .find(|field: &web_sys::HtmlInputElement| field.value().is_empty())
        .map(Into::into)
}
