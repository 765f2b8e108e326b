//! What stands under the tab *Customer Support*.
//!
//! The law: nothing here is in what a guest downloads (D10); `shell/lists.rs` leads here.

use super::filter;
use crate::conversation::ConversationList;
use crate::conversation::list_state::Listed;
use crate::conversation::listing::Chosen;
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say};
use crate::reactive::Callback;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::shell::app::App;
use crate::shell::chats::list_waiting;
use crate::shell::lists::Lists;
use crate::shell::screens::open_beside;
use crate::shell::{Action, Drawing, empty_state};
use shared::inbox::InboxFilter;

/// Support conversations, all or those that wait for an answer.
pub fn support_body(app: App, lists: Lists) -> Vec<Drawn> {
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
        label: say(UserText::CustomerSupport),
        open: open_beside(app),
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
            label: say(UserText::ShowAll),
            on_press,
        });
        empty_state(Drawing::CUP, say(UserText::AllAnswered), action)
    } else {
        empty_state(Drawing::TRAY, say(UserText::InboxEmpty), None)
    }
}
