//! The own conversations of whoever has several, and a new one.
//!
//! The law: not in what a guest downloads (D10): only `lists.rs` leads here.

use super::app::App;
use super::lists::Lists;
use super::screens::{foot, lists_header, unreachable};
use super::{
    Action, Drawing, Tab, Tabs, banner_view, empty_state, screen, screen_action, tab_panel, waiting,
};
use crate::conversation::ConversationList;
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Listed;
use crate::frame::draw::Drawn;
use crate::i18n::{Text, say};
use crate::reactive::{Callback, Memo, RwSignal, Signal};
use crate::ui::{Weight, button};

/// A user's conversations, under the one tab that a user has.
pub fn chats(app: App, lists: Lists) -> Drawn {
    let unread_chats = Memo::new(move |_| lists.chats.unread_messages());
    let selected = RwSignal::new(Tab::Chats);
    let tabs = Tabs {
        selected,
        unread: 0.into(),
        unread_chats: unread_chats.into(),
        only: Some(Tab::Chats),
    };
    let panel = tab_panel(selected.into()).show(chats_body(app, lists));
    screen([
        lists_header(app),
        banner_view(app.realtime.banner.into()),
        tabs.draw(),
        panel,
        foot(app),
    ])
}

/// The own conversations, and a new one.
pub fn chats_body(app: App, lists: Lists) -> impl Fn() -> Vec<Drawn> + Copy {
    let is_empty = Memo::new(move |_| {
        lists
            .chats
            .listing
            .with(|listing| listing.conversations().is_empty())
    });
    let list = ConversationList {
        rows: lists.chats.rows().into(),
        label: say(Text::Chats),
        on_open: Callback::new(move |id| app.open_own(Destination::In(id))),
        has_more: Signal::derive(move || {
            lists.chats.listing.with(|listing| listing.cursor.is_some())
        }),
        on_more: Callback::new(move |()| lists.chats.fetch_more()),
    };
    let start = Callback::new(move |()| app.open_own(Destination::New));
    let again = Callback::new(move |()| lists.chats.fetch_first());
    move || match (lists.chats.listed.get(), is_empty.get()) {
        (Listed::Ready, true) => {
            let action = Some(Action::Press {
                label: say(Text::NewConversation),
                on_press: start,
            });
            vec![empty_state(
                Drawing::Porch,
                say(Text::NoConversations),
                action,
            )]
        }
        (Listed::Ready, false) => {
            vec![
                list.draw(),
                screen_action(button(say(Text::NewConversation), Weight::Loud, start)),
            ]
        }
        (listed, _) => vec![list_waiting(listed, again)],
    }
}

/// A list that is not here yet.
pub fn list_waiting(listed: Listed, on_press: Callback<()>) -> Drawn {
    if listed == Listed::Unreachable {
        unreachable(on_press)
    } else {
        waiting(say(Text::Opening))
    }
}
