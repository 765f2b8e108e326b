//! *Blocked & Reported*: what waits for an admin's eye.
//!
//! The law: open reports come first, and their number stands in the side bar.

/// Calls.
mod api;
/// Who blocked whom.
mod blocks;
/// Messages that somebody found wrong.
mod reports;

use super::sentences as say;
use super::ui::{Page, Tab, Tabs};
use blocks::Blocks;
use leptos::prelude::*;
use reports::Reports;

const OPEN: &str = "/admin/blocked";
const DISMISSED: &str = "/admin/blocked/dismissed";
const PEOPLE: &str = "/admin/blocked/people";

const TABS: &[Tab] = &[
    Tab {
        address: OPEN,
        name: say::REPORTS_OPEN,
    },
    Tab {
        address: DISMISSED,
        name: say::REPORTS_DISMISSED,
    },
    Tab {
        address: PEOPLE,
        name: say::BLOCKS,
    },
];

#[component]
pub fn Blocked(rest: Signal<String>) -> impl IntoView {
    let here = Memo::new(move |_| match rest.get().as_str() {
        "dismissed" => DISMISSED,
        "people" => PEOPLE,
        _ => OPEN,
    });
    let draw = move || match here.get() {
        PEOPLE => view! { <Blocks/> }.into_any(),
        DISMISSED => view! { <Reports is_open=false/> }.into_any(),
        _ => view! { <Reports is_open=true/> }.into_any(),
    };
    let tab = Signal::derive(move || Some(here.get()));
    view! {
        <Page title=say::BLOCKED_AND_REPORTED lead=say::BLOCKED_LEAD>
            <Tabs label=say::REPORTS_WHICH tabs=TABS here=tab/>
            {draw}
        </Page>
    }
}
