//! Frames around stories.

use crate::frame::draw::{Drawn, draw};
use crate::frame::page::query;
use crate::reactive::Callback;
use crate::theme::themed;

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
pub fn story<Content>(name: &str, stage: Stage, content: impl FnOnce() -> Content) -> Option<Drawn>
where
    Content: IntoIterator<Item = Drawn>,
{
    let is_wanted =
        query("only").is_none_or(|only| name.to_lowercase().contains(&only.to_lowercase()));
    is_wanted.then(|| {
        let story = draw("section").class("story");
        let story = story
            .class_if("is-card", stage == Stage::Card)
            .class_if("is-narrow", stage == Stage::Narrow);
        let name = draw("h3").class("story-name").text(name);
        story
            .child(name)
            .child(draw("div").class("story-stage").children(content()))
    })
}

/// Pieces side by side.
pub fn in_a_row(pieces: impl IntoIterator<Item = Drawn>) -> Drawn {
    draw("div").class("story-row").children(pieces)
}

/// The same in another accent.
pub fn in_accent(accent: &str, content: Option<Drawn>) -> Option<Drawn> {
    Some(themed(accent.into()).children(content))
}

/// A callback for buttons that lead nowhere here.
pub fn nowhere<T: 'static>() -> Callback<T> {
    Callback::new(|_| {})
}
