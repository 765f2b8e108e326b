//! The live preview: the widget's own door, thread and launcher with settings that are not saved yet.
//!
//! The laws: what is drawn are the very components that visitors see; the settings come from the admin page around it,
//! on the same origin and from nobody else; nothing is asked of the server.

/// The launcher as the loader draws it.
mod launcher;
/// The frame, as the admin page shows it.
mod pane;
/// What the admin page says to its preview.
mod word;

use crate::conversation::rows::{Bubble, Mark, Place, Row, Tick, Whose};
use crate::conversation::{BubbleActions, Composer, MessageList, Older, support_header};
use crate::frame::draw::{Drawn, draw};
use crate::frame::fetch::fetch_pairs;
use crate::frame::page::query;
use crate::frame::{preview, spawn_local};
use crate::guest::{Door, DoorForm};
use crate::i18n::{Strings, Text, say, speak};
use crate::reactive::{Callback, Memo, RwSignal, Signal};
use crate::shell::{Drawing, Header, empty_state, footer, mount, screen};
use crate::theme::themed;
use shared::ids::Position;
use shared::samples::{CORA, MINA, Person};
use shared::settings::Site;
use word::{View, Word};

pub use pane::PreviewPane;

/// The path of the page, behind `/admin/`.
pub const PREVIEW: &str = "preview";

/// Draws it in the page, in the language that the admin page asks for.
pub fn start() {
    spawn_local(async {
        if let Some(language) = query("language").filter(|language| language != "en") {
            speak(strings_of(&language).await);
        }
        let word = RwSignal::new(Word::first());
        mount(move || stage(word));
        preview::listen_to_page(move |bytes| {
            if let Some(heard) = Word::read(&bytes) {
                word.set(heard);
            }
        });
    });
}

async fn strings_of(language: &str) -> Strings {
    let mut strings = Strings::new(language);
    let path = ["/assets/", language, ".json"].concat();
    for (key, sentence) in fetch_pairs(&path).await.unwrap_or_default() {
        strings.put(&key, sentence);
    }
    strings
}

fn stage(word: RwSignal<Word>) -> Drawn {
    let accent = Memo::new(move |_| word.with(|word| word.settings.accent.clone()));
    let site = Signal::derive(move || word.with(Word::site));
    let view = Memo::new(move |_| word.with(|word| word.view));
    let card = draw("div").class("preview-card").show(move || {
        Some(match view.get() {
            View::Door => door(site),
            View::Thread => thread(site),
        })
    });
    let stage = draw("div")
        .class("preview")
        .child(card)
        .child(launcher::launcher(word));
    themed(accent.into()).child(stage)
}

/// A button that leads nowhere here.
fn nowhere<T: 'static>() -> Callback<T> {
    Callback::new(|_| {})
}

fn door(site: Signal<Site>) -> Drawn {
    let privacy = Signal::derive(move || site.with(|site| site.privacy_url.clone()));
    let door = Door {
        site,
        form: DoorForm::new(String::new(), String::new()),
        refused: None.into(),
        is_starting: false.into(),
        on_start: nowhere(),
        on_close: None,
        on_continue: nowhere(),
        told: Vec::new(),
        privacy,
    };
    screen([door.draw()])
}

fn thread(site: Signal<Site>) -> Drawn {
    let header = Header::default();
    let list = MessageList {
        rows: rows().into(),
        older: Older::None.into(),
        on_older: nowhere(),
        at_newest: RwSignal::new(true),
        actions: BubbleActions {
            on_retry: nowhere(),
            on_reply: None,
            on_more: None,
            on_offer: None,
        },
        welcome: || Some(empty_state(Drawing::PORCH, say(Text::FirstMessage), None)),
    };
    let composer = Composer {
        draft: RwSignal::new(String::new()),
        reply: None.into(),
        on_cancel_reply: nowhere(),
        note: String::new().into(),
        on_send: nowhere(),
        on_typing: nowhere(),
    };
    let text = Signal::derive(move || site.with(|site| site.footer_text.clone()));
    let url = Signal::derive(move || site.with(|site| site.footer_url.clone()));
    let privacy = Signal::derive(move || site.with(|site| site.privacy_url.clone()));
    screen([
        support_header(site, header),
        list.draw(),
        composer.draw(),
        footer(text, url, privacy),
    ])
}

fn rows() -> Vec<(String, Row)> {
    vec![
        ("day".into(), Row::Day(say(Text::Today).into())),
        says(
            1,
            Whose::Own,
            &CORA,
            "Hello, is the blue lamp back in stock?",
            "14:05",
            Tick::Seen,
        ),
        says(
            2,
            Whose::Other,
            &MINA,
            "Hello Cora! It is, since this morning.",
            "14:06",
            Tick::None,
        ),
        says(
            3,
            Whose::Own,
            &CORA,
            "Wonderful, thank you.",
            "14:08",
            Tick::Sent,
        ),
    ]
}

fn says(
    position: u64,
    whose: Whose,
    who: &Person,
    text: &str,
    time: &str,
    tick: Tick,
) -> (String, Row) {
    let bubble = Bubble {
        whose,
        author: (whose != Whose::Own).then(|| who.face()),
        text: text.into(),
        time: time.into(),
        tick,
        place: Place::Alone,
        position: Some(Position(position)),
        quote: None,
        mark: Mark::None,
    };
    (position.to_string(), Row::Bubble(bubble))
}
