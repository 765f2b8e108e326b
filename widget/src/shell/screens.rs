//! The screens: states from below, put into views from beside.
//!
//! The law: a screen holds no state of its own; what it shows is the shell's, so that a wiped state is a wiped screen.

use super::app::App;
use super::choice::Showing;
use super::tabs::{PANEL_ID, Tab, Tabs, tab_id};
use super::{Action, BannerView, Drawing, EmptyState, Footer, Header, HeaderTitle, Screen, ScreenBody, Waiting};
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Listed;
use crate::conversation::state::Loaded;
use crate::conversation::{BubbleActions, Composer, ConversationList, MessageList, SupportHeader, TypingLine};
use crate::frame::bridge::ToLoader;
use crate::guest::Door;
use crate::i18n::{Text, say};
use crate::settings::state::privacy_address;
use crate::theme::Themed;
use crate::ui::{Button, MenuItem};
use crate::reactive::{Memo, RwSignal, Signal};
use leptos::prelude::*;
use shared::identity::Role;

/// Everything visible.
pub fn root(app: App) -> impl IntoView {
    let accent = Signal::derive(move || app.site.with(|site| site.accent.clone()));
    move || {
        let showing = app.showing.get();
        // A thread that is opened after another one is another screen.
        app.thread.opened.track();
        // The language is known from the first screen with words of the site on: the whole is made anew with it.
        view! { <Themed accent>{screen(app, showing)}</Themed> }
    }
}

fn screen(app: App, showing: Showing) -> AnyView {
    match showing {
        Showing::Starting => around(app, view! { <Waiting sentence=say(Text::Opening) /> }.into_any()),
        Showing::Unreachable => {
            let on_press = Callback::new(move |()| app.identity.retry());
            let action = Some(Action::Press { label: say(Text::TryAgain), on_press });
            around(app, view! { <EmptyState drawing=Drawing::Line sentence=say(Text::CouldNotLoad) action /> }.into_any())
        }
        Showing::Stale => {
            let view = view! { <EmptyState drawing=Drawing::Porch sentence=say(Text::ReloadToContinue) action=None /> };
            around(app, view.into_any())
        }
        Showing::OwnWindow => {
            let action = Some(Action::Follow { label: say(Text::OpenOwnWindow), href: "/chat".into() });
            around(app, view! { <EmptyState drawing=Drawing::Window sentence=say(Text::OwnWindowNeeded) action /> }.into_any())
        }
        Showing::Door => door(app),
        Showing::Chats => chats(app),
        Showing::Thread => thread(app),
        Showing::Staff => app.edition.with_value(|edition| edition.staff).map_or_else(|| chats(app), |staff| (staff.home)(app)),
    }
}

/// Closes the card; a window of our own has none.
pub fn on_close(app: App) -> Option<Callback<()>> {
    app.host.is_there().then(|| Callback::new(move |()| app.host.say(ToLoader::Close)))
}

/// A screen with nothing but one thing in it.
fn around(app: App, middle: AnyView) -> AnyView {
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    view! {
        <Screen>
            <Header on_close=on_close(app)>
                <HeaderTitle title />
            </Header>
            <ScreenBody>{middle}</ScreenBody>
        </Screen>
    }
    .into_any()
}

fn door(app: App) -> AnyView {
    let on_start = Callback::new(move |()| app.door.start(move |name, email| app.open_first(name, email)));
    let privacy = privacy_address(app.site.into());
    view! {
        <Screen>
            <BannerView banner=app.realtime.banner />
            <Door
                site=app.site
                form=app.door.form
                refused=app.door.refused
                is_starting=app.door.is_starting
                on_start
                on_close=on_close(app)
                privacy
            />
        </Screen>
    }
    .into_any()
}

/// A user's conversations, under the one tab that a user has.
fn chats(app: App) -> AnyView {
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    let unread_chats = Memo::new(move |_| app.chats.unread_messages());
    let tab = RwSignal::new(Tab::Chats);
    view! {
        <Screen>
            <Header on_close=on_close(app)>
                <HeaderTitle title />
            </Header>
            <BannerView banner=app.realtime.banner />
            <Tabs selected=tab unread=0 unread_chats only=Some(Tab::Chats) />
            <main class="screen-body" id=PANEL_ID role="tabpanel" aria-labelledby=tab_id(Tab::Chats)>{chats_body(app)}</main>
            {footer(app)}
        </Screen>
    }
    .into_any()
}

