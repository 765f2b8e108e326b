//! The band at the top of every screen.
//!
//! The law: one heading, the way back at the start, the way out at the end.

use crate::i18n::{Text, say};
use crate::ui::{Icon, IconButton, Menu, MenuItem};
use crate::reactive::Signal;
use leptos::prelude::*;

#[component]
pub fn Header(
    /// To where one came from; `None` on a first screen.
    #[prop(optional_no_strip)]
    on_back: Option<Callback<()>>,
    /// Closes the card; `None` where the chat has a window of its own.
    #[prop(optional_no_strip)]
    on_close: Option<Callback<()>>,
    /// Rare actions; none, no menu.
    #[prop(optional)]
    menu: Vec<MenuItem>,
    /// What the screen is about: one [`HeaderTitle`], with faces before it where there are any.
    children: Children,
) -> impl IntoView {
    let menu = (!menu.is_empty()).then(|| view! { <Menu name=say(Text::More) items=menu /> });
    view! {
        <header class="header">
            {on_back.map(|on_press| view! { <IconButton icon=Icon::Back name=say(Text::Back) on_press /> })}
            <div class="header-middle">{children()}</div>
            {menu}
            {on_close.map(|on_press| view! { <IconButton icon=Icon::Close name=say(Text::CloseChat) on_press /> })}
        </header>
    }
}

/// The heading of a screen, and quieter lines beneath it.
#[component]
pub fn HeaderTitle(
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="header-words">
            <h1 class="header-title" dir="auto">{move || title.get()}</h1>
            {children.map(|children| children())}
        </div>
    }
}
