//! All groups: create one, and what may be done with each.
//!
//! The law: the guest group is marked in words.

use super::change::{DeleteGroup, RenameGroup};
use super::switch::GroupsSwitch;
use super::{api, place, use_board};
use crate::admin::errand::Errand;
use crate::admin::ui::{
    Asked, Button, Empty, FieldKind, Loudness, Mark, MarkKind, Mistake, Section, Shown, TextField,
};
use crate::admin::{notices, sentences as say};
use leptos::prelude::*;
use shared::group::{GroupBoard, GroupRow};
use shared::problem::Field;

#[component]
pub fn GroupList() -> impl IntoView {
    let board = use_board().0;
    let (rename, delete) = (Asked::new(), Asked::new());
    let draw = move |board: Signal<GroupBoard>| {
        let rows = move || {
            let board = board.get();
            let row = |group: &GroupRow| {
                let is_guest_group = board.guest_group_id.as_ref() == Some(&group.group_id);
                view! { <Line group=group.clone() is_guest_group rename delete/> }
            };
            board.groups.iter().map(row).collect_view()
        };
        let has_none = Memo::new(move |_| board.with(|board| board.groups.is_empty()));
        view! {
            <ul class="rows-list" aria-label=say::GROUPS_TAB hidden=move || has_none.get()>{rows}</ul>
            <Show when=move || has_none.get()><Empty words=say::GROUPS_EMPTY.to_owned()/></Show>
        }
    };
    view! {
        <GroupsSwitch/>
        <Section id="groups" title=say::GROUPS_TAB>
            <NewGroup/>
            <Shown loaded=board draw/>
        </Section>
        <RenameGroup asked=rename/>
        <DeleteGroup asked=delete on_gone=move |()| {}/>
    }
}

#[component]
fn NewGroup() -> impl IntoView {
    let board = use_board().0;
    let name = RwSignal::new(String::new());
    let errand = Errand::new();
    let done = notices::speaker();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let wanted = name.get_untracked();
        let said = say::group_created(wanted.trim());
        errand.run(api::create(wanted), move |answer| {
            board.put(answer);
            name.set(String::new());
            done.run(said);
        });
    };
    view! {
        <form class="line-form" on:submit=send novalidate=true>
            <TextField
                label=say::NEW_GROUP
                kind=FieldKind::Text
                value=name
                help=say::NEW_GROUP_HELP
                mistake=errand.words_about(Field::Name)
            />
            <Button label=say::CREATE_GROUP submits=true busy=errand.busy()/>
            <Mistake words=errand.words_besides(&[Field::Name])/>
        </form>
    }
}

#[component]
fn Line(
    group: GroupRow,
    is_guest_group: bool,
    rename: Asked<GroupRow>,
    delete: Asked<(GroupRow, bool)>,
) -> impl IntoView {
    let address = place::of_group(&group.group_id);
    let name = group.name.clone();
    let (rename_name, delete_name) = (say::rename_what(&name), say::delete_what(&name));
    let count = say::people_count(group.people);
    let (to_rename, to_delete) = (group.clone(), (group, is_guest_group));
    let mark =
        is_guest_group.then(|| view! { <Mark words=say::GUEST_GROUP_MARK kind=MarkKind::Strong/> });
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name"><a href=address>{name}</a>" "{mark}</p>
                <p class="rows-list-more">{count}</p>
            </div>
            <div class="rows-list-actions">
                <Button
                    label=say::RENAME
                    loudness=Loudness::Quiet
                    name=rename_name
                    on_press=move |()| rename.ask(to_rename.clone())
                />
                <Button
                    label=say::DELETE
                    loudness=Loudness::Danger
                    name=delete_name
                    on_press=move |()| delete.ask(to_delete.clone())
                />
            </div>
        </li>
    }
}
