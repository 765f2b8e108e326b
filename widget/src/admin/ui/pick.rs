//! Some of a few, each with the sentence that says what it does: radio buttons for one, checkboxes for any.
//!
//! The law: every choice is on the page at once, its sentence belongs to it for those who listen, and a warning is said
//! before it is chosen.

use super::Value;
use super::drawing::{Drawing, drawing};
use super::field::{FieldMistake, described_by};
use crate::ui::unique_id;
use leptos::prelude::*;

/// One of them.
#[derive(Clone, Copy)]
pub struct Pick<Kind> {
    pub kind: Kind,
    pub name: &'static str,
    pub help: &'static str,
    /// What may go wrong with it.
    pub warning: Option<&'static str>,
}

impl<Kind> Pick<Kind> {
    pub const fn new(kind: Kind, name: &'static str, help: &'static str) -> Self {
        Self {
            kind,
            name,
            help,
            warning: None,
        }
    }

    pub fn warns(self, warning: &'static str) -> Self {
        Self {
            warning: Some(warning),
            ..self
        }
    }
}

/// Exactly one.
#[component]
pub fn PickOne<Kind>(
    label: &'static str,
    #[prop(into)] value: Value<Kind>,
    picks: Vec<Pick<Kind>>,
) -> impl IntoView
where
    Kind: Copy + PartialEq + Send + Sync + 'static,
{
    let group = unique_id();
    let lines = picks.into_iter().map(|pick| {
        let Pick { kind, .. } = pick;
        let is_on = Signal::derive(move || value.get() == kind);
        let turn = Callback::new(move |_| value.set(kind));
        view! { <Line pick=without_kind(pick) group=Some(group.clone()) is_on turn is_wrong=false/> }
    });
    view! {
        <fieldset class="pick">
            <legend class="field-label">{label}</legend>
            {lines.collect_view()}
        </fieldset>
    }
}

/// Any of them.
#[component]
pub fn PickAny<Kind>(
    label: &'static str,
    #[prop(into)] value: Value<Vec<Kind>>,
    picks: Vec<Pick<Kind>>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
) -> impl IntoView
where
    Kind: Copy + PartialEq + Send + Sync + 'static,
{
    let id = unique_id();
    let described = described_by(&id, false, mistake);
    let is_wrong = Signal::derive(move || mistake.with(Option::is_some));
    let order: Vec<Kind> = picks.iter().map(|pick| pick.kind).collect();
    let order = StoredValue::new(order);
    let lines = picks.into_iter().map(|pick| {
        let Pick { kind, .. } = pick;
        let is_on = Signal::derive(move || value.get().contains(&kind));
        let turn = Callback::new(move |is_on: bool| {
            let chosen = value.get_untracked();
            let is_in = |other: &Kind| match *other == kind {
                true => is_on,
                false => chosen.contains(other),
            };
            value.set(order.with_value(|order| order.iter().copied().filter(is_in).collect()));
        });
        view! { <Line pick=without_kind(pick) group=None is_on turn is_wrong/> }
    });
    view! {
        <fieldset class="pick" aria-describedby=described>
            <legend class="field-label">{label}</legend>
            {lines.collect_view()}
            <FieldMistake id words=mistake/>
        </fieldset>
    }
}

fn without_kind<Kind>(pick: Pick<Kind>) -> Pick<()> {
    Pick {
        kind: (),
        name: pick.name,
        help: pick.help,
        warning: pick.warning,
    }
}

/// `group`: the name that radio buttons share. `None`: a checkbox.
#[component]
fn Line(
    pick: Pick<()>,
    group: Option<String>,
    is_on: Signal<bool>,
    turn: Callback<bool>,
    #[prop(into)] is_wrong: Signal<bool>,
) -> impl IntoView {
    let id = unique_id();
    let help = [&id, "-help"].concat();
    let kind = if group.is_some() { "radio" } else { "checkbox" };
    let warning = pick.warning.map(|words| {
        view! { <p class="pick-warning">{drawing(Drawing::Warning)}<span>{words}</span></p> }
    });
    view! {
        <div class="pick-line">
            <input
                type=kind
                class="pick-box"
                id=id.clone()
                name=group
                aria-invalid=move || is_wrong.get().then_some("true")
                aria-describedby=help.clone()
                prop:checked=is_on
                on:change=move |event| turn.run(event_target_checked(&event))
            />
            <label class="pick-name" for=id>{pick.name}</label>
            <div class="pick-more" id=help>
                <p class="field-help">{pick.help}</p>
                {warning}
            </div>
        </div>
    }
}
