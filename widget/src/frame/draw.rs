//! Elements, drawn once and kept true by effects.
//!
//! The law: one type for every element. Leptos's `view!` makes a type of each element's tag, attributes and children,
//! and compiles all of its machinery for each; that was half of what a visitor downloads (`docs/performance.md`, P2).
//! What is drawn here lives under an owner and follows Leptos's signals, as a view of Leptos's does.
//! Text goes in as text and attributes by name: there is no way to put in HTML, or an inline style.

use super::page::document;
use reactive_graph::effect::RenderEffect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{LocalStorage, Owner, StoredValue, WeakOwner};
use reactive_graph::traits::{GetValue, SetValue};
use std::any::Any;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

pub use web_sys::Event;

/// An element, with everything that keeps it true.
pub struct Drawn(Element);

/// Draws an element of HTML.
pub fn draw(tag: &str) -> Drawn {
    let element = document().create_element(tag);
    Drawn(element.expect("our tags are names of elements"))
}

/// Draws an element of SVG.
pub fn draw_svg(tag: &str) -> Drawn {
    let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
    Drawn(element.expect("our tags are names of elements"))
}

/// Runs now, and whenever a signal in it changes, for as long as the current owner lives.
#[inline(never)]
fn watch(mut run: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_: Option<()>| run())));
}

/// Drops it with the current owner.
#[inline(never)]
fn keep(value: Box<dyn Any>) {
    StoredValue::new_local(value);
}

impl Drawn {
    /// Its classes that stay.
    pub fn class(self, names: &str) -> Self {
        self.set("class", names)
    }

    /// One more class that stays, if it is due.
    pub fn class_if(self, name: &str, is_due: bool) -> Self {
        if is_due {
            toggle(&self.0, name, true);
        }
        self
    }

    /// A class that comes and goes.
    pub fn class_while(self, name: &'static str, is_due: impl Fn() -> bool + 'static) -> Self {
        let element = self.element();
        watch(Box::new(move || toggle(&element, name, is_due())));
        self
    }

    /// An attribute that stays.
    pub fn set(self, name: &str, value: &str) -> Self {
        set_attribute(&self.0, name, Some(value));
        self
    }

    /// An attribute that changes; `None` takes it away.
    pub fn set_with<Text: AsRef<str>>(
        self,
        name: &'static str,
        value: impl Fn() -> Option<Text> + 'static,
    ) -> Self {
        let element = self.element();
        watch(Box::new(move || {
            set_attribute(&element, name, value().as_ref().map(AsRef::as_ref))
        }));
        self
    }

    /// An attribute without a value, that comes and goes: `hidden`, `disabled`.
    pub fn flag_while(self, name: &'static str, is_due: impl Fn() -> bool + 'static) -> Self {
        self.set_with(name, move || is_due().then_some(""))
    }

    /// A custom property of style, by CSSOM, which our content security policy allows.
    pub fn style_with(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        let element: HtmlElement = self.element().unchecked_into();
        // Fails only for names that are no properties.
        watch(Box::new(move || {
            drop(element.style().set_property(name, &value()))
        }));
        self
    }

    /// What it does about an event.
    pub fn on(self, event: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(event, Box::new(act))
    }

    #[inline(never)]
    fn listen(self, event: &str, mut act: Box<dyn FnMut(Event)>) -> Self {
        // An element that is taken away loses the keyboard, and says so when what it would tell is gone already.
        let alive = StoredValue::new_local(());
        let act = Closure::<dyn FnMut(Event)>::new(move |event| {
            if alive.try_get_value().is_some() {
                act(event);
            }
        });
        // The browser frees it with the element.
        let act = act.into_js_value();
        let listened = self
            .0
            .add_event_listener_with_callback(event, act.unchecked_ref());
        listened.expect("an element listens");
        self
    }

    /// What stands in a field, both ways.
    pub fn value(
        self,
        read: impl Fn() -> String + 'static,
        write: impl Fn(String) + 'static,
    ) -> Self {
        // A text area has the same property.
        let field: HtmlInputElement = self.element().unchecked_into();
        let shown = field.clone();
        watch(Box::new(move || show_value(&shown, &read())));
        self.on("input", move |_| write(field.value()))
    }

    /// Words that stay.
    pub fn text(self, words: &str) -> Self {
        append(&self.0, &document().create_text_node(words));
        self
    }

    /// Words that change.
    pub fn text_with<Text: AsRef<str>>(self, words: impl Fn() -> Text + 'static) -> Self {
        let node = document().create_text_node("");
        append(&self.0, &node);
        watch(Box::new(move || node.set_data(words().as_ref())));
        self
    }

