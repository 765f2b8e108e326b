//! A list by the page, with *Show more*.
//!
//! The law: what is shown stays while more is fetched; an empty list says so in a sentence.

use super::button::{Button, Loudness};
use super::states::{Empty, Failed, Waiting};
use crate::admin::load::{Pages, PagesState};
use crate::admin::sentences as say;
use crate::frame::navigation;
use crate::ui::unique_id;
use leptos::prelude::*;

/// `draw` draws one row, as `<li>`. `key` tells rows apart.
#[component]
pub fn Rows<Row, Key, View>(
    pages: Pages<Row>,
    /// What the list is called.
    #[prop(into)]
    label: String,
    #[prop(into)] empty: Signal<String>,
    key: impl Fn(&Row) -> Key + Clone + Send + Sync + 'static,
    draw: impl Fn(Row) -> View + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    Row: Clone + PartialEq + Send + Sync + 'static,
    Key: std::hash::Hash + Eq + Send + Sync + 'static,
    View: IntoView + 'static,
{
    let rows = pages.rows();
    let has_none = Memo::new(move |_| rows.with(Vec::is_empty));
    let list = unique_id();
    let id = list.clone();
    // What was pressed goes away with the press; the keyboard goes on with what came.
    let shown_before = StoredValue::new(None::<usize>);
    let more = Callback::new(move |()| {
        shown_before.set_value(Some(rows.with_untracked(Vec::len)));
        navigation::focus_around();
        pages.more();
    });
    Effect::new(move |_| {
        let count = rows.with(Vec::len);
        if let Some(before) = shown_before.get_value()
            && count > before
        {
            shown_before.set_value(None);
            navigation::focus_on_child(list.clone(), before.try_into().unwrap_or_default());
        }
    });
    let below = move || match (pages.state(), has_none.get()) {
        (PagesState::Failed(failure), _) => {
            let again = Callback::new(move |()| pages.more());
            view! { <Failed failure again/> }.into_any()
        }
        (PagesState::First, true) | (PagesState::More, _) => view! { <Waiting/> }.into_any(),
        (PagesState::Idle, true) => view! { <Empty words=empty/> }.into_any(),
        (PagesState::Idle, false) if pages.has_more() => {
            let more = Callback::new(move |()| more.run(()));
            view! { <Button label=say::SHOW_MORE loudness=Loudness::Quiet on_press=more/> }
                .into_any()
        }
        (PagesState::First | PagesState::Idle, false) => ().into_any(),
    };
    // A row that changed is another row: rows are drawn from what they were handed.
    let latest = move || rows.get();
    view! {
        <ul class="rows-list" id=id aria-label=label hidden=move || has_none.get()>
            <For each=latest key=move |row| key(row) let:row>{draw(row)}</For>
        </ul>
        <div class="rows-list-below">{below}</div>
    }
}
