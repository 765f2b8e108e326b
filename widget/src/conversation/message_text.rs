//! What a message says: words, and links that lead where they say.
//!
//! The law: text nodes only, never HTML; a link opens elsewhere and tells the other site nothing about ours.

use super::links::{Part, SafeUrl, parts};
use crate::frame::address::real_host;
use crate::frame::draw::{Drawn, draw};

/// Adds a message's text to an element; lines break where the writer broke them.
pub fn with_message_text(element: Drawn, text: &str) -> Drawn {
    parts(text)
        .iter()
        .fold(element, |element, part| match part {
            Part::Words(words) => element.text(words),
            Part::Link(url) => with_link(element, url),
        })
}

/// A host in another script is shown as the browser spells it, or not linked where the browser would not go.
fn with_link(element: Drawn, url: &SafeUrl) -> Drawn {
    let shown = match url.foreign_host() {
        None => Some(url.href().to_owned()),
        Some(_) => real_host(url.href()).map(|host| url.shown_with(&host)),
    };
    let Some(shown) = shown else {
        return element.text(url.href());
    };
    let link = draw("a")
        .class("bubble-link")
        .set("href", url.href())
        .set("dir", "ltr")
        .text(&shown);
    element.child(
        link.set("target", "_blank")
            .set("rel", "noopener noreferrer nofollow ugc"),
    )
}
