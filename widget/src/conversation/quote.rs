//! A quoted message: above the answer to it in a bubble, and above the composer while the answer is written.
//!
//! The law: a quote is one line of somebody's words with their name; whose it is stays readable without colour.

use super::rows::Quote;
use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say, say_with};
use crate::reactive::Callback;
use crate::ui::{Icon, icon_button};

/// Inside a bubble.
pub fn quote_view(quote: &Quote) -> Drawn {
    let name = quote.name.as_deref().unwrap_or_else(|| say(Text::You));
    let text = if quote.text.is_empty() {
        say(Text::EarlierMessage)
    } else {
        &quote.text
    };
    quoted("blockquote", name, text)
}

/// Above the composer: what is being answered, and a way back.
pub fn reply_chip(quote: &Quote, on_cancel: Callback<()>) -> Drawn {
    let heading = match &quote.name {
        Some(name) => say_with(Text::ReplyingTo, &[("name", name)]),
        None => say(Text::ReplyingToYourself).into(),
    };
    let cancel = icon_button(Icon::Close, say(Text::CancelReply), on_cancel);
    draw("div")
        .class("reply-chip")
        .child(quoted("div", &heading, &quote.text))
        .child(cancel)
}

fn quoted(tag: &str, heading: &str, text: &str) -> Drawn {
    let heading = draw("bdi").class("quote-name").text(heading);
    let text = draw("span")
        .class("quote-text")
        .set("dir", "auto")
        .text(text);
    draw(tag).class("quote").child(heading).child(text)
}
