//! Threads, from both sides.

use super::script::{self, RIGHT_TO_LEFT_TEXT};
use super::story::{Stage, in_accent, nowhere, story};
use crate::conversation::rows::{Quote, Row};
use crate::conversation::{
    BubbleActions, Composer, CustomerHeader, MessageList, Older, SupportHeader, TypingLine,
};
use crate::i18n::{Text, say, say_with};
use crate::realtime::Banner;
use crate::shell::{BannerView, Drawing, EmptyState, Footer, Screen};
use crate::ui::MenuItem;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use shared::conversation::Customer;
use shared::identity::Face;
use shared::ids::Position;
use shared::samples::{self, CORA, LONG, MINA, TEO};

pub fn stories() -> Vec<Option<AnyView>> {
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
    }
}

fn welcome() -> impl IntoView {
    view! { <EmptyState drawing=Drawing::Porch sentence=say(Text::FirstMessage) action=None /> }
}

fn forget_me() -> Vec<MenuItem> {
    vec![MenuItem {
        label: say(Text::ForgetMe).into(),
        on_choose: nowhere(),
    }]
}

fn thread(rows: Vec<(String, Row)>, draft: &str, banner: Banner) -> AnyView {
    let typing = if draft.is_empty() {
        Vec::new()
    } else {
        vec![MINA.name.to_owned()]
    };
    let draft = RwSignal::new(draft.to_owned());
    view! {
        <Screen>
            <SupportHeader site=Signal::from(samples::site()) on_back=None on_close=Some(nowhere()) menu=forget_me() />
            <BannerView banner=Signal::from(banner) />
            <MessageList rows=Signal::from(rows) on_older=nowhere() at_newest=RwSignal::new(true) actions=actions() welcome=welcome />
            <TypingLine names=Signal::from(typing) />
            <Composer draft on_send=nowhere() on_typing=nowhere() />
            <Footer text="Lantern & Loom" url="https://example.org" />
        </Screen>
    }
    .into_any()
}

fn staff_thread(face: Face, is_crossed: bool) -> AnyView {
    let customer = samples::conversation().customer.map(|customer| Customer {
        face: face.clone(),
        email: Some(LONG.email.into()),
        ..customer
    });
    let quote = Quote {
        position: Position(4),
        name: Some(face.name),
        text: "Yes please. Thank you!".into(),
    };
    let note = if is_crossed {
        say_with(Text::AnsweredMeanwhile, &[("name", TEO.name)])
    } else {
        String::new()
    };
    let names = vec![TEO.name.to_owned(), CORA.name.to_owned()];
    let older = Signal::from(if is_crossed {
        Older::None
    } else {
        Older::Loading
    });
    view! {
        <Screen>
            {customer.map(|customer| view! { <CustomerHeader customer=Signal::from(customer) on_back=Some(nowhere()) on_close=Some(nowhere()) /> })}
            <MessageList rows=Signal::from(script::staff_thread()) older on_older=nowhere() at_newest=RwSignal::new(is_crossed) actions=actions() />
            <TypingLine names=Signal::from(names) />
            <Composer draft=RwSignal::new("You are very welcome".into()) reply=Signal::from(Some(quote)) on_cancel_reply=nowhere() note on_send=nowhere() on_typing=nowhere() />
        </Screen>
    }
    .into_any()
}
