//! Who a conversation was before: each conversion with its proof, and taking it back.
//!
//! The law: a conversation that was never anybody else's says nothing here; undoing says beforehand what goes where.

use super::{address_of, api};
use crate::admin::load::load;
use crate::admin::moment::{Moment, moment_words};
use crate::admin::ui::{Asked, Button, Confirm, Failed, Loudness};
use crate::admin::{notices, sentences as say};
use crate::frame::{clock, intl, navigation};
use leptos::prelude::*;
use shared::conversation::CustomerKind;
use shared::conversion::ConversionRow;
use shared::ids::{ConversationId, Time};

#[component]
pub fn Conversions(
    conversation_id: ConversationId,
    /// How often somebody asked for what is new.
    looked: RwSignal<u32>,
) -> impl IntoView {
    let loaded = load(move || {
        looked.track();
        api::conversions(conversation_id.clone())
    });
    let asked = Asked::<ConversionRow>::new();
    let rows = Memo::new(move |_| loaded.value().get().unwrap_or_default());
    let list = move || {
        let rows = rows.get();
        (!rows.is_empty()).then(|| {
            let lines = rows
                .into_iter()
                .map(|row| view! { <Line row asked/> })
                .collect_view();
            view! {
                <section class="conversions" aria-label=say::CONVERSIONS>
                    <ul class="rows-list">{lines}</ul>
                </section>
            }
        })
    };
    let failed = move || {
        let again = Callback::new(move |()| loaded.again());
        loaded
            .failure()
            .get()
            .map(|failure| view! { <Failed failure again/> })
    };
    view! {
        {list}
        {failed}
        <Undoing asked looked/>
    }
}

#[component]
fn Line(row: ConversionRow, asked: Asked<ConversionRow>) -> impl IntoView {
    let words = say::conversion_words(&row);
    let more = [say::proof_words(row.proof), " ", &say::cut_words(&row)].concat();
    let at = row.at;
    let undo = row.may_undo.then(|| {
        let (name, row) = (say::undo_what(&row), row.clone());
        view! {
            <Button
                label=say::UNDO
                loudness=Loudness::Quiet
                name
                on_press=move |()| asked.ask(row.clone())
            />
        }
    });
    view! {
        <li class="rows-list-row conversion">
            <div class="rows-list-words">
                <p class="rows-list-name" dir="auto">{words}</p>
                <p class="rows-list-more">{more}</p>
                <p class="rows-list-more"><Moment time=at/></p>
                {undone(&row)}
            </div>
            {undo}
        </li>
    }
}

/// Who undid it, and where the rest went.
fn undone(row: &ConversionRow) -> Option<impl IntoView + use<>> {
    let at = row.undone_at?;
    let words = [&say::undone_words(row), ", ", &moment_words(at), "."].concat();
    let owner = match row.became.is_user {
        true => CustomerKind::User,
        false => CustomerKind::Guest,
    };
    let rest = row.carried_to.as_ref().map(|carried_to| {
        let address = address_of(owner, carried_to);
        view! { " "<a href=address>{say::CARRIED_TO}</a> }
    });
    Some(view! { <p class="rows-list-more" dir="auto">{words}{rest}</p> })
}

/// The question, and what becomes of it.
#[component]
fn Undoing(asked: Asked<ConversionRow>, looked: RwSignal<u32>) -> impl IntoView {
    let done = notices::speaker();
    let undo = move |row: ConversionRow| {
        asked.errand().run(api::undo(row.conversion_id), move |()| {
            asked.close();
            looked.update(|looked| *looked += 1);
            done.run(say::UNDONE.into());
            // The button that was pressed goes with what it did.
            navigation::focus_in_place("thread");
        });
    };
    view! {
        <Confirm
            asked
            title=|row: &ConversionRow| say::undo_question(row)
            words=|row: &ConversionRow| say::undo_words(row, &last_day(row))
            action=say::UNDO
            on_yes=undo
        />
    }
}

/// The last day on which it can be undone, in words.
fn last_day(row: &ConversionRow) -> String {
    intl::day(Time(row.at.0 + say::UNDO_MS), clock::server_now())
}
