//! Lists of conversations, and screens with one thing in them.

use super::script;
use super::story::{Stage, nowhere, story};
use crate::conversation::ConversationList;
use crate::conversation::list_row::ListRow;
use crate::frame::draw::Drawn;
use crate::i18n::{Sentence, Text, UserText, say};
use crate::inbox::filter;
use crate::reactive::{RwSignal, Signal};
use crate::shell::{
    Action, Drawing, Header, Tab, Tabs, empty_state, footer, header_title, note, screen,
    screen_action, screen_body, tab_panel, waiting,
};
use crate::ui::{Weight, button};
use shared::identity::Role;
use shared::ids::ConversationId;
use shared::inbox::InboxFilter;
use shared::samples::{self, LONG, MINA, TEO};

pub fn stories() -> Vec<Option<Drawn>> {
    vec![
        story("Inbox", Stage::Card, || {
            inbox(script::inbox(), InboxFilter::All)
        }),
        story("Inbox, narrow", Stage::Narrow, || {
            inbox(script::inbox(), InboxFilter::All)
        }),
        story("Inbox, one", Stage::Card, || {
            inbox(script::inbox().split_off(4), InboxFilter::Unanswered)
        }),
        story("Inbox, one open beside it", Stage::Card, || {
            let rows = script::inbox();
            let open = rows[1].conversation_id.clone();
            around_inbox(rows.len(), InboxFilter::All, beside(rows, open))
        }),
        story("Inbox, empty", Stage::Card, || {
            inbox(Vec::new(), InboxFilter::All)
        }),
        story("Inbox, all answered", Stage::Card, || {
            inbox(Vec::new(), InboxFilter::Unanswered)
        }),
        story("Inbox, on its way", Stage::Card, || {
            around_inbox(0, InboxFilter::All, waiting(say(Text::Opening)))
        }),
        story("Inbox, could not load", Stage::Narrow, || {
            around_inbox(0, InboxFilter::All, could_not_load())
        }),
        story("Chats", Stage::Card, || chats(own_rows())),
        story("Chats, one", Stage::Card, || chats(own_rows().split_off(1))),
        story("Chats, long words", Stage::Narrow, || {
            chats(vec![ListRow {
                proof: None,
                name: LONG.name.into(),
                ..script::row(1, &LONG, "yesterday", script::LONG_WORD, 100)
            }])
        }),
        story("Chats, empty", Stage::Card, || chats(Vec::new())),
        story("Chats, could not load", Stage::Card, || {
            framed(could_not_load())
        }),
        story("Waiting", Stage::Card, || {
            framed(waiting(say(Text::Opening)))
        }),
        story("A window of its own", Stage::Card, || framed(own_window())),
        story("Reload to continue", Stage::Card, || {
            framed(note(say(Text::ReloadToContinue)))
        }),
    ]
}

/// A user's own, with the support team.
fn own_rows() -> Vec<ListRow> {
    let of_team = |row| ListRow {
        proof: None,
        name: samples::site().support_name,
        ..row
    };
    let answer = "It is at the counter, under your name.";
    vec![
        of_team(script::row(1, &MINA, "14:05", answer, 2)),
        ListRow {
            own_snippet: true,
            ..of_team(script::row(2, &TEO, "yesterday", "Thank you!", 0))
        },
    ]
}

fn list(rows: Vec<ListRow>, label: &'static str, has_more: bool) -> Drawn {
    let list = ConversationList {
        rows: rows.into(),
        label,
        open: None.into(),
        on_open: nowhere(),
        has_more: has_more.into(),
        on_more: nowhere(),
    };
    list.draw()
}

/// The list beside a thread, as the desk shows it.
fn beside(rows: Vec<ListRow>, open: ConversationId) -> Drawn {
    let list = ConversationList {
        rows: rows.into(),
        label: say(UserText::CustomerSupport),
        open: Some(open).into(),
        on_open: nowhere(),
        has_more: false.into(),
        on_more: nowhere(),
    };
    list.draw()
}

fn could_not_load() -> Drawn {
    empty(Drawing::LINE, Text::CouldNotLoad, Text::TryAgain)
}

fn header(title: &str) -> Drawn {
    let header = Header {
        on_close: Some(nowhere()),
        ..Header::default()
    };
    header.draw([header_title(title.into(), [])])
}

fn inbox(rows: Vec<ListRow>, chosen: InboxFilter) -> Option<Drawn> {
    let unread = rows.iter().filter(|row| row.unread > 0).count();
    let content = match (rows.is_empty(), chosen) {
        (false, _) => list(rows, say(UserText::CustomerSupport), true),
        (true, InboxFilter::All) => empty_state(Drawing::TRAY, say(UserText::InboxEmpty), None),
        (true, InboxFilter::Unanswered) => {
            empty(Drawing::CUP, UserText::AllAnswered, UserText::ShowAll)
        }
    };
    around_inbox(unread, chosen, content)
}

fn around_inbox(unread: usize, chosen: InboxFilter, content: Drawn) -> Option<Drawn> {
    let selected = Signal::from(Tab::CustomerSupport);
    let unread = u32::try_from(unread).unwrap_or(u32::MAX);
    let tabs = Tabs {
        all: Tab::all_of(Role::Agent, true).into(),
        selected,
        on_select: nowhere(),
        unread: unread.into(),
        unread_chats: 0.into(),
    };
    let panel = tab_panel(selected)
        .child(filter(RwSignal::new(chosen)))
        .child(content);
    Some(screen([header("Lantern & Loom"), tabs.draw(), panel]))
}

fn chats(rows: Vec<ListRow>) -> Option<Drawn> {
    let start = || {
        screen_action([button(
            say(UserText::NewConversation),
            Weight::Loud,
            nowhere(),
        )])
    };
    let body = match rows.is_empty() {
        true => screen_body(empty(
            Drawing::PORCH,
            UserText::NoConversations,
            UserText::NewConversation,
        )),
        false => screen_body(list(rows, say(UserText::Chats), false)).child(start()),
    };
    let foot = footer("Lantern & Loom".into(), "".into(), "".into());
    Some(screen([header(say(UserText::Chats)), body, foot]))
}

fn empty(drawing: Drawing, sentence: impl Sentence, label: impl Sentence) -> Drawn {
    let action = Action::Press {
        label: say(label),
        on_press: nowhere(),
    };
    empty_state(drawing, say(sentence), Some(action))
}

fn own_window() -> Drawn {
    let action = Action::Follow {
        label: say(Text::OpenOwnWindow),
        href: "/chat".into(),
    };
    empty_state(Drawing::WINDOW, say(Text::OwnWindowNeeded), Some(action))
}

fn framed(content: Drawn) -> Option<Drawn> {
    Some(screen([header(&samples::site().support_name), content]))
}
