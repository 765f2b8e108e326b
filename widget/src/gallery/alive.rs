//! A thread that answers: what is written is sent, seen and answered by nobody but a timer.

use super::script::{customers_thread, says};
use super::story::nowhere;
use crate::conversation::rows::{Place, Quote, Row, Tick, Whose};
use crate::conversation::{
    BubbleActions, Composer, MessageList, Older, support_header, typing_line,
};
use crate::frame::clock;
use crate::frame::draw::Drawn;
use crate::i18n::{Text, UserText, say};
use crate::reactive::{Callback, RwSignal};
use crate::shell::{Header, screen};
use crate::ui::MenuItem;
use shared::ids::Position;
use shared::samples::{self, CORA, TEO};

const ANSWER: &str = "Of course. Cards, cash, and the odd lamp in exchange.";

/// The thread on one side of a screen.
#[derive(Clone, Copy)]
struct Alive {
    rows: RwSignal<Vec<(String, Row)>>,
    typing: RwSignal<Vec<String>>,
    older: RwSignal<Older>,
    reply: RwSignal<Option<Quote>>,
}

impl Alive {
    /// Stored after a while, then seen, then answered.
    fn send(self, text: &str) {
        let position = self.rows.with_untracked(Vec::len) as u64 + 100;
        let text = text.to_owned();
        self.reply.set(None);
        self.rows.update(|rows| {
            rows.push(says(
                position,
                Whose::Own,
                &CORA,
                &text,
                "now",
                Tick::Pending,
                Place::Alone,
            ))
        });
        after(600, move || self.tick(position, Tick::Sent));
        after(1_200, move || self.tick(position, Tick::Seen));
        after(1_500, move || self.typing.set(vec![TEO.name.into()]));
        after(3_000, move || {
            self.typing.set(Vec::new());
            self.rows.update(|rows| {
                rows.push(says(
                    position + 1,
                    Whose::Other,
                    &TEO,
                    ANSWER,
                    "now",
                    Tick::None,
                    Place::Alone,
                ))
            });
        });
    }

    fn tick(self, position: u64, tick: Tick) {
        let key = format!("m{position}");
        self.rows.update(|rows| {
            let found = rows.iter_mut().find(|(known, _)| *known == key);
            if let Some((_, Row::Bubble(bubble))) = found {
                bubble.tick = tick;
            }
        });
    }

    /// Takes a message as the one that is answered.
    fn answer(self, position: Position) {
        let found = self.rows.with_untracked(|rows| {
            rows.iter().find_map(|(_, row)| match row {
                Row::Bubble(bubble) if bubble.position == Some(position) => Some(bubble.clone()),
                _ => None,
            })
        });
        self.reply.set(found.map(|bubble| Quote {
            position,
            name: bubble.author.map(|face| face.name),
            text: bubble.text,
        }));
    }

    /// Twenty more above, once.
    fn fetch_older(self) {
        self.older.set(Older::Loading);
        after(500, move || {
            let more = (200..220).map(|position| {
                says(
                    position,
                    Whose::Other,
                    &TEO,
                    "Long ago, about another lamp.",
                    "12:00",
                    Tick::None,
                    Place::Alone,
                )
            });
            self.rows.update(|rows| {
                rows.splice(0..0, more);
            });
            self.older.set(Older::None);
        });
    }
}

fn after(wait_ms: u32, act: impl FnOnce() + 'static) {
    clock::after(wait_ms, act);
}

pub fn thread() -> Option<Drawn> {
    let alive = Alive {
        rows: RwSignal::new(customers_thread()),
        typing: RwSignal::new(Vec::new()),
        older: RwSignal::new(Older::Some),
        reply: RwSignal::new(None),
    };
    let messages = MessageList {
        rows: alive.rows.into(),
        older: alive.older.into(),
        on_older: Callback::new(move |()| alive.fetch_older()),
        at_newest: RwSignal::new(true),
        actions: BubbleActions {
            on_retry: nowhere(),
            on_reply: Some(Callback::new(move |position| alive.answer(position))),
            on_more: None,
            on_offer: None,
        },
        welcome: || None,
    };
    let draft = RwSignal::new(String::new());
    let composer = Composer {
        draft,
        reply: alive.reply.into(),
        on_cancel_reply: Callback::new(move |()| alive.reply.set(None)),
        note: String::new().into(),
        on_send: Callback::new(move |()| {
            alive.send(&draft.get_untracked());
            draft.set(String::new());
        }),
        on_typing: nowhere(),
    };
    let item = |label: &str| MenuItem {
        label: label.into(),
        on_choose: nowhere(),
    };
    let menu = vec![item(say(Text::ForgetMe)), item(say(UserText::SignOut))];
    let header = Header {
        on_back: None,
        on_close: Some(nowhere()),
        menu,
        ..Header::default()
    };
    let header = support_header(samples::site().into(), header);
    Some(screen([
        header,
        messages.draw(),
        typing_line(alive.typing.into()),
        composer.draw(),
    ]))
}
