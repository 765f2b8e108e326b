//! Renaming and deleting a group.
//!
//! The law: deleting says beforehand what will happen to people, ticks and visitors.

use super::{api, use_board};
use crate::admin::session::use_session;
use crate::admin::ui::{Asked, Button, Confirm, Dialog, Loudness, Mistake, TextField};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::group::GroupRow;
use shared::problem::Field;

#[component]
pub fn RenameGroup(asked: Asked<GroupRow>) -> impl IntoView {
    let board = use_board().0;
    let name = RwSignal::new(String::new());
    let errand = asked.errand();
    let done = notices::speaker();
    Effect::new(move |_| {
        if let Some(group) = asked.thing() {
            name.set(group.name);
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(group) = untrack(move || asked.thing()) else {
            return;
        };
        let wanted = name.get_untracked();
        let said = say::group_renamed(wanted.trim());
        errand.run(
            async move { api::rename(&group.group_id, wanted).await },
            move |answer| {
                asked.close();
                board.put(answer);
                done.run(said);
            },
        );
    };
    view! {
        <Dialog title=say::RENAME_GROUP.to_owned() open=asked.open()>
            <form class="card-form" on:submit=send novalidate=true>
                <TextField label=say::GROUP_NAME value=name mistake=errand.words_about(Field::Name)/>
                <Mistake words=errand.words_besides(&[Field::Name])/>
                <div class="card-actions">
                    <Button label=say::SAVE submits=true busy=errand.busy()/>
                    <Button label=say::CANCEL loudness=Loudness::Quiet on_press=move |()| asked.close()/>
                </div>
            </form>
        </Dialog>
    }
}

/// Asks about a group, and whether it is the guest group. `on_gone`: it was deleted.
#[component]
pub fn DeleteGroup(
    asked: Asked<(GroupRow, bool)>,
    #[prop(into)] on_gone: Callback<()>,
) -> impl IntoView {
    let board = use_board().0;
    let session = use_session();
    let done = notices::speaker();
    let delete = move |(group, _): (GroupRow, bool)| {
        let group_id = group.group_id.clone();
        asked
            .errand()
            .run(async move { api::delete(&group_id).await }, move |answer| {
                asked.close();
                board.put(answer);
                done.run(say::group_deleted(&group.name));
                session.refresh();
                // The button that was pressed is gone with its row.
                navigation::focus_in_place("groups");
                on_gone.run(());
            });
    };
    view! {
        <Confirm
            asked
            title=|(group, _): &(GroupRow, bool)| say::delete_question(&group.name)
            words=|(group, is_guest_group): &(GroupRow, bool)| say::delete_words(group, *is_guest_group)
            action=say::DELETE_GROUP
            on_yes=delete
        />
    }
}
