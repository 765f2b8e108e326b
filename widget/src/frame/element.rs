//! The few things a view asks of an element: where it is scrolled to, and where the keyboard is.
//!
//! The law: nothing here decides; sizes are read, focus and scroll are set. What an event of ours comes from is an
//! element, and who loses the keyboard says so by a `FocusEvent`: that is not asked again, because each question is code.

use super::page::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, HtmlElement, KeyboardEvent, Node};

/// How far a scrolled element is from its ends. **Units**: CSS pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Scrolled {
    pub from_top: i32,
    pub from_bottom: i32,
}

/// Reads it of an element whose scrolling starts at the bottom (`column-reverse`): its offset runs from 0 down to
/// minus what is hidden.
pub fn scrolled(element: &Element) -> Scrolled {
    let hidden = element.scroll_height() - element.client_height();
    let from_bottom = element.scroll_top().abs();
    Scrolled {
        from_top: hidden - from_bottom,
        from_bottom,
    }
}

/// What lies below the visible part of an element that scrolls from the top. **Units**: CSS pixels.
pub fn left_below(element: &Element) -> i32 {
    element.scroll_height() - element.client_height() - element.scroll_top()
}

/// To the newest, in an element whose scrolling starts at the bottom.
pub fn scroll_to_newest(element: &Element) {
    element.set_scroll_top(0);
}

/// How tall everything in a scrolled element is. **Units**: CSS pixels.
pub fn content_height(element: &Element) -> i32 {
    element.scroll_height()
}

/// Towards what is older.
pub fn scroll_up_by(element: &Element, distance: i32) {
    element.set_scroll_top(element.scroll_top() - distance);
}

/// Scrolls `container` until what `selector` finds in it stands a little below its top. Other frames stay where they
/// are, which `scrollIntoView` would not promise.
pub fn reveal(container: &Element, selector: &str, space_above: i32) {
    let Ok(Some(found)) = container.query_selector(selector) else {
        return;
    };
    let distance =
        found.get_bounding_client_rect().top() - container.get_bounding_client_rect().top();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a distance on a screen, far below 2^31 pixels"
    )]
    container.set_scroll_top(container.scroll_top() + distance as i32 - space_above);
}

/// Puts the keyboard into an element.
pub fn focus(element: &Element) {
    // Fails only for an element that was taken away meanwhile; then there is nothing to focus.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Puts the keyboard into the first element that `selector` finds.
pub fn focus_inside(container: &Element, selector: &str) {
    if let Ok(Some(found)) = container.query_selector(selector) {
        focus(&found);
    }
}

/// Puts the keyboard where a form is to be mended, once it says so: into the first field with a mistake, else onto its
/// button.
pub fn focus_mistake() {
    super::clock::after(0, || {
        focus_first(&["[aria-invalid]", "[type=submit]"]);
    });
}

/// Puts the keyboard into what the first of these finds that finds anything.
pub fn focus_first(selectors: &[&str]) {
    let find = |selector: &&str| document().query_selector(selector).ok().flatten();
    if let Some(found) = selectors.iter().find_map(find) {
        focus(&found);
    }
}

/// Where to, among neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    First,
    Last,
    Next,
    Previous,
}

/// Moves the keyboard among the elements that `selector` finds inside the element that listens to `event`; it stops at
/// both ends. The event is used up.
pub fn move_focus(event: &Event, selector: &str, step: Step) {
    let Some(container) = event.current_target() else {
        return;
    };
    let container: Element = container.unchecked_into();
    let Ok(found) = container.query_selector_all(selector) else {
        return;
    };
    let all: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at))
        .map(JsCast::unchecked_into)
        .collect();
    let active = document().active_element();
    let here = all
        .iter()
        .position(|element| Some(element.as_ref()) == active.as_ref());
    let last = all.len().saturating_sub(1);
    let there = match (step, here) {
        (Step::Last, _) => last,
        (Step::Next, Some(here)) => (here + 1).min(last),
        (Step::Previous, Some(here)) => here.saturating_sub(1),
        (Step::First | Step::Next | Step::Previous, _) => 0,
    };
    if let Some(element) = all.get(there) {
        event.prevent_default();
        focus(element);
    }
}

/// Whether an event comes from something that `selector` finds.
pub fn is_from(event: &Event, selector: &str) -> bool {
    let is_inside = |target: &Element| matches!(target.closest(selector), Ok(Some(_)));
    let target = event.target();
    target.is_some_and(|target| is_inside(target.unchecked_ref()))
}

/// Which key it was; empty for what is no key.
pub fn key(event: &Event) -> String {
    event.dyn_ref().map(KeyboardEvent::key).unwrap_or_default()
}

/// Whether it is the Enter that ends a message: without Shift, and not the one that ends the composition of a
/// character. 229 is what browsers report while one is still being composed, where `isComposing` comes too late.
pub fn is_plain_enter(event: &Event) -> bool {
    let is_plain = |event: &KeyboardEvent| {
        !event.shift_key() && !event.is_composing() && event.key_code() != 229
    };
    key(event) == "Enter" && event.dyn_ref().is_some_and(is_plain)
}

/// Nobody else is to do anything about it.
pub fn use_up(event: &Event) {
    event.prevent_default();
    event.stop_propagation();
}

/// Whether the keyboard went outside the element that listens to this `focusout`.
pub fn focus_has_left(event: &Event) -> bool {
    let next = event.unchecked_ref::<FocusEvent>().related_target();
    let next = next.as_ref().map(|next| next.unchecked_ref::<Node>());
    let container = event.current_target();
    !container.is_some_and(|container| container.unchecked_ref::<Node>().contains(next))
}
