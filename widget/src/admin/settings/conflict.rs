//! Somebody else saved meanwhile.
//!
//! The law: nothing is overwritten unseen: who it was, what they changed, and two ways on.

use super::desk::use_desk;
use super::entries::{Difference, differences};
use crate::admin::moment::moment_words;
use crate::admin::sentences as say;
use crate::admin::ui::{Button, Dialog, Loudness};
use leptos::prelude::*;

#[component]
pub fn Conflict() -> impl IntoView {
    let desk = use_desk();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(desk.conflict.with(Option::is_some)));
    // Closed without a choice: the draft stays as it is, and the next save asks again.
    Effect::new(move |_| {
        if !open.get() && desk.conflict.with_untracked(Option::is_some) {
            desk.conflict.set(None);
        }
    });
    let title = Signal::derive(move || {
        desk.conflict.with(|theirs| {
            let theirs = theirs.as_ref();
            let when = theirs
                .and_then(|theirs| theirs.changed_at)
                .map(moment_words);
            let who = theirs.and_then(|theirs| theirs.changed_by.as_deref());
            say::changed_by(who, when.as_deref())
        })
    });
    view! {
        <Dialog title open>
            <Differences/>
            <div class="card-actions">
                <Button label=say::LOAD_THEIRS loudness=Loudness::Quiet on_press=move |()| desk.load_theirs()/>
                <Button label=say::KEEP_MINE on_press=move |()| desk.keep_mine()/>
            </div>
        </Dialog>
    }
}

#[component]
fn Differences() -> impl IntoView {
    let desk = use_desk();
    let theirs = desk.conflict.get_untracked();
    let read = desk.read().get_untracked();
    let found = match (&theirs, &read) {
        (Some(theirs), Some(read)) => differences(&read.settings, &theirs.settings),
        _ => Vec::new(),
    };
    let own: Vec<&'static str> = read
        .map(|read| untrack(move || desk.settings(|mine| differences(&read.settings, mine))))
        .unwrap_or_default()
        .into_iter()
        .map(|difference| difference.name)
        .collect();
    let words = if found.is_empty() {
        say::CONFLICT_SAME
    } else {
        say::CONFLICT_WORDS
    };
    let lines = found.into_iter().map(move |difference| {
        let is_both = own.contains(&difference.name);
        view! { <Line difference is_both/> }
    });
    view! {
        <p>{words}</p>
        <ul class="settings-differences">{lines.collect_view()}</ul>
    }
}

#[component]
fn Line(difference: Difference, is_both: bool) -> impl IntoView {
    let Difference {
        name,
        before,
        after,
    } = difference;
    let both = is_both.then(|| [" (", say::YOURS_TOO, ")"].concat());
    view! {
        <li class="settings-difference">
            <strong>{name}</strong>" "{say::from_to(&before, &after)}{both}
        </li>
    }
}