    /// A child that stays.
    pub fn child(self, child: Self) -> Self {
        append(&self.0, &child.0);
        self
    }

    /// Children that stay; none, or some.
    pub fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Children that are drawn anew whenever what is read in there changes.
    pub fn show<Children: IntoIterator<Item = Self>>(
        self,
        children: impl Fn() -> Children + 'static,
    ) -> Self {
        self.showing(Box::new(move || children().into_iter().collect()))
    }

    #[inline(never)]
    fn showing(self, children: Box<dyn Fn() -> Vec<Self>>) -> Self {
        let end: Node = document().create_text_node("").into();
        append(&self.0, &end);
        let element = self.element();
        let mut shown: Vec<Element> = Vec::new();
        watch(Box::new(move || {
            let fresh = children();
            shown.drain(..).for_each(|old| old.remove());
            for child in fresh {
                insert(&element, &child.0, Some(&end));
                shown.push(child.0);
            }
        }));
        self
    }

    /// Children by key, in the order of the keys: each is drawn when its key comes, and goes when its key goes.
    pub fn each(
        self,
        keys: Box<dyn Fn() -> Vec<String>>,
        draw_row: Box<dyn Fn(&str) -> Self>,
    ) -> Self {
        let end: Node = document().create_text_node("").into();
        append(&self.0, &end);
        let (element, mut rows) = (self.element(), Rows::new(draw_row));
        watch(Box::new(move || rows.show(keys(), &element, &end)));
        self
    }

    /// Lends the element to what must ask it where it is.
    pub fn lend(self, place: Place) -> Self {
        place.0.set_value(Some(self.element()));
        self
    }

    /// The element itself, for whoever puts it on the page.
    pub fn into_element(self) -> Element {
        self.0
    }

    fn element(&self) -> Element {
        self.0.clone()
    }
}

/// Rows by key. A row outlives the effect's run that drew it, so each has an owner of its own under the list's.
struct Rows {
    owner: Option<WeakOwner>,
    draw_row: Box<dyn Fn(&str) -> Drawn>,
    shown: Vec<Row>,
}

struct Row {
    key: String,
    element: Element,
    /// Ends what keeps the row true, with the row.
    _owner: Owner,
}

impl Rows {
    fn new(draw_row: Box<dyn Fn(&str) -> Drawn>) -> Self {
        Self {
            owner: Owner::current().map(|owner| owner.downgrade()),
            draw_row,
            shown: Vec::new(),
        }
    }

    fn show(&mut self, keys: Vec<String>, parent: &Element, end: &Node) {
        let mut before = core::mem::take(&mut self.shown);
        for key in keys {
            let known = before.iter().position(|row| row.key == key);
            self.shown
                .push(known.map_or_else(|| self.drawn(key), |place| before.remove(place)));
        }
        before.iter().for_each(|gone| gone.element.remove());
        let mut next = end.clone();
        for row in self.shown.iter().rev() {
            if row.element.next_sibling().as_ref() != Some(&next) {
                insert(parent, &row.element, Some(&next));
            }
            next = row.element.clone().into();
        }
    }

    fn drawn(&self, key: String) -> Row {
        let owner = self
            .owner
            .as_ref()
            .and_then(WeakOwner::upgrade)
            .map_or_else(Owner::new, |owner| owner.child());
        // What a row reads while it is drawn is its own business, not the list's.
        let drawn = owner.with(|| untrack(|| (self.draw_row)(&key)));
        Row {
            key,
            element: drawn.0,
            _owner: owner,
        }
    }
}

/// An element that a view asks later: to scroll, to take the keyboard.
#[derive(Clone, Copy)]
pub struct Place(StoredValue<Option<Element>, LocalStorage>);

impl Place {
    /// Nobody lent it an element yet.
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    /// `None` before it is drawn, and after it is gone.
    pub fn get(self) -> Option<Element> {
        self.0.try_get_value().flatten()
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

fn toggle(element: &Element, name: &str, is_due: bool) {
    // Fails only for names with a space.
    let _ = element.class_list().toggle_with_force(name, is_due);
}

fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for names that are none.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Setting what is there already would move the caret.
fn show_value(field: &HtmlInputElement, value: &str) {
    if field.value() != value {
        field.set_value(value);
    }
}

fn append(parent: &Element, child: &Node) {
    insert(parent, child, None);
}

fn insert(parent: &Node, child: &Node, before: Option<&Node>) {
    // Fails only for an element inside itself.
    let _ = parent.insert_before(child, before);
}
