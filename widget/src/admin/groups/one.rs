//! One group: its id, its people, its ticks.
//!
//! The law: what an admin types into *Settings* as Guest Group Id stands here, to be copied.

use super::change::{DeleteGroup, RenameGroup};
use super::matrix::TicksOfOne;
use super::members::Members;
use super::{place, use_board};
use crate::admin::app::use_here;
use crate::admin::sentences as say;
use crate::admin::ui::{Asked, Button, CopyLine, Empty, Loudness, Mark, MarkKind, Shown};
use leptos::prelude::*;
use shared::group::{GroupBoard, GroupRow};
use shared::ids::GroupId;

#[component]
pub fn OneGroup(group_id: GroupId) -> impl IntoView {
    let board = use_board().0;
    let draw = move |board: Signal<GroupBoard>| {
        let group_id = group_id.clone();
        let group = Memo::new(move |_| board.with(|board| found(board, &group_id)));
        let is_there = Memo::new(move |_| group.with(Option::is_some));
        move || match is_there
            .get()
            .then(|| Memo::get_untracked(&group))
            .flatten()
        {
            Some(first) => view! { <There group first/> }.into_any(),
            None => view! { <Gone/> }.into_any(),
        }
    };
    view! {
        <p class="page-back"><a class="page-back-link" href=place::GROUPS>{say::ALL_GROUPS}</a></p>
        <Shown loaded=board draw/>
    }
}

/// The group, and whether it is the guest group.
fn found(board: &GroupBoard, group_id: &GroupId) -> Option<(GroupRow, bool)> {
    let found = board
        .groups
        .iter()
        .find(|group| group.group_id == *group_id)?;
    let is_guest_group = board.guest_group_id.as_ref() == Some(group_id);
    Some((found.clone(), is_guest_group))
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <section class="card" id="group" tabindex="-1" aria-labelledby="group-title">
            <h2 class="card-title" id="group-title">{say::GROUP_GONE}</h2>
            <Empty words=say::GROUP_GONE_WORDS.to_owned()/>
        </section>
    }
}

/// `first`: how it stood when this was drawn.
#[component]
fn There(group: Memo<Option<(GroupRow, bool)>>, first: (GroupRow, bool)) -> impl IntoView {
    let here = use_here();
    let (rename, delete) = (Asked::new(), Asked::new());
    let group_id = first.0.group_id.clone();
    let id_text = group_id.as_str().to_owned();
    let latest = Signal::derive(move || group.get().unwrap_or_else(|| first.clone()));
    let name = Signal::derive(move || latest.get().0.name);
    let mark = move || {
        let (_, is_guest_group) = latest.get();
        is_guest_group.then(|| view! { <Mark words=say::GUEST_GROUP_MARK kind=MarkKind::Strong/> })
    };
    view! {
        <section class="card" id="group" tabindex="-1" aria-labelledby="group-title">
            <h2 class="card-title" id="group-title">{name}" "{mark}</h2>
            <p class="card-help">{move || say::people_count(latest.get().0.people)}</p>
            <div class="card-body">
                <CopyLine label=say::GROUP_ID text=id_text help=say::GROUP_ID_HELP/>
                <div class="card-actions">
                    <Button
                        label=say::RENAME
                        loudness=Loudness::Quiet
                        on_press=move |()| rename.ask(latest.get_untracked().0)
                    />
                    <Button
                        label=say::DELETE
                        loudness=Loudness::Danger
                        on_press=move |()| delete.ask(latest.get_untracked())
                    />
                </div>
            </div>
        </section>
        <Members group_id=group_id.clone() name/>
        <TicksOfOne group_id/>
        <RenameGroup asked=rename/>
        <DeleteGroup asked=delete on_gone=move |()| here.go(place::GROUPS)/>
    }
}
