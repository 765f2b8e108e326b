//! A number that wants to be noticed: how many are unread.
//!
//! The law: nothing at zero, "99+" at most, and the number's meaning in words for those who listen.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, digits, say_count_as};
use crate::reactive::Signal;

/// What a badge shows; empty for nothing.
fn shown(count: u32) -> String {
    match count {
        0 => String::new(),
        1..=99 => digits(count.into()),
        _ => "99+".into(),
    }
}

/// The same in words.
fn said(count: u32) -> String {
    say_count_as(UserText::Unread, count, &shown(count))
}

/// Adds it to an element, for as long as there is something to count. At most 100.
///
/// `described_by`: an id for its words, where they describe the element (`aria-describedby`) instead of being read with
/// it.
pub fn with_badge(element: Drawn, count: Signal<u32>, described_by: Option<&'static str>) -> Drawn {
    element.show(move || match count.get() {
        0 => Vec::new(),
        count => vec![number(count), words(count, described_by)],
    })
}

/// A number is written from left to right everywhere.
fn number(count: u32) -> Drawn {
    let number = draw("span")
        .class("badge")
        .set("dir", "ltr")
        .set("aria-hidden", "true");
    number.text(&shown(count))
}

fn words(count: u32, described_by: Option<&str>) -> Drawn {
    let words = draw("span").class("said").text(&said(count));
    match described_by {
        Some(id) => words.set("id", id).set("hidden", ""),
        None => words,
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
