//! What the connection is like, while it is not well.
//!
//! The law: one of the two live regions of the frame; it is always there, so that what it says is announced, and it
//! leaves without applause.

use crate::frame::draw::{Drawn, draw};
use crate::i18n::{Text, say};
use crate::reactive::Signal;
use crate::realtime::Banner;

const fn sentence(banner: Banner) -> Option<Text> {
    match banner {
        Banner::Quiet => None,
        Banner::Reconnecting => Some(Text::Reconnecting),
        Banner::Offline => Some(Text::Offline),
    }
}

pub fn banner_view(banner: Signal<Banner>) -> Drawn {
    let words = |text: Text| draw("p").class("banner-words").text(say(text));
    draw("div")
        .class("banner")
        .set("role", "status")
        .show(move || sentence(banner.get()).map(words))
}
