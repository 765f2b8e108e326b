//! Where staff begin: *Customer Support* and their own *Chats*, and the header of a customer's thread.
//!
//! The law: nothing here is in what a guest downloads (D10); `shell/lists.rs` leads here.

use super::filter;
use crate::conversation::list_state::Listed;
use crate::conversation::listing::Chosen;
use crate::conversation::{ConversationList, customer_header};
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::{Callback, untrack};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::shell::app::App;
use crate::shell::chats::{chats, chats_body, list_waiting};
use crate::shell::lists::Lists;
use crate::shell::screens::{lists_header, on_close};
use crate::shell::{
    Action, Drawing, Header, Tab, Tabs, banner_view, empty_state, header_title, screen, tab_panel,
};
use shared::inbox::InboxFilter;

/// The lists, as this role has them: staff have two.
pub fn home(app: App, lists: Lists) -> Drawn {
    if !untrack(|| app.role()).is_staff() {
        return chats(app, lists);
    }
    let unread_chats = Memo::new(move |_| lists.chats.unread_messages());
    let tabs = Tabs {
        selected: app.tab,
        unread: lists.inbox.unread.into(),
        unread_chats: unread_chats.into(),
        only: None,
    };
    let own = chats_body(app, lists);
    let panel = tab_panel(app.tab.into()).show(move || match app.tab.get() {
        Tab::CustomerSupport => support_body(app, lists),
        Tab::Chats => own(),
    });
    screen([
        lists_header(app),
        banner_view(app.realtime.banner.into()),
        tabs.draw(),
        panel,
    ])
}

fn support_body(app: App, lists: Lists) -> Vec<Drawn> {
    let chosen = RwSignal::new(
        match lists.inbox.listing.with_untracked(|listing| listing.chosen) {
            Chosen::All => InboxFilter::All,
            Chosen::Unanswered => InboxFilter::Unanswered,
        },
    );
    Effect::new(move |before: Option<InboxFilter>| {
        let now = chosen.get();
        if before.is_some_and(|before| before != now) {
            lists.inbox.choose(if now == InboxFilter::Unanswered {
                Chosen::Unanswered
            } else {
                Chosen::All
            });
        }
        now
    });
    let is_empty = Memo::new(move |_| {
        lists
            .inbox
            .listing
            .with(|listing| listing.conversations().is_empty())
    });
    let list = ConversationList {
        rows: lists.inbox.rows().into(),
        label: say(Text::CustomerSupport),
        on_open: Callback::new(move |id| app.open_support(id)),
        has_more: Signal::derive(move || {
            lists.inbox.listing.with(|listing| listing.cursor.is_some())
        }),
        on_more: Callback::new(move |()| lists.inbox.fetch_more()),
    };
    let again = Callback::new(move |()| lists.inbox.fetch_first());
    let body = draw("div").class("inbox").show(move || {
        Some(match (lists.inbox.listed.get(), is_empty.get()) {
            (Listed::Ready, true) => nobody(chosen),
            (Listed::Ready, false) => list.draw(),
            (listed, _) => list_waiting(listed, again),
        })
    });
    vec![filter(chosen), body]
}

fn nobody(chosen: RwSignal<InboxFilter>) -> Drawn {
    if chosen.get_untracked() == InboxFilter::Unanswered {
        let on_press = Callback::new(move |()| chosen.set(InboxFilter::All));
        let action = Some(Action::Press {
            label: say(Text::ShowAll),
            on_press,
        });
        empty_state(Drawing::Cup, say(Text::AllAnswered), action)
    } else {
        empty_state(Drawing::Tray, say(Text::InboxEmpty), None)
    }
}

/// The thread from the other side: name, address, proof, page.
pub fn header(app: App) -> Drawn {
    let customer = Memo::new(move |_| {
        app.thread
            .head
            .with(|head| head.as_ref().and_then(|head| head.customer.clone()))
    });
    let around = move || Header {
        on_back: Some(Callback::new(move |()| app.go_home())),
        on_close: on_close(app),
        menu: Vec::new(),
    };
    // The header's elements stay while the customer changes in them.
    let is_known = Memo::new(move |_| customer.with(Option::is_some));
    draw("div").show(move || {
        is_known.track();
        Some(match customer.get_untracked() {
            Some(first) => {
                let customer =
                    Signal::derive(move || customer.get().unwrap_or_else(|| first.clone()));
                customer_header(customer, around())
            }
            None => around().draw([header_title(say(Text::CustomerSupport).into(), [])]),
        })
    })
}
