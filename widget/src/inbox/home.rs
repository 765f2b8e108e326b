//! Where staff begin: *Customer Support* and their own *Chats*, and the header of a customer's thread.
//!
//! The law: nothing here is in what a guest downloads (D10); the program of staff hands it to the shell.

use super::Filter;
use super::api::list_inbox;
use crate::conversation::list_state::Listed;
use crate::conversation::listing::Chosen;
use crate::conversation::{ConversationList, CustomerHeader};
use crate::i18n::{Text, say};
use crate::shell::app::{App, StaffParts};
use crate::shell::screens::{chats_body, list_waiting, on_close};
use crate::shell::{Action, BannerView, Drawing, EmptyState, Header, HeaderTitle, PANEL_ID, Screen, Tab, Tabs, tab_id};
use crate::reactive::{Effect, Kept, Memo, RwSignal, Signal};
use leptos::prelude::*;
use shared::inbox::InboxFilter;

/// What the program of staff adds to the shell.
pub const STAFF: StaffParts = StaffParts { inbox: list_inbox, home, header };

fn home(app: App) -> AnyView {
    let unread_chats = Memo::new(move |_| app.chats.unread_messages());
    let title = Signal::derive(move || app.site.with(|site| site.support_name.clone()));
    let body = move || match app.tab.get() {
        Tab::CustomerSupport => support_body(app),
        Tab::Chats => chats_body(app),
    };
    view! {
        <Screen>
            <Header on_close=on_close(app)>
                <HeaderTitle title />
            </Header>
            <BannerView banner=app.realtime.banner />
            <Tabs selected=app.tab unread=app.inbox.unread unread_chats />
            <main class="screen-body" id=PANEL_ID role="tabpanel" aria-labelledby=move || tab_id(app.tab.get())>{body}</main>
        </Screen>
    }
    .into_any()
}

fn support_body(app: App) -> AnyView {
    let chosen = RwSignal::new(match app.inbox.listing.with_untracked(|listing| listing.chosen) {
        Chosen::All => InboxFilter::All,
        Chosen::Unanswered => InboxFilter::Unanswered,
    });
    Effect::new(move |before: Option<InboxFilter>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) {
            app.inbox.choose(if now == InboxFilter::Unanswered { Chosen::Unanswered } else { Chosen::All });
        }
        now
    });
    let is_empty = Memo::new(move |_| app.inbox.listing.with(|listing| listing.conversations().is_empty()));
    let has_more = Signal::derive(move || app.inbox.listing.with(|listing| listing.cursor.is_some()));
    let rows = app.inbox.rows();
    let open = Callback::new(move |id| app.open_support(id));
    let more = Callback::new(move |()| app.inbox.fetch_more());
    let list = move || match (app.inbox.listed.get(), is_empty.get()) {
        (Listed::Ready, true) => nobody(chosen),
        (Listed::Ready, false) => {
            view! { <ConversationList rows label=say(Text::CustomerSupport) on_open=open has_more on_more=more /> }.into_any()
        }
        (listed, _) => list_waiting(listed, Callback::new(move |()| app.inbox.fetch_first())),
    };
    view! {
        <Filter chosen />
        {list}
    }
    .into_any()
}

fn nobody(chosen: RwSignal<InboxFilter>) -> AnyView {
    if chosen.get_untracked() == InboxFilter::Unanswered {
        let on_press = Callback::new(move |()| chosen.set(InboxFilter::All));
        let action = Some(Action::Press { label: say(Text::ShowAll), on_press });
        view! { <EmptyState drawing=Drawing::Cup sentence=say(Text::AllAnswered) action /> }.into_any()
    } else {
        view! { <EmptyState drawing=Drawing::Tray sentence=say(Text::InboxEmpty) action=None /> }.into_any()
    }
}

/// The thread from the other side: name, address, proof, page.
fn header(app: App) -> AnyView {
    let customer = Memo::new(move |_| app.thread.head.with(|head| head.as_ref().and_then(|head| head.customer.clone())));
    let back = move || Some(Callback::new(move |()| app.go_home()));
    // The header's elements stay while the customer changes in them.
    let is_known = Memo::new(move |_| customer.with(Option::is_some));
    let last = Kept::new(None);
    let shown = Signal::derive(move || {
        let now = customer.get().or_else(|| last.get_value());
        last.set_value(now.clone());
        now
    });
    let header = move || match (is_known.get(), shown.get_untracked()) {
        (true, Some(first)) => {
            let customer = Signal::derive(move || shown.get().unwrap_or_else(|| first.clone()));
            view! { <CustomerHeader customer on_back=back() on_close=on_close(app) /> }.into_any()
        }
        _ => view! {
            <Header on_back=back() on_close=on_close(app)>
                <HeaderTitle title=say(Text::CustomerSupport) />
            </Header>
        }
        .into_any(),
    };
    header.into_any()
}
