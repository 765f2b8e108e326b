//! All conversations of users, or of guests: search, filters, pages.
//!
//! The law: a search looks at names and addresses, and the page says so.

use super::row::Row;
use super::{Whose, api};
use crate::admin::load::Pages;
use crate::admin::search::settled;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, Choice, ChoiceOption, FieldKind, Loudness, Rows, TextField};
use leptos::prelude::*;
use shared::ids::ConversationId;
use shared::safety::AdminConversation;

#[component]
pub fn ConversationList(
    whose: Whose,
    chosen: Memo<Option<ConversationId>>,
    /// How often somebody asked for what is new.
    looked: RwSignal<u32>,
    /// Whether there is anything to choose from.
    has_rows: RwSignal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let search = settled(typed);
    let (filter, kind) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let asked = Memo::new(move |_| api::Asked {
        of: match whose {
            Whose::Users => "users",
            Whose::Guests => "guests",
        },
        kind: chosen_of(kind),
        filter: chosen_of(filter),
        search: search.get(),
    });
    let pages = Pages::load(move |cursor| {
        looked.track();
        api::conversations(asked.get(), cursor)
    });
    Effect::new(move |_| has_rows.set(pages.rows().with(|rows| !rows.is_empty())));
    let empty = Signal::derive(move || {
        let is_narrowed = asked
            .with(|asked| asked.kind.is_some() || asked.filter.is_some() || asked.search.is_some());
        match is_narrowed {
            true => say::CONVERSATIONS_NONE.to_owned(),
            false => say::CONVERSATIONS_EMPTY.into(),
        }
    });
    let kinds = (whose == Whose::Users)
        .then(|| view! { <Choice label=say::KIND value=kind options=kind_options()/> });
    view! {
        <section class="card oversight-list" aria-label=whose.words().0>
            <TextField label=say::SEARCH_CONVERSATIONS kind=FieldKind::Search value=typed help=say::SEARCH_CONVERSATIONS_HELP/>
            <div class="oversight-filters">
                <Choice label=say::FILTER value=filter options=filter_options()/>
                {kinds}
                <Button label=say::LOOK_AGAIN loudness=Loudness::Quiet on_press=move |()| looked.update(|looked| *looked += 1)/>
            </div>
            <Rows
                pages
                label=whose.words().0
                empty
                key=|shown: &AdminConversation| (shown.conversation.conversation_id.as_str().to_owned(), shown.conversation.revision)
                draw=move |shown| view! { <Row shown whose chosen/> }
            />
        </section>
    }
}

fn chosen_of(signal: RwSignal<String>) -> Option<String> {
    Some(signal.get()).filter(|chosen| !chosen.is_empty())
}

fn filter_options() -> Vec<ChoiceOption> {
    vec![
        ChoiceOption::new("", say::FILTER_ALL),
        ChoiceOption::new("unanswered", say::FILTER_UNANSWERED),
        ChoiceOption::new("blocked", say::FILTER_BLOCKED),
    ]
}

fn kind_options() -> Vec<ChoiceOption> {
    vec![
        ChoiceOption::new("", say::KIND_ALL),
        ChoiceOption::new("support", say::KIND_SUPPORT),
        ChoiceOption::new("direct", say::KIND_DIRECT),
    ]
}
