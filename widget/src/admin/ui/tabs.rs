//! The parts of a screen, as links above it.
//!
//! The law: each part has an address of its own; the one that is shown is marked for everybody.

use leptos::prelude::*;

/// One part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tab {
    pub address: &'static str,
    pub name: &'static str,
}

/// `here` answers whether a tab's part is shown.
#[component]
pub fn Tabs(
    label: &'static str,
    tabs: &'static [Tab],
    #[prop(into)] here: Signal<Option<&'static str>>,
) -> impl IntoView {
    let links = tabs.iter().map(|tab| {
        let is_here = move || here.get() == Some(tab.address);
        view! {
            <li>
                <a class="tab-line-tab" href=tab.address aria-current=move || is_here().then_some("page")>{tab.name}</a>
            </li>
        }
    });
    view! {
        <nav class="tab-line" aria-label=label>
            <ul class="tab-line-tabs">{links.collect_view()}</ul>
        </nav>
    }
}
