//! The own conversations of whoever has several, and a new one.
//!
//! The law: not in what a guest downloads (D10): only `lists.rs` leads here.

use super::app::App;
use super::lists::Lists;
use super::screens::{open_beside, unreachable};
use super::{Action, Drawing, empty_state, screen_action, waiting};
use crate::conversation::ConversationList;
use crate::conversation::drafts::Destination;
use crate::conversation::list_state::Listed;
use crate::frame::draw::Drawn;
use crate::i18n::{Text, UserText, say};
use crate::reactive::{Callback, Memo, Signal};
use crate::ui::{Weight, button};

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
        label: say(UserText::Chats),
        open: open_beside(app),
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
                label: say(UserText::NewConversation),
                on_press: start,
            });
            vec![empty_state(
                Drawing::PORCH,
                say(UserText::NoConversations),
                action,
            )]
        }
        (Listed::Ready, false) => {
            vec![
                list.draw(),
                screen_action(button(say(UserText::NewConversation), Weight::Loud, start)),
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
