//! Every component in its main states: empty, one, many, failing, long words, right to left.
//!
//! The law: only the sample cast appears, nothing asks a server, and a story shows the very component of the product.
//! `?language=ar` opens it in another language, `?only=inbox` shows the stories whose name holds the word.

/// What the owner of an account meets.
mod accounts;
/// A thread that answers.
mod alive;
/// A guest's chats become somebody's.
mod conversions;
/// The visitor's door.
mod doors;
/// Lists of conversations, and screens with one thing in them.
mod lists;
/// Groups, the people in them, and direct conversations.
mod people;
/// Small pieces on their own.
mod pieces;
/// What is asked before somebody is blocked or reported.
mod questions;
/// What the cast says in a thread.
mod script;
/// Frames around stories.
mod story;
/// Threads, from both sides.
mod threads;

use crate::frame::draw::{Drawn, draw};
use crate::frame::fetch::fetch_pairs;
use crate::frame::page::query;
use crate::frame::spawn_local;
use crate::i18n::{Strings, USER_KEYS, also_knows, speak};
use crate::shell::mount;
use crate::theme::themed;
use shared::samples;

/// Opens the gallery in the page.
pub fn open() {
    spawn_local(async {
        if let Some(language) = query("language") {
            also_knows(USER_KEYS);
            speak(strings_of(&language).await);
        }
        mount(gallery);
    });
}

async fn strings_of(language: &str) -> Strings {
    let mut strings = Strings::new(language);
    let path = format!("/assets/{language}.json");
    for (key, sentence) in fetch_pairs(&path).await.unwrap_or_default() {
        strings.put(&key, sentence);
    }
    strings
}

fn gallery() -> Drawn {
    let heading = |words: &str| draw("h2").class("gallery-heading").text(words);
    let screens = [
        doors::stories(),
        threads::stories(),
        lists::stories(),
        people::stories(),
        questions::stories(),
        accounts::stories(),
        conversions::stories(),
    ];
    let gallery = draw("div").class("gallery");
    let gallery = gallery.child(draw("h1").class("gallery-title").text("Porchlight gallery"));
    let gallery = gallery
        .child(heading("Screens"))
        .children(screens.into_iter().flatten().flatten());
    let gallery = gallery
        .child(heading("Pieces"))
        .children(pieces::stories().into_iter().flatten());
    themed(samples::site().accent.into()).child(gallery)
}
