//! Lines that say something is done: at the foot of the page, for a few seconds, said aloud.
//!
//! The law: only what went well is said here; what went wrong stands where it went wrong, and stays.

use crate::frame::clock;
use leptos::prelude::*;

/// How long a line stays. **Units**: milliseconds.
const STAYS_MS: u32 = 6_000;

#[derive(Clone, Copy)]
struct Notices(RwSignal<Option<(u32, String)>>);

/// Makes room for them; once, above everything that says something.
pub fn provide() {
    provide_context(Notices(RwSignal::new(None)));
}

/// Says a line.
pub fn say(line: impl Into<String>) {
    let Some(Notices(shown)) = use_context() else {
        return;
    };
    say_in(shown, line.into());
}

/// A way to say lines from where no component runs: after a call was answered.
pub fn speaker() -> Callback<String> {
    let notices = use_context::<Notices>();
    Callback::new(move |line| {
        if let Some(Notices(shown)) = notices {
            say_in(shown, line);
        }
    })
}

fn say_in(shown: RwSignal<Option<(u32, String)>>, line: String) {
    let number = shown
        .get_untracked()
        .map_or(0, |(number, _)| number.wrapping_add(1));
    shown.set(Some((number, line)));
    clock::after(STAYS_MS, move || {
        let is_still_there = shown
            .try_get_untracked()
            .flatten()
            .is_some_and(|(there, _)| there == number);
        if is_still_there {
            shown.set(None);
        }
    });
}

/// Where they are shown.
#[component]
pub fn NoticeLine() -> impl IntoView {
    let Notices(shown) = expect_context();
    let line = move || shown.get().map(|(_, line)| line);
    view! {
        <div class="notice-line" role="status">
            {move || line().map(|line| view! { <p class="notice-line-words">{line}</p> })}
        </div>
    }
}
