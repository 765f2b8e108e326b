//! What the connection is like, while it is not well.
//!
//! The law: one of the two live regions of the frame; it is always there, so that what it says is announced, and it
//! leaves without applause.

use crate::i18n::{Text, say};
use crate::realtime::Banner;
use crate::reactive::Signal;
use leptos::prelude::*;

const fn sentence(banner: Banner) -> Option<Text> {
    match banner {
        Banner::Quiet => None,
        Banner::Reconnecting => Some(Text::Reconnecting),
        Banner::Offline => Some(Text::Offline),
    }
}

#[component]
pub fn BannerView(#[prop(into)] banner: Signal<Banner>) -> impl IntoView {
    view! {
        <div class="banner" role="status">
            {move || sentence(banner.get()).map(|text| view! { <p class="banner-words">{say(text)}</p> })}
        </div>
    }
}
