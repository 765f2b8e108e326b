//! Frames around stories.

use crate::frame::page::query;
use crate::theme::Themed;
use leptos::prelude::*;

/// What a story is shown in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The card: 384 by 640.
    Card,
    /// The smallest phone: 320 by 568.
    Narrow,
    /// As large as it is.
    Open,
}

/// One component, or screen, in one state.
pub fn story(
    name: &'static str,
    stage: Stage,
    content: impl FnOnce() -> AnyView,
) -> Option<AnyView> {
    let is_wanted =
        query("only").is_none_or(|only| name.to_lowercase().contains(&only.to_lowercase()));
    is_wanted.then(|| {
        view! {
            <section class="story" class:is-card=stage == Stage::Card class:is-narrow=stage == Stage::Narrow>
                <h3 class="story-name">{name}</h3>
                <div class="story-stage">{content()}</div>
            </section>
        }
        .into_any()
    })
}

/// The same in another accent.
pub fn in_accent(accent: &'static str, content: impl IntoView + 'static) -> AnyView {
    let content = content.into_any();
    view! { <Themed accent>{content}</Themed> }.into_any()
}

/// A callback for buttons that lead nowhere here.
pub fn nowhere<T: 'static>() -> Callback<T> {
    Callback::new(|_| {})
}
