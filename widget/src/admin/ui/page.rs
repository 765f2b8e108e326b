//! A screen's heading, and its cards.
//!
//! The law: a screen has one first heading, and the keyboard can be put on it and on every card, which is what links
//! and moves do.

use crate::admin::shell::HEADING;
use leptos::prelude::*;

/// All of a screen.
#[component]
pub fn Page(
    #[prop(into)] title: Signal<String>,
    /// A sentence beneath the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// For two columns beside each other.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page" class:is-wide=wide>
            <div class="page-head">
                <h1 class="page-title" id=HEADING tabindex="-1">{title}</h1>
                {lead.map(|lead| view! { <p class="page-lead">{lead}</p> })}
            </div>
            {children()}
        </div>
    }
}

/// A card. `id` is what links name: `/admin/settings#mail`.
#[component]
pub fn Section(
    id: &'static str,
    title: &'static str,
    #[prop(optional, into)] help: Option<String>,
    children: Children,
) -> impl IntoView {
    let heading = [id, "-title"].concat();
    view! {
        <section class="card" id=id tabindex="-1" aria-labelledby=heading.clone()>
            <h2 class="card-title" id=heading.clone()>{title}</h2>
            {help.map(|help| view! { <p class="card-help">{help}</p> })}
            <div class="card-body">{children()}</div>
        </section>
    }
}
