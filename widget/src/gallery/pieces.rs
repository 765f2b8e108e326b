//! Small pieces on their own.

use super::script::LONG_WORD;
use super::story::{Stage, in_a_row, nowhere, story};
use crate::conversation::rows::Quote;
use crate::conversation::{reply_chip, typing_line};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, UserText, say};
use crate::reactive::RwSignal;
use crate::realtime::Banner;
use crate::shell::{Drawing, banner_view, empty_state, footer};
use crate::ui::{
    FaceSize, Field, FieldKind, Icon, MenuItem, Weight, button, face_stack, face_view, icon_button,
    menu, submit_button, with_badge,
};
use shared::identity::ProofLevel;
use shared::ids::Position;
use shared::samples::{CAST, CORA, LONG, MINA, TEO};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Buttons", Stage::Open, buttons),
        story("Icon buttons and menu", Stage::Open, icon_buttons),
        story("Fields", Stage::Open, fields),
        story("Faces", Stage::Open, faces),
        story("Badges", Stage::Open, badges),
        story("Typing", Stage::Open, typing),
        story("Reply", Stage::Narrow, replies),
        story("Banner", Stage::Narrow, banners),
        story("Drawings", Stage::Open, drawings),
        story("Footer", Stage::Narrow, footers),
    ]
}

fn buttons() -> [Drawn; 3] {
    [
        button(say(Text::StartChat), Weight::Loud, nowhere()),
        submit_button(say(Text::Starting).into(), true.into()),
        button(say(UserText::ShowMore), Weight::Quiet, nowhere()),
    ]
}

fn icon_buttons() -> [Drawn; 2] {
    const OF_A_THREAD: [(Icon, Text); 3] = [
        (Icon::Reply, Text::Reply),
        (Icon::Down, Text::JumpToNewest),
        (Icon::Send, Text::Send),
    ];
    const OF_A_HEADER: [(Icon, Text); 2] =
        [(Icon::Back, Text::Back), (Icon::Close, Text::CloseChat)];
    let item = |label: &str| MenuItem {
        label: label.into(),
        on_choose: nowhere(),
    };
    let menu = menu(
        say(Text::More),
        MINA.name,
        vec![item(say(Text::ForgetMe)), item(say(UserText::SignOut))],
    );
    let button = |(icon, name)| icon_button(icon, say(name), nowhere());
    // A menu opens towards the start, as there is room for it in a header.
    let header = OF_A_HEADER.map(button).into_iter().chain([menu]);
    [in_a_row(OF_A_THREAD.map(button)), in_a_row(header)]
}

fn fields() -> [Drawn; 3] {
    let field = |kind, label, value: &str, mistake: &str| {
        let value = RwSignal::new(value.to_owned());
        Field {
            kind,
            label: say(label),
            value,
            mistake: mistake.into(),
            on_leave: nowhere(),
        }
        .draw()
    };
    [
        field(FieldKind::Name, Text::FullName, "", ""),
        field(FieldKind::Name, Text::FullName, LONG.name, ""),
        field(
            FieldKind::Email,
            Text::Email,
            "cora.example.org",
            say(Text::ProblemEmailNoAt),
        ),
    ]
}

fn faces() -> [Drawn; 4] {
    let all = |size| {
        in_a_row(
            CAST.iter()
                .map(move |person| face_view(&person.face(), size, None)),
        )
    };
    let proofs = [ProofLevel::Claimed, ProofLevel::Mailbox, ProofLevel::Host];
    let proofs = proofs.map(|proof| face_view(&CORA.face(), FaceSize::Usual, Some(proof)));
    let stack = face_stack(vec![MINA.face(), TEO.face(), CORA.face()].into());
    [
        all(FaceSize::Usual),
        all(FaceSize::Small),
        all(FaceSize::Tiny),
        in_a_row(proofs.into_iter().chain([stack])),
    ]
}

fn badges() -> [Drawn; 1] {
    [in_a_row([0, 1, 12, 99, 100].map(|count| {
        with_badge(draw("span"), count.into(), None)
    }))]
}

fn typing() -> [Drawn; 3] {
    let line = |names: &[&str]| {
        typing_line(
            names
                .iter()
                .map(|name| (*name).into())
                .collect::<Vec<String>>()
                .into(),
        )
    };
    [
        line(&[MINA.name]),
        line(&[MINA.name, TEO.name]),
        line(&[MINA.name, TEO.name, CORA.name]),
    ]
}

fn replies() -> [Drawn; 3] {
    let chip = |name: Option<&str>, text: &str| {
        reply_chip(
            &Quote {
                position: Position(1),
                name: name.map(Into::into),
                text: text.into(),
            },
            nowhere(),
        )
    };
    [
        chip(Some(MINA.name), "It is, since this morning."),
        chip(
            None,
            "Hello, is the blue lamp back in stock? I looked everywhere.",
        ),
        chip(Some(LONG.name), LONG_WORD),
    ]
}

fn banners() -> [Drawn; 2] {
    [Banner::Reconnecting, Banner::Offline].map(|banner| banner_view(banner.into()))
}

fn drawings() -> [Drawn; 1] {
    let drawings = [
        Drawing::PORCH,
        Drawing::TRAY,
        Drawing::CUP,
        Drawing::WINDOW,
        Drawing::LINE,
        Drawing::NOBODY,
    ];
    [in_a_row(drawings.map(|drawing| {
        empty_state(drawing, say(UserText::InboxEmpty), None)
    }))]
}

fn footers() -> [Drawn; 3] {
    let line =
        |text: &str, url: &str, privacy: &str| footer(text.into(), url.into(), privacy.into());
    [
        line(
            "Lantern & Loom",
            "https://example.org",
            "https://example.org/privacy",
        ),
        line("", "", ""),
        line(LONG.name, "", "https://example.org/privacy"),
    ]
}
