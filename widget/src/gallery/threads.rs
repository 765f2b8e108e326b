//! Threads, from both sides.

use super::script::{self, RIGHT_TO_LEFT_TEXT};
use super::story::{Stage, in_accent, nowhere, story};
use crate::conversation::rows::{Quote, Row};
use crate::conversation::{
    BubbleActions, Composer, MessageList, Older, customer_header, support_header, typing_line,
};
use crate::frame::draw::Drawn;
use crate::i18n::{Text, UserText, say, say_with};
use crate::reactive::RwSignal;
use crate::realtime::Banner;
use crate::shell::{Drawing, Header, banner_view, empty_state, footer, screen};
use crate::ui::MenuItem;
use shared::conversation::Customer;
use shared::identity::Face;
use shared::ids::Position;
use shared::samples::{self, CORA, LONG, MINA, TEO};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Thread, before the first message", Stage::Card, || {
            thread(Vec::new(), "", Banner::Quiet)
        }),
        story("Thread", Stage::Card, || {
            thread(script::customers_thread(), "", Banner::Quiet)
        }),
        story("Thread, typing and writing", Stage::Card, || {
            thread(
                script::customers_thread(),
                "Until what time are you open?\nI could come after work.",
                Banner::Quiet,
            )
        }),
        story("Thread, failing and offline", Stage::Card, || {
            thread(
                script::difficult_thread(),
                &"too long ".repeat(890),
                Banner::Offline,
            )
        }),
        story("Thread, reconnecting, narrow", Stage::Narrow, || {
            thread(
                script::difficult_thread(),
                RIGHT_TO_LEFT_TEXT,
                Banner::Reconnecting,
            )
        }),
        story("Thread, another accent", Stage::Card, || {
            in_accent(
                "#B45309",
                thread(script::customers_thread(), "Hi", Banner::Quiet),
            )
        }),
        story("Thread, alive", Stage::Card, super::alive::thread),
        story("Thread, from the other side", Stage::Card, || {
            staff_thread(CORA.face(), true)
        }),
        story(
            "Thread, from the other side, long words",
            Stage::Narrow,
            || staff_thread(LONG.face(), false),
        ),
    ]
}

fn actions() -> BubbleActions {
    BubbleActions {
        on_retry: nowhere(),
        on_reply: Some(nowhere()),
        on_more: Some(nowhere()),
        on_offer: Some(nowhere()),
    }
}

pub fn messages(
    rows: Vec<(String, Row)>,
    older: Older,
    at_newest: bool,
    welcome: fn() -> Option<Drawn>,
) -> Drawn {
    let list = MessageList {
        rows: rows.into(),
        older: older.into(),
        on_older: nowhere(),
        at_newest: RwSignal::new(at_newest),
        actions: actions(),
        welcome,
    };
    list.draw()
}

fn first_message() -> Option<Drawn> {
    Some(empty_state(Drawing::PORCH, say(Text::FirstMessage), None))
}

pub fn composer(draft: &str, reply: Option<Quote>, note: String) -> Drawn {
    let composer = Composer {
        draft: RwSignal::new(draft.to_owned()),
        reply: reply.into(),
        on_cancel_reply: nowhere(),
        note: note.into(),
        on_send: nowhere(),
        on_typing: nowhere(),
    };
    composer.draw()
}

fn thread(rows: Vec<(String, Row)>, draft: &str, banner: Banner) -> Option<Drawn> {
    let names = if draft.is_empty() {
        Vec::new()
    } else {
        vec![MINA.name.to_owned()]
    };
    let forget = MenuItem {
        label: say(Text::ForgetMe).into(),
        on_choose: nowhere(),
    };
    let header = Header {
        on_back: None,
        on_close: Some(nowhere()),
        menu: vec![forget],
        ..Header::default()
    };
    Some(screen([
        support_header(samples::site().into(), header),
        banner_view(banner.into()),
        messages(rows, Older::None, true, first_message),
        typing_line(names.into()),
        composer(draft, None, String::new()),
        footer(
            "Lantern & Loom".into(),
            "https://example.org".into(),
            "".into(),
        ),
    ]))
}

fn staff_thread(face: Face, is_crossed: bool) -> Option<Drawn> {
    let known = samples::conversation().customer?;
    let quote = Quote {
        position: Position(4),
        name: Some(face.name.clone()),
        text: "Yes please. Thank you!".into(),
    };
    let customer = Customer {
        face,
        email: Some(LONG.email.into()),
        ..known
    };
    let note = if is_crossed {
        say_with(UserText::AnsweredMeanwhile, &[("name", TEO.name)])
    } else {
        String::new()
    };
    let names = vec![TEO.name.to_owned(), CORA.name.to_owned()];
    let older = if is_crossed {
        Older::None
    } else {
        Older::Loading
    };
    let header = Header {
        on_back: Some(nowhere()),
        on_close: Some(nowhere()),
        menu: Vec::new(),
        ..Header::default()
    };
    Some(screen([
        customer_header(customer.into(), None.into(), header),
        messages(script::staff_thread(), older, is_crossed, first_message),
        typing_line(names.into()),
        composer("You are very welcome", Some(quote), note),
    ]))
}