/// The own conversations, and a new one.
pub fn chats_body(app: App) -> AnyView {
    let is_empty = Memo::new(move |_| app.chats.listing.with(|listing| listing.conversations().is_empty()));
    let has_more = Signal::derive(move || app.chats.listing.with(|listing| listing.cursor.is_some()));
    let rows = app.chats.rows();
    let open = Callback::new(move |id| app.open_own(Destination::In(id)));
    let start = Callback::new(move |()| app.open_own(Destination::New));
    let more = Callback::new(move |()| app.chats.fetch_more());
    let body = move || match (app.chats.listed.get(), is_empty.get()) {
        (Listed::Ready, true) => {
            let action = Some(Action::Press { label: say(Text::NewConversation), on_press: start });
            view! { <EmptyState drawing=Drawing::Porch sentence=say(Text::NoConversations) action /> }.into_any()
        }
        (Listed::Ready, false) => view! {
            <ConversationList rows label=say(Text::Chats) on_open=open has_more on_more=more />
            <div class="rows-more">
                <Button label=say(Text::NewConversation) on_press=start />
            </div>
        }
        .into_any(),
        (listed, _) => list_waiting(listed, Callback::new(move |()| app.chats.fetch_first())),
    };
    body.into_any()
}

/// A list that is not here yet.
pub fn list_waiting(listed: Listed, on_press: Callback<()>) -> AnyView {
    if listed == Listed::Unreachable {
        let action = Some(Action::Press { label: say(Text::TryAgain), on_press });
        view! { <EmptyState drawing=Drawing::Line sentence=say(Text::CouldNotLoad) action /> }.into_any()
    } else {
        view! { <Waiting sentence=say(Text::Opening) /> }.into_any()
    }
}

fn thread(app: App) -> AnyView {
    let body = move || match app.thread.loaded.get() {
        Loaded::Ready => thread_body(app),
        Loaded::Loading => view! { <Waiting sentence=say(Text::Opening) /> }.into_any(),
        Loaded::Unreachable => {
            let on_press = Callback::new(move |()| app.thread.catch_up());
            let action = Some(Action::Press { label: say(Text::TryAgain), on_press });
            view! { <EmptyState drawing=Drawing::Line sentence=say(Text::CouldNotLoad) action /> }.into_any()
        }
        Loaded::Gone => {
            view! { <EmptyState drawing=Drawing::Line sentence=say(Text::ProblemNotFound) action=None /> }.into_any()
        }
    };
    // The first message makes a visitor a guest, while the thread stays.
    let role = Memo::new(move |_| app.role());
    view! {
        <Screen>
            {move || thread_header(app, role.get())}
            <BannerView banner=app.realtime.banner />
            {body}
            {footer(app)}
        </Screen>
    }
    .into_any()
}

fn thread_header(app: App, role: Role) -> AnyView {
    let staff = app.edition.with_value(|edition| edition.staff).filter(|_| app.is_support_thread.get_untracked());
    if let Some(staff) = staff {
        return (staff.header)(app);
    }
    let has_list = matches!(role, Role::User | Role::Agent | Role::Admin);
    let on_back = has_list.then(|| Callback::new(move |()| app.go_home()));
    let forget = MenuItem {
        label: say(Text::ForgetMe).into(),
        on_choose: Callback::new(move |()| app.forget()),
    };
    let menu = if role == Role::Guest { vec![forget] } else { Vec::new() };
    view! { <SupportHeader site=app.site on_back on_close=on_close(app) menu /> }.into_any()
}

fn thread_body(app: App) -> AnyView {
    let thread = app.thread;
    let actions = BubbleActions {
        on_retry: Callback::new(move |key: String| thread.retry(&key)),
        on_reply: Some(Callback::new(move |position| thread.reply_to(position))),
    };
    let names = Memo::new(move |_| {
        let id = thread.destination.with(|open| open.as_ref().and_then(Destination::conversation_id).cloned());
        id.map_or_else(Vec::new, |id| app.typists.with(|typists| typists.names(&id)))
    });
    let welcome = move || view! { <p class="thread-notice">{say(Text::FirstMessage)}</p> };
    view! {
        <MessageList
            rows=thread.rows
            older=thread.older
            on_older=Callback::new(move |()| thread.fetch_older())
            at_newest=thread.at_newest
            actions
            welcome
        />
        <TypingLine names />
        <Composer
            draft=thread.draft
            reply=thread.reply
            on_cancel_reply=Callback::new(move |()| thread.cancel_reply())
            note=thread.note
            on_send=Callback::new(move |()| thread.send())
            on_typing=Callback::new(move |()| thread.typed())
        />
    }
    .into_any()
}

fn footer(app: App) -> AnyView {
    let text = Signal::derive(move || app.site.with(|site| site.footer_text.clone()));
    let url = Signal::derive(move || app.site.with(|site| site.footer_url.clone()));
    let privacy = privacy_address(app.site.into());
    view! { <Footer text url privacy /> }.into_any()
}
