//! Which screens hold something that was typed and not saved.
//!
//! The law: the side bar shows it, and the browser asks before the page is left with it.

use crate::frame::page;
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Unsaved(RwSignal<Vec<&'static str>>);

/// Once, above all screens.
pub fn provide() {
    let screens = RwSignal::new(Vec::new());
    provide_context(Unsaved(screens));
    Effect::new(move |_| page::guard_leaving(screens.with(|screens| !screens.is_empty())));
}

/// A screen, by its path, says whether it holds something. Only below [`provide`].
pub fn set(screen: &'static str, is_unsaved: bool) {
    let Some(Unsaved(screens)) = use_context() else {
        return;
    };
    if screens.with_untracked(|screens| screens.contains(&screen)) != is_unsaved {
        screens.update(|screens| match is_unsaved {
            true => screens.push(screen),
            false => screens.retain(|known| *known != screen),
        });
    }
}

/// Whether it does.
pub fn is_unsaved(screen: &'static str) -> Signal<bool> {
    let screens = use_context::<Unsaved>();
    Signal::derive(move || {
        screens.is_some_and(|Unsaved(screens)| screens.with(|screens| screens.contains(&screen)))
    })
}
