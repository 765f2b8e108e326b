//! The end of a row: asked about, done, and the list as it is then.
//!
//! The law: what is lost is said first; afterwards the keyboard is where the row was.

use crate::admin::load::Loaded;
use crate::admin::notices;
use crate::admin::ui::{Asked, Confirm};
use crate::frame::navigation;
use crate::net::Failure;
use leptos::prelude::*;
use std::future::Future;

/// What a kind of row says and does when it ends.
pub struct Ends<Row, Call> {
    /// The section with the list.
    pub section: &'static str,
    pub question: fn(&Row) -> String,
    pub words: &'static str,
    pub action: &'static str,
    pub end: fn(&Row) -> Call,
    pub done: fn(&Row) -> String,
}

#[component]
pub fn Ending<Row, Call>(
    asked: Asked<Row>,
    loaded: Loaded<Vec<Row>>,
    ends: Ends<Row, Call>,
) -> impl IntoView
where
    Row: Clone + Send + Sync + 'static,
    Call: Future<Output = Result<(), Failure>> + 'static,
{
    let speak = notices::speaker();
    let Ends {
        section,
        question,
        words,
        action,
        end,
        done,
    } = ends;
    let on_yes = move |row: Row| {
        asked.errand().run(end(&row), move |()| {
            asked.close();
            loaded.again();
            speak.run(done(&row));
            // The button that was pressed is gone with its row.
            navigation::focus_in_place(section);
        });
    };
    view! {
        <Confirm asked title=question words=move |_: &Row| vec![words.to_owned()] action on_yes/>
    }
}
