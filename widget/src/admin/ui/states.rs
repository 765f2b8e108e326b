//! Waiting, failed, nothing there.
//!
//! The law: never a spinner without words after two seconds, never a failure without what to do next.

use super::button::{Button, Loudness};
use super::field::Mistake;
use crate::admin::load::Loaded;
use crate::admin::problem_words::failure_words;
use crate::admin::sentences as say;
use crate::frame::{clock, navigation, page};
use crate::net::Failure;
use leptos::prelude::*;

/// **Units**: milliseconds.
const WORDS_AFTER_MS: u32 = 2_000;

#[component]
pub fn Waiting() -> impl IntoView {
    let is_long = RwSignal::new(false);
    clock::after(WORDS_AFTER_MS, move || {
        // It may have come meanwhile.
        let _ = is_long.try_set(true);
    });
    let words = move || match is_long.get() {
        true => say::STILL_LOADING,
        false => say::LOADING,
    };
    view! {
        <div class="loading" role="status">
            <span class="loading-dots" aria-hidden="true"></span>
            <span class:said=move || !is_long.get()>{words}</span>
        </div>
    }
}

/// What went wrong, and *Try again*; a page of another build reloads instead.
#[component]
pub fn Failed(failure: Failure, #[prop(into)] again: Callback<()>) -> impl IntoView {
    let is_outdated = failure == Failure::Outdated;
    let press = move |()| match is_outdated {
        true => page::reload(),
        false => {
            navigation::focus_around();
            again.run(());
        }
    };
    let label = if is_outdated {
        say::RELOAD
    } else {
        say::TRY_AGAIN
    };
    let words = Signal::derive(move || Some(failure_words(failure)));
    view! {
        <div class="failed">
            <Mistake words/>
            <Button label loudness=Loudness::Quiet on_press=press/>
        </div>
    }
}

/// One drawing in hairlines, one sentence, one action.
#[component]
pub fn Empty(
    #[prop(into)] words: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="nothing">
            <svg class="nothing-drawing" viewBox="0 0 96 96" aria-hidden="true">
                <path d="M20 26h56v38H46L32 76V64H20zM34 40h28M34 50h18"></path>
            </svg>
            <p class="nothing-words">{words}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Something fetched: waiting, failed with *Try again*, or there. What is there stays while it is fetched again.
#[component]
pub fn Shown<Value, View>(
    loaded: Loaded<Value>,
    /// Draws it once; it gets the signal, which is never empty from then on.
    draw: impl Fn(Signal<Value>) -> View + Send + Sync + 'static,
) -> impl IntoView
where
    Value: Clone + Send + Sync + 'static,
    View: IntoView + 'static,
{
    let value = loaded.value();
    let is_there = Memo::new(move |_| value.with(Option::is_some));
    let failure = loaded.failure();
    let there = move || {
        let first = value.get_untracked()?;
        let latest = RwSignal::new(first);
        Effect::new(move |_| {
            if let Some(value) = value.get() {
                latest.set(value);
            }
        });
        Some(draw(latest.into()))
    };
    let around = move || match (is_there.get(), failure.get()) {
        (_, Some(failure)) => {
            let again = Callback::new(move |()| loaded.again());
            view! { <Failed failure again/> }.into_any()
        }
        (false, None) => view! { <Waiting/> }.into_any(),
        (true, None) => ().into_any(),
    };
    view! {
        {around}
        {move || is_there.get().then(&there)}
    }
}
