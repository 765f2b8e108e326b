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
use shared::identity::Role;

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
    // A guest writes to the support group in the conversations that they have.
    let is_user = Memo::new(move |_| app.role() > Role::Guest);
    let may_bring = Memo::new(move |_| {
        let session = app.identity.session;
        session.with(|session| {
            session
                .as_ref()
                .is_some_and(|session| session.may_bring_chats)
        })
    });
    let bring = move || {
        let on_press = Callback::new(move |()| app.continue_earlier());
        button(say(UserText::BringChats), Weight::Quiet, on_press)
    };
    let again = Callback::new(move |()| lists.chats.fetch_first());
    move || match (lists.chats.listed.get(), is_empty.get()) {
        (Listed::Ready, true) => {
            let action = Some(Action::Press {
                label: say(UserText::NewConversation),
                on_press: start,
            });
            let empty = empty_state(Drawing::PORCH, say(UserText::NoConversations), action);
            vec![empty.children(may_bring.get().then(bring))]
        }
        (Listed::Ready, false) => {
            let new = || button(say(UserText::NewConversation), Weight::Loud, start);
            let actions = [is_user.get().then(new), may_bring.get().then(bring)];
            let actions: Vec<_> = actions.into_iter().flatten().collect();
            let below = (!actions.is_empty()).then(|| screen_action(actions));
            [list.draw()].into_iter().chain(below).collect()
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
