//! Small pieces on their own.

use super::story::{Stage, nowhere, story};
use crate::conversation::rows::Quote;
use crate::conversation::{ReplyChip, TypingLine};
use crate::i18n::{Text, say};
use crate::realtime::Banner;
use crate::shell::{BannerView, Drawing, EmptyState, Footer};
use crate::ui::{
    Badge, Button, FaceSize, FaceStack, FaceView, Field, FieldKind, Icon, IconButton, Menu,
    MenuItem, Weight,
};
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use shared::identity::ProofLevel;
use shared::ids::Position;
use shared::samples::{CAST, CORA, LONG, MINA, TEO};

pub fn stories() -> impl IntoView {
    [
        story("Buttons", Stage::Open, buttons),
        story("Icon buttons and menu", Stage::Open, icon_buttons),
        story("Fields", Stage::Open, fields),
        story("Faces", Stage::Open, faces),
        story("Badges", Stage::Open, badges),
        story("Typing", Stage::Open, typing),
        story("Reply", Stage::Narrow, reply),
        story("Banner", Stage::Narrow, banners),
        story("Drawings", Stage::Open, drawings),
        story("Footer", Stage::Narrow, footers),
    ]
    .into_iter()
    .flatten()
    .collect_view()
}

fn buttons() -> AnyView {
    view! {
        <Button label=say(Text::StartChat) on_press=nowhere() />
        <Button label=say(Text::Starting) on_press=nowhere() disabled=Signal::from(true) />
        <Button label=say(Text::ShowMore) on_press=nowhere() weight=Weight::Quiet />
    }
    .into_any()
}

fn icon_buttons() -> AnyView {
    const ICONS: [(Icon, Text); 6] = [
        (Icon::Back, Text::Back),
        (Icon::Close, Text::CloseChat),
        (Icon::Reply, Text::Reply),
        (Icon::Down, Text::JumpToNewest),
        (Icon::Send, Text::Send),
        (Icon::Plus, Text::NewConversation),
    ];
    let items = vec![
        MenuItem {
            label: say(Text::ForgetMe).into(),
            on_choose: nowhere(),
        },
        MenuItem {
            label: say(Text::SignOut).into(),
            on_choose: nowhere(),
        },
    ];
    view! {
        <div class="story-row">
            {ICONS.map(|(icon, name)| view! { <IconButton icon name=say(name) on_press=nowhere() /> }).collect_view()}
            <Menu name=say(Text::More) items />
        </div>
    }
    .into_any()
}

fn fields() -> AnyView {
    let field = |kind, label, value: &str, mistake: &'static str| {
        view! { <Field kind label value=RwSignal::new(value.to_owned()) mistake=Signal::from(mistake.to_owned()) on_leave=nowhere() /> }
    };
    view! {
        {field(FieldKind::Name, say(Text::FullName), "", "")}
        {field(FieldKind::Name, say(Text::FullName), LONG.name, "")}
        {field(FieldKind::Email, say(Text::Email), "cora.example.org", say(Text::ProblemEmailNoAt))}
    }
    .into_any()
}

fn faces() -> AnyView {
    let all = || CAST.iter().map(samples_face);
    view! {
        <div class="story-row">{all().map(|face| view! { <FaceView face /> }).collect_view()}</div>
        <div class="story-row">{all().map(|face| view! { <FaceView face size=FaceSize::Small /> }).collect_view()}</div>
        <div class="story-row">{all().map(|face| view! { <FaceView face size=FaceSize::Tiny /> }).collect_view()}</div>
        <div class="story-row">
            {[ProofLevel::Claimed, ProofLevel::Mailbox, ProofLevel::Host].map(|proof| view! { <FaceView face=CORA.face() proof=Some(proof) /> }).collect_view()}
            <FaceStack faces=Signal::from(vec![MINA.face(), TEO.face(), CORA.face()]) />
        </div>
    }
    .into_any()
}

fn samples_face(person: &shared::samples::Person) -> shared::identity::Face {
    person.face()
}

fn badges() -> AnyView {
    let badge = |count: u32| view! { <Badge count=Signal::from(count) /> };
    view! { <div class="story-row">{[0, 1, 12, 99, 100].map(badge).collect_view()}</div> }
        .into_any()
}

fn typing() -> AnyView {
    let line = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).into()).collect();
        view! { <TypingLine names=Signal::from(names) /> }
    };
    view! {
        {line(&[MINA.name])}
        {line(&[MINA.name, TEO.name])}
        {line(&[MINA.name, TEO.name, CORA.name])}
    }
    .into_any()
}

fn reply() -> AnyView {
    let quote = |name: Option<&str>, text: &str| {
        Signal::from(Some(Quote {
            position: Position(1),
            name: name.map(Into::into),
            text: text.into(),
        }))
    };
    view! {
        <ReplyChip quote=quote(Some(MINA.name), "It is, since this morning.") on_cancel=nowhere() />
        <ReplyChip quote=quote(None, "Hello, is the blue lamp back in stock? I looked everywhere.") on_cancel=nowhere() />
        <ReplyChip quote=quote(Some(LONG.name), super::script::LONG_WORD) on_cancel=nowhere() />
    }
    .into_any()
}

fn banners() -> AnyView {
    [Banner::Reconnecting, Banner::Offline]
        .map(|banner| view! { <BannerView banner=Signal::from(banner) /> })
        .collect_view()
        .into_any()
}

fn drawings() -> AnyView {
    let drawing =
        |drawing| view! { <EmptyState drawing sentence=say(Text::InboxEmpty) action=None /> };
    view! { <div class="story-row">{[Drawing::Porch, Drawing::Tray, Drawing::Cup, Drawing::Window, Drawing::Line].map(drawing).collect_view()}</div> }.into_any()
}

fn footers() -> AnyView {
    view! {
        <Footer text="Lantern & Loom" url="https://example.org" privacy="https://example.org/privacy" />
        <Footer text="" url="" />
        <Footer text=LONG.name url="" privacy="https://example.org/privacy" />
    }
    .into_any()
}
