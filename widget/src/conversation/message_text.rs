//! What a message says, as view nodes: words, and links that lead where they say.
//!
//! The law: text nodes only, never HTML; a link opens elsewhere and tells the other site nothing about ours.

use super::links::{Part, SafeUrl, parts};
use crate::frame::address::real_host;
use leptos::either::Either;
use leptos::prelude::*;

/// A message's text; lines break where the writer broke them.
pub fn message_text(text: &str) -> impl IntoView + use<> {
    parts(text).into_iter().map(part_view).collect_view()
}

fn part_view(part: Part) -> impl IntoView {
    match part {
        Part::Words(words) => Either::Left(words),
        Part::Link(url) => Either::Right(link_view(&url)),
    }
}

/// A host in another script is shown as the browser spells it, or not linked where the browser would not go.
fn link_view(url: &SafeUrl) -> impl IntoView + use<> {
    let shown = match url.foreign_host() {
        None => Some(url.href().to_owned()),
        Some(_) => real_host(url.href()).map(|host| url.shown_with(&host)),
    };
    let href = url.href().to_owned();
    match shown {
        None => Either::Left(href),
        Some(shown) => Either::Right(view! {
            <a class="bubble-link" href=href target="_blank" rel="noopener noreferrer nofollow ugc" dir="ltr">{shown}</a>
        }),
    }
}
