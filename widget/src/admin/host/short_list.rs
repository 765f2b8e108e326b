//! A list that is fetched whole: waiting, failed with *Try again*, empty in a sentence, or its rows.
//!
//! The law: what is shown stays while it is fetched again.

use crate::admin::load::Loaded;
use crate::admin::ui::{Empty, Shown};
use leptos::prelude::*;

/// `draw` draws one row, as `<li>`.
#[component]
pub fn ShortList<Row, View>(
    loaded: Loaded<Vec<Row>>,
    label: &'static str,
    empty: &'static str,
    draw: impl Fn(Row) -> View + Copy + Send + Sync + 'static,
) -> impl IntoView
where
    Row: Clone + PartialEq + Send + Sync + 'static,
    View: IntoView + 'static,
{
    let shown = move |rows: Signal<Vec<Row>>| {
        // Drawn anew only when something in it changed.
        let rows = Memo::new(move |_| rows.get());
        move || match rows.with(Vec::is_empty) {
            true => view! { <Empty words=empty.to_owned()/> }.into_any(),
            false => {
                let lines = rows.get().into_iter().map(draw).collect_view();
                view! { <ul class="rows-list" aria-label=label>{lines}</ul> }.into_any()
            }
        }
    };
    view! { <Shown loaded draw=shown/> }
}
