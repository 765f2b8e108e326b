//! The ticks of every group with every other, and those of one group.
//!
//! The law: a table with true headers, for those who listen too; one box per pair and its mirror shows the same.

use super::ticking::{Ticking, use_ticking};
use super::ticks::{SHOWN_AT_ONCE, groups_shown};
use super::use_board;
use crate::admin::sentences as say;
use crate::admin::ui::{Empty, FieldKind, Mistake, Section, Shown, TextField};
use leptos::prelude::*;
use shared::group::{GroupBoard, GroupRow};
use shared::ids::GroupId;
use shared::settings::Switch;

#[component]
pub fn PermissionMatrix() -> impl IntoView {
    let draw = move |board: Signal<GroupBoard>| {
        let groups = Memo::new(move |_| board.with(|board| board.groups.clone()));
        view! { <Matrix groups/> }
    };
    view! {
        <Section id="matrix" title=say::MATRIX help=say::MATRIX_HELP>
            <Shown loaded=use_board().0 draw/>
            <Outcome/>
        </Section>
    }
}

/// What was saved, or why not, said aloud.
#[component]
fn Outcome() -> impl IntoView {
    let ticking = use_ticking();
    view! {
        <Mistake words=ticking.failure()/>
        <p class="matrix-status" role="status">{ticking.status()}</p>
    }
}

#[component]
fn Matrix(groups: Memo<Vec<GroupRow>>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        groups.with(|groups| search.with(|search| groups_shown(groups, search)))
    });
    let is_large = move || groups.with(|groups| groups.len() > SHOWN_AT_ONCE);
    let has_none = move || groups.with(Vec::is_empty);
    let part = move || say::matrix_part(shown.with(Vec::len), groups.with(Vec::len));
    view! {
        <Show when=is_large>
            <TextField label=say::MATRIX_SEARCH kind=FieldKind::Search value=search/>
            <p class="card-help" role="status">{part}</p>
        </Show>
        <Show when=has_none><Empty words=say::MATRIX_EMPTY.to_owned()/></Show>
        {move || {
            let shown = shown.get();
            match (shown.is_empty(), groups.with(Vec::is_empty)) {
                (true, true) => ().into_any(),
                (true, false) => view! { <Empty words=say::MATRIX_NONE.to_owned()/> }.into_any(),
                (false, _) => view! { <Table groups=shown/> }.into_any(),
            }
        }}
    }
}

#[component]
fn Table(groups: Vec<GroupRow>) -> impl IntoView {
    let ticking = use_ticking();
    let heads = groups.iter().map(|group| {
        view! { <th scope="col" class="matrix-column"><span class="matrix-column-name" dir="auto">{group.name.clone()}</span></th> }
    });
    let rows = groups.iter().map(|one| {
        let cells = groups.iter().map(|other| {
            view! { <td class="matrix-cell"><Tick one=one.clone() other=other.clone() ticking=ticking.clone()/></td> }
        });
        view! {
            <tr class="matrix-row">
                <th scope="row" class="matrix-name"><span dir="auto">{one.name.clone()}</span></th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <div class="matrix" role="group" aria-label=say::MATRIX_CAPTION tabindex="0">
            <table class="matrix-table">
                <caption class="said">{say::MATRIX_CAPTION}</caption>
                <thead><tr><th scope="col" class="matrix-corner">{say::MATRIX_CORNER}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// One box.
#[component]
fn Tick(
    one: GroupRow,
    other: GroupRow,
    ticking: Ticking,
    /// Its whole name stands beside it already.
    #[prop(optional)]
    is_named: bool,
) -> impl IntoView {
    let name = (!is_named).then(|| say::tick_name(&one.name, &other.name));
    let is_ticked = {
        let (ticking, one, other) = (
            ticking.clone(),
            one.group_id.clone(),
            other.group_id.clone(),
        );
        move || ticking.is_ticked(&one, &other)
    };
    let press = move |event: leptos::ev::Event| {
        let allowed = match event_target_checked(&event) {
            true => Switch::On,
            false => Switch::Off,
        };
        ticking.press(&one, &other, allowed);
    };
    view! { <input type="checkbox" class="tick" aria-label=name prop:checked=is_ticked on:change=press/> }
}

/// With which groups one group's people may chat.
#[component]
pub fn TicksOfOne(group_id: GroupId) -> impl IntoView {
    let ticking = use_ticking();
    let draw = move |board: Signal<GroupBoard>| {
        let groups = Memo::new(move |_| board.with(|board| board.groups.clone()));
        let (ticking, group_id) = (ticking.clone(), group_id.clone());
        let lines = move || {
            let groups = groups.get();
            let one = groups
                .iter()
                .find(|group| group.group_id == group_id)?
                .clone();
            let line = |other: &GroupRow| {
                let name = other.name.clone();
                view! {
                    <li>
                        <label class="tick-line">
                            <Tick one=one.clone() other=other.clone() ticking=ticking.clone() is_named=true/>
                            <span dir="auto">{name}</span>
                        </label>
                    </li>
                }
            };
            Some(groups.iter().map(line).collect_view())
        };
        view! { <ul class="tick-lines" aria-label=say::MAY_CHAT_WITH>{lines}</ul> }
    };
    view! {
        <Section id="group-ticks" title=say::MAY_CHAT_WITH help=say::MAY_CHAT_WITH_HELP>
            <Shown loaded=use_board().0 draw/>
            <Outcome/>
        </Section>
    }
}
