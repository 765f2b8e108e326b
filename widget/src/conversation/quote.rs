//! A quoted message: above the answer to it in a bubble, and above the composer while the answer is written.
//!
//! The law: a quote is one line of somebody's words with their name; whose it is stays readable without colour.

use super::rows::Quote;
use crate::i18n::{Text, say, say_with};
use crate::ui::{Icon, IconButton};
use crate::reactive::Signal;
use leptos::prelude::*;

/// Inside a bubble. `on_jump` leads to the quoted message.
pub fn quote_view(quote: Quote) -> impl IntoView {
    let name = quote.name.unwrap_or_else(|| say(Text::You).into());
    let text = if quote.text.is_empty() {
        say(Text::EarlierMessage).to_owned()
    } else {
        quote.text
    };
    view! {
        <blockquote class="quote">
            <bdi class="quote-name">{name}</bdi>
            <span class="quote-text" dir="auto">{text}</span>
        </blockquote>
    }
}

/// Above the composer: what is being answered, and a way back.
#[component]
pub fn ReplyChip(
    /// Nothing is shown without one.
    #[prop(into)]
    quote: Signal<Option<Quote>>,
    on_cancel: Callback<()>,
) -> impl IntoView {
    move || {
        quote.get().map(|quote| {
            let heading = match &quote.name {
                Some(name) => say_with(Text::ReplyingTo, &[("name", name)]),
                None => say(Text::ReplyingToYourself).into(),
            };
            view! {
                <div class="reply-chip">
                    <div class="quote">
                        <bdi class="quote-name">{heading}</bdi>
                        <span class="quote-text" dir="auto">{quote.text}</span>
                    </div>
                    <IconButton icon=Icon::Close name=say(Text::CancelReply) on_press=on_cancel />
                </div>
            }
        })
    }
}
