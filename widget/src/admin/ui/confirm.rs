//! A question before something is taken away.
//!
//! The law: it says what will happen, and the answer that changes nothing is as near as the other.

use super::button::{Button, Loudness};
use super::dialog::Dialog;
use super::field::Mistake;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use leptos::prelude::*;

/// Something that is asked about, one thing at a time.
pub struct Asked<Thing: Send + Sync + 'static> {
    thing: RwSignal<Option<Thing>>,
    open: RwSignal<bool>,
    errand: Errand,
}

impl<Thing: Send + Sync + 'static> Clone for Asked<Thing> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Thing: Send + Sync + 'static> Copy for Asked<Thing> {}

impl<Thing: Send + Sync + 'static> Default for Asked<Thing> {
    fn default() -> Self {
        Self {
            thing: RwSignal::new(None),
            open: RwSignal::new(false),
            errand: Errand::new(),
        }
    }
}

impl<Thing: Clone + Send + Sync + 'static> Asked<Thing> {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn ask(self, thing: Thing) {
        self.errand.forget_failure();
        self.thing.set(Some(thing));
        self.open.set(true);
    }

    /// It was answered and done.
    pub fn close(self) {
        self.open.set(false);
    }

    pub fn open(self) -> RwSignal<bool> {
        self.open
    }

    pub fn errand(self) -> Errand {
        self.errand
    }

    pub fn thing(self) -> Option<Thing> {
        self.thing.get()
    }
}

/// `title` asks, `words` say what will happen, `action` is the answer that does it; `is_kind` where it takes nothing
/// from anybody.
#[component]
pub fn Confirm<Thing, Title, Words>(
    asked: Asked<Thing>,
    title: Title,
    words: Words,
    #[prop(into)] action: Signal<&'static str>,
    #[prop(optional, into)] is_kind: Signal<bool>,
    #[prop(into)] on_yes: Callback<Thing>,
) -> impl IntoView
where
    Thing: Clone + Send + Sync + 'static,
    Title: Fn(&Thing) -> String + Send + Sync + 'static,
    Words: Fn(&Thing) -> Vec<String> + Send + Sync + 'static,
{
    let title = Signal::derive(move || asked.thing().as_ref().map(&title).unwrap_or_default());
    let words = Signal::derive(move || asked.thing().as_ref().map(&words).unwrap_or_default());
    let loudness = move || match is_kind.get_untracked() {
        true => Loudness::Loud,
        false => Loudness::Danger,
    };
    let yes = move |()| {
        if let Some(thing) = asked.thing.get_untracked() {
            on_yes.run(thing);
        }
    };
    view! {
        <Dialog title open=asked.open()>
            <div class="confirm">
                {move || words.get().into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                <Mistake words=asked.errand().words()/>
                <div class="card-actions">
                    <Button label=action loudness=loudness() busy=asked.errand().busy() on_press=yes/>
                    <Button label=say::CANCEL loudness=Loudness::Quiet on_press=move |()| asked.close()/>
                </div>
            </div>
        </Dialog>
    }
}
