//! Whole screens, as they are put together.

use super::script::{self, LONG_WORD, RIGHT_TO_LEFT_TEXT};
use super::story::{Stage, in_accent, nowhere, story};
use crate::conversation::list_row::ListRow;
use crate::conversation::rows::{Quote, Row};
use crate::conversation::{
    BubbleActions, Composer, ConversationList, CustomerHeader, MessageList, Older, SupportHeader,
    TypingLine,
};
use crate::guest::{Door, DoorForm};
use crate::i18n::{Text, say, say_with};
use crate::inbox::Filter;
use crate::realtime::Banner;
use crate::shell::{
    Action, BannerView, Drawing, EmptyState, Footer, Header, HeaderTitle, Note, PANEL_ID, Screen,
    ScreenAction, ScreenBody, Tab, Tabs, Waiting, tab_id,
};
use crate::ui::{Button, MenuItem};
use leptos::prelude::*;
use shared::ids::Position;
use shared::inbox::InboxFilter;
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{self, CORA, LONG, MINA, RIGHT_TO_LEFT, TEO};
use shared::settings::{GuestDoor, Presence, Site};

pub fn stories() -> impl IntoView {
    [
        story("Door", Stage::Card, || {
            door(
                samples::site(),
                DoorForm::new(String::new(), String::new()),
                None,
            )
        }),
        story("Door, mistakes", Stage::Card, || {
            door(samples::site(), mistaken(), None)
        }),
        story("Door, refused by the server", Stage::Card, || {
            door(
                away(),
                filled(),
                Some(Problem::about(ProblemCode::NameReserved, Field::Name)),
            )
        }),
        story("Door, too quick", Stage::Card, || {
            door(
                away(),
                filled(),
                Some(Problem::retry_after(ProblemCode::SlowDown, 7)),
            )
        }),
        story("Door, nobody here", Stage::Card, || {
            door(
                Site {
                    door: GuestDoor::NobodyHere,
                    faces: Vec::new(),
                    ..away()
                },
                filled(),
                None,
            )
        }),
        story("Door, closed", Stage::Card, || {
            door(
                Site {
                    door: GuestDoor::Closed,
                    ..away()
                },
                filled(),
                None,
            )
        }),
        story("Door, long words", Stage::Narrow, || {
            door(wordy(), mistaken(), None)
        }),
        story("Door, another accent", Stage::Card, || {
            in_accent(
                "#FACC15",
                door(
                    samples::site(),
                    DoorForm::new(String::new(), String::new()),
                    None,
                ),
            )
        }),
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
    .into_iter()
    .flatten()
    .collect_view()
}

fn away() -> Site {
    Site {
        presence: Presence::Away,
        ..samples::site()
    }
}

fn wordy() -> Site {
    Site {
        site_name: LONG_WORD.into(),
        greeting: format!("Chat with {LONG_WORD}"),
        faces: vec![LONG.face(), RIGHT_TO_LEFT.face(), MINA.face(), TEO.face()],
        ..samples::site()
    }
}

fn filled() -> DoorForm {
    DoorForm::new(CORA.name.into(), CORA.email.into())
}

fn mistaken() -> DoorForm {
    let form = DoorForm::new(String::new(), "cora.example.org".into());
    form.say_mistakes();
    form
}

fn door(site: Site, form: DoorForm, refused: Option<Problem>) -> AnyView {
    view! {
        <Screen>
            <Door site=Signal::stored(site) form refused=Signal::stored(refused) is_starting=Signal::stored(false) on_start=nowhere() on_close=Some(nowhere()) privacy="https://example.org/privacy" />
        </Screen>
    }
    .into_any()
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
            <SupportHeader site=Signal::stored(samples::site()) on_back=None on_close=Some(nowhere()) menu=forget_me() />
            <BannerView banner=Signal::stored(banner) />
            <MessageList rows=Signal::stored(rows) on_older=nowhere() at_newest=RwSignal::new(true) actions=actions() welcome=welcome />
            <TypingLine names=Signal::stored(typing) />
            <Composer draft on_send=nowhere() on_typing=nowhere() />
            <Footer text="Lantern & Loom" url="https://example.org" />
        </Screen>
    }
    .into_any()
}

fn staff_thread(face: shared::identity::Face, is_crossed: bool) -> AnyView {
    let customer =
        samples::conversation()
            .customer
            .map(|customer| shared::conversation::Customer {
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
    let older = Signal::stored(if is_crossed {
        Older::None
    } else {
        Older::Loading
    });
    view! {
        <Screen>
            {customer.map(|customer| view! { <CustomerHeader customer=Signal::stored(customer) on_back=Some(nowhere()) on_close=Some(nowhere()) /> })}
            <MessageList rows=Signal::stored(script::staff_thread()) older on_older=nowhere() at_newest=RwSignal::new(is_crossed) actions=actions() />
            <TypingLine names=Signal::stored(names) />
            <Composer draft=RwSignal::new("You are very welcome".into()) reply=Signal::stored(Some(quote)) on_cancel_reply=nowhere() note on_send=nowhere() on_typing=nowhere() />
        </Screen>
    }
    .into_any()
}

fn inbox(rows: Vec<ListRow>, filter: InboxFilter) -> AnyView {
    let unread =
        u32::try_from(rows.iter().filter(|row| row.unread > 0).count()).unwrap_or_default();
    let content = match (rows.is_empty(), filter) {
        (false, _) => view! { <ConversationList rows=Signal::stored(rows) label=say(Text::CustomerSupport) on_open=nowhere() has_more=Signal::stored(true) /> }.into_any(),
        (true, InboxFilter::All) => view! { <EmptyState drawing=Drawing::Tray sentence=say(Text::InboxEmpty) action=None /> }.into_any(),
        (true, InboxFilter::Unanswered) => empty(Drawing::Cup, Text::AllAnswered, Text::ShowAll),
    };
    view! {
        <Screen>
            <Header on_back=None on_close=Some(nowhere())>
                <HeaderTitle title="Lantern & Loom" />
            </Header>
            <Tabs selected=RwSignal::new(Tab::CustomerSupport) unread=Signal::stored(unread) unread_chats=Signal::stored(0) only=None />
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
        view! { <ConversationList rows=Signal::stored(rows) label=say(Text::Chats) on_open=nowhere() /> }.into_any()
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
