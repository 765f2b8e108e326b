//! Every component in its main states: empty, one, many, failing, long words, right to left.
//!
//! The law: only the sample cast appears, nothing asks a server, and a story shows the very component of the product.
//! `?language=ar` opens it in another language, `?only=inbox` shows the stories whose name holds the word.

/// A thread that answers.
mod alive;
/// The visitor's door.
mod doors;
/// Lists of conversations, and screens with one thing in them.
mod lists;
/// Small pieces on their own.
mod pieces;
/// What the cast says in a thread.
mod script;
/// Frames around stories.
mod story;
/// Threads, from both sides.
mod threads;

use crate::frame::fetch::fetch_pairs;
use crate::frame::page::query;
use crate::i18n::{Strings, speak};
use crate::theme::Themed;
use leptos::prelude::*;
use shared::samples;

/// Opens the gallery in the page.
pub fn open() {
    // Not Leptos's own: that one works only once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        if let Some(language) = query("language") {
            speak(strings_of(&language).await);
        }
        leptos::mount::mount_to_body(Gallery);
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

#[component]
fn Gallery() -> impl IntoView {
    let screens = [doors::stories(), threads::stories(), lists::stories()];
    let screens = screens.into_iter().flatten().flatten().collect_view();
    view! {
        <Themed accent=samples::site().accent>
            <div class="gallery">
                <h1 class="gallery-title">"Porchlight gallery"</h1>
                <h2 class="gallery-heading">"Screens"</h2>
                {screens}
                <h2 class="gallery-heading">"Pieces"</h2>
                {pieces::stories()}
            </div>
        </Themed>
    }
}
