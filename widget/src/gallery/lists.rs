//! Lists of conversations, and screens with one thing in them.

use super::script;
use super::story::{Stage, nowhere, story};
use crate::conversation::ConversationList;
use crate::conversation::list_row::ListRow;
use crate::i18n::{Text, say};
use crate::inbox::Filter;
use crate::shell::{
    Action, Drawing, EmptyState, Footer, Header, HeaderTitle, Note, PANEL_ID, Screen, ScreenAction,
    ScreenBody, Tab, Tabs, Waiting, tab_id,
};
use crate::ui::Button;
use crate::reactive::{RwSignal, Signal};
use leptos::prelude::*;
use shared::inbox::InboxFilter;
use shared::samples::{self, MINA, TEO};

pub fn stories() -> Vec<Option<AnyView>> {
    vec![
        story("Inbox", Stage::Card, || {
            inbox(script::inbox(), InboxFilter::All)
        }),
        story("Inbox, narrow", Stage::Narrow, || {
            inbox(script::inbox(), InboxFilter::All)
        }),
        story("Inbox, empty", Stage::Card, || {
            inbox(Vec::new(), InboxFilter::All)
        }),
        story("Inbox, all answered", Stage::Card, || {
            inbox(Vec::new(), InboxFilter::Unanswered)
        }),
        story("Chats", Stage::Card, || {
            chats(vec![
                ListRow {
                    proof: None,
                    name: samples::site().support_name,
                    ..script::row(
                        1,
                        &MINA,
                        "14:05",
                        "It is at the counter, under your name.",
                        2,
                    )
                },
                ListRow {
                    proof: None,
                    name: samples::site().support_name,
                    own_snippet: true,
                    ..script::row(2, &TEO, "yesterday", "Thank you!", 0)
                },
            ])
        }),
        story("Chats, empty", Stage::Card, || chats(Vec::new())),
        story("Waiting", Stage::Card, || {
            framed(view! { <Waiting sentence=say(Text::Opening) /> }.into_any())
        }),
        story("Could not load", Stage::Card, || {
            framed(empty(Drawing::Line, Text::CouldNotLoad, Text::TryAgain))
        }),
        story("A window of its own", Stage::Card, || framed(own_window())),
        story("Reload to continue", Stage::Card, || {
            framed(view! { <Note sentence=say(Text::ReloadToContinue) /> }.into_any())
        }),
    ]
}

fn inbox(rows: Vec<ListRow>, filter: InboxFilter) -> AnyView {
    let unread =
        u32::try_from(rows.iter().filter(|row| row.unread > 0).count()).unwrap_or_default();
    let content = match (rows.is_empty(), filter) {
        (false, _) => view! { <ConversationList rows=Signal::from(rows) label=say(Text::CustomerSupport) on_open=nowhere() has_more=Signal::from(true) /> }.into_any(),
        (true, InboxFilter::All) => view! { <EmptyState drawing=Drawing::Tray sentence=say(Text::InboxEmpty) action=None /> }.into_any(),
        (true, InboxFilter::Unanswered) => empty(Drawing::Cup, Text::AllAnswered, Text::ShowAll),
    };
    view! {
        <Screen>
            <Header on_back=None on_close=Some(nowhere())>
                <HeaderTitle title="Lantern & Loom" />
            </Header>
            <Tabs selected=RwSignal::new(Tab::CustomerSupport) unread=Signal::from(unread) unread_chats=Signal::from(0) only=None />
            <Filter chosen=RwSignal::new(filter) />
            <div class="screen-body" role="tabpanel" id=PANEL_ID aria-labelledby=tab_id(Tab::CustomerSupport)>{content}</div>
        </Screen>
    }
    .into_any()
}

fn chats(rows: Vec<ListRow>) -> AnyView {
    let is_empty = rows.is_empty();
    let content = if is_empty {
        empty(Drawing::Porch, Text::NoConversations, Text::NewConversation)
    } else {
        view! { <ConversationList rows=Signal::from(rows) label=say(Text::Chats) on_open=nowhere() /> }.into_any()
    };
    view! {
        <Screen>
            <Header on_back=None on_close=Some(nowhere())>
                <HeaderTitle title=say(Text::Chats) />
            </Header>
            <ScreenBody>{content}</ScreenBody>
            {(!is_empty).then(|| view! { <ScreenAction><Button label=say(Text::NewConversation) on_press=nowhere() /></ScreenAction> })}
            <Footer text="Lantern & Loom" url="" />
        </Screen>
    }
    .into_any()
}

fn empty(drawing: Drawing, sentence: Text, label: Text) -> AnyView {
    let action = Some(Action::Press {
        label: say(label),
        on_press: nowhere(),
    });
    view! { <EmptyState drawing sentence=say(sentence) action /> }.into_any()
}

fn own_window() -> AnyView {
    let action = Some(Action::Follow {
        label: say(Text::OpenOwnWindow),
        href: "/chat".into(),
    });
    view! { <EmptyState drawing=Drawing::Window sentence=say(Text::OwnWindowNeeded) action /> }
        .into_any()
}

fn framed(content: AnyView) -> AnyView {
    view! {
        <Screen>
            <Header on_back=None on_close=Some(nowhere())>
                <HeaderTitle title=samples::site().support_name />
            </Header>
            {content}
        </Screen>
    }
    .into_any()
}
