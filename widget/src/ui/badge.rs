//! A number that wants to be noticed: how many are unread.
//!
//! The law: nothing at zero, "99+" at most, and the number's meaning in words for those who listen.

use crate::i18n::{Text, say_count};
use crate::reactive::Signal;
use leptos::prelude::*;

/// What a badge shows; empty for nothing.
fn shown(count: u32) -> String {
    match count {
        0 => String::new(),
        1..=99 => count.to_string(),
        _ => "99+".into(),
    }
}

/// The same in words.
fn said(count: u32) -> String {
    say_count(Text::Unread, count).replace(&count.to_string(), &shown(count))
}

#[component]
pub fn Badge(
    /// At most 100.
    #[prop(into)]
    count: Signal<u32>,
    /// An id for its words, where they describe something (`aria-describedby`) instead of being read with it.
    #[prop(optional)]
    describes: Option<&'static str>,
) -> impl IntoView {
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <span class="badge" dir="ltr" aria-hidden="true">{shown(count)}</span>
                <span class="said" id=describes hidden=describes.is_some()>{said(count)}</span>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{said, shown};

    #[test]
    fn a_badge_never_shows_more_than_it_counted() {
        for (count, text) in [(0, ""), (1, "1"), (99, "99"), (100, "99+"), (4_000, "99+")] {
            assert_eq!(shown(count), text);
            assert!(said(count).starts_with(text));
        }
    }
}
