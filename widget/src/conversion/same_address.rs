//! Others with a customer's address, as staff are told of them.
//!
//! The law: a hint, never a reason (G3): nothing is joined by it, and it says that nothing is verified.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{UserText, say, say_count};
use crate::reactive::{Callable, Callback, Signal};
use shared::ids::ConversationId;

/// Another conversation with the same address.
#[derive(Clone, PartialEq, Eq)]
pub struct Others {
    pub conversation_id: ConversationId,
    pub name: String,
    /// "now", "2 min", "14:05", "yesterday".
    pub time: String,
    /// Has an account at the site.
    pub is_user: bool,
}

/// "2 other conversations with this address, not verified", to be opened. Nothing where there are none.
pub fn same_address_line(others: Signal<Vec<Others>>, on_open: Callback<ConversationId>) -> Drawn {
    draw("div").class("same-address").show(move || {
        let others = others.get();
        let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
        (count > 0).then(|| {
            let words = say_count(UserText::SameAddress, count);
            let summary = draw("summary").class("same-address-count").text(&words);
            let rows = others.into_iter().map(|other| row(other, on_open));
            let list = draw("ul").class("same-address-list").children(rows);
            draw("details").child(summary).child(list)
        })
    })
}

fn row(other: Others, on_open: Callback<ConversationId>) -> Drawn {
    let kind = match other.is_user {
        true => say(UserText::ProofHost),
        false => say(UserText::Guest),
    };
    let name = draw("bdi").class("same-address-name").text(&other.name);
    let button = draw("button")
        .class("same-address-open")
        .set("type", "button")
        .child(name)
        .child(draw("span").text(kind))
        .child(draw("span").class("same-address-time").text(&other.time));
    let id = other.conversation_id;
    draw("li").child(button.on("click", move |_| on_open.run(id.clone())))
}
