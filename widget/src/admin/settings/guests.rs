//! User Groups and Guest Mode.
//!
//! The law: Guest Mode says what is missing before it can be turned on, and links to where that is mended.

use super::bind::bind;
use super::desk::{Desk, standing, use_desk};
use super::number::NumberField;
use crate::admin::sentences as say;
use crate::admin::ui::{Choice, ChoiceOption, FieldKind, Section, TextField, TextList, Toggle};
use leptos::prelude::*;
use shared::group::GroupRow;
use shared::problem::Field;
use shared::settings::GuestGroup;

const GROUPS_SCREEN: &str = "/admin/groups";

#[component]
pub fn UserGroups() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="user-groups" title=say::USER_GROUPS>
            <Toggle
                label=say::USER_GROUPS_SWITCH
                value=bind!(desk, user_groups)
                help=say::USER_GROUPS_HELP
                mistake=desk.mistake_at_once(Field::UserGroups)
            />
            <Toggle label=say::TOKEN_GROUPS value=bind!(desk, token_groups) help=say::TOKEN_GROUPS_HELP/>
            <p><a href=GROUPS_SCREEN>{say::MANAGE_GROUPS}</a></p>
        </Section>
    }
}

#[component]
pub fn GuestMode() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="guest-mode" title=say::GUEST_MODE help=say::GUEST_MODE_HELP>
            <Missing/>
            <Toggle
                label=say::GUEST_MODE_SWITCH
                value=bind!(desk, guest_mode)
                mistake=desk.mistake_at_once(Field::GuestMode)
            />
            <GroupField/>
            <div class="settings-pair">
                <NumberField
                    desk
                    field=Field::GuestIdleDays
                    label=say::GUEST_IDLE_DAYS
                    help=say::GUEST_IDLE_DAYS_HELP
                    value=bind!(desk, guest_idle_days)
                />
                <NumberField
                    desk
                    field=Field::GuestAbsoluteDays
                    label=say::GUEST_ABSOLUTE_DAYS
                    help=say::GUEST_ABSOLUTE_DAYS_HELP
                    value=bind!(desk, guest_absolute_days)
                />
            </div>
            <TextList
                label=say::RESERVED_NAMES
                entry=say::RESERVED_NAME
                add=say::ADD_NAME
                value=bind!(desk, reserved_names)
                help=say::RESERVED_NAMES_HELP
                mistakes=desk.entry_mistakes(Field::ReservedNames, |settings| &settings.reserved_names)
                mistake=desk.mistake(Field::ReservedNames)
                on_leave=desk.leaves(Field::ReservedNames)
            />
        </Section>
    }
}

/// What Guest Mode still needs: words, where it is mended, and what that is called.
type Need = (&'static str, String, &'static str);

/// **Shape**: in the order in which an admin mends them; empty: nothing is missing.
fn needs(desk: Desk) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    if !desk.settings(|settings| settings.user_groups.is_on()) {
        needs.push((
            say::NEEDS_USER_GROUPS,
            "/admin/settings#user-groups".into(),
            say::NEEDS_USER_GROUPS_LINK,
        ));
    }
    let chosen = desk.settings(|settings| settings.guest_group_id.clone());
    let groups = groups(desk);
    let choose = || {
        (
            "/admin/settings#guest-group".to_owned(),
            say::NEEDS_CHOICE_LINK,
        )
    };
    match standing(&groups, chosen.as_ref()) {
        GuestGroup::Staffed => {}
        GuestGroup::NotChosen if groups.is_empty() => needs.push((
            say::NEEDS_A_GROUP,
            GROUPS_SCREEN.into(),
            say::NEEDS_A_GROUP_LINK,
        )),
        GuestGroup::NotChosen => needs.push((say::NEEDS_CHOICE, choose().0, choose().1)),
        GuestGroup::Gone => needs.push((say::GROUP_IS_GONE, choose().0, choose().1)),
        GuestGroup::Empty => {
            let id = chosen.map(String::from).unwrap_or_default();
            let path = [GROUPS_SCREEN, "/", &id].concat();
            needs.push((say::NEEDS_PEOPLE, path, say::NEEDS_PEOPLE_LINK));
        }
    }
    needs
}

fn groups(desk: Desk) -> Vec<GroupRow> {
    desk.groups
        .value()
        .with(|board| board.as_ref().map(|board| board.groups.clone()))
        .unwrap_or_default()
}

#[component]
fn Missing() -> impl IntoView {
    let desk = use_desk();
    let is_known = move || desk.groups.value().with(Option::is_some);
    let lines = move || {
        let needs = needs(desk).into_iter();
        let lines =
            needs.map(|(words, path, link)| view! { <li>{words}" "<a href=path>{link}</a></li> });
        lines.collect_view()
    };
    view! {
        <Show when=move || is_known() && !needs(desk).is_empty()>
            <div class="settings-needs">
                <p>{say::GUEST_MODE_NEEDS}</p>
                <ul class="settings-needs-list">{lines}</ul>
            </div>
        </Show>
    }
}

/// The guest group: from the list, or by its id.
#[component]
fn GroupField() -> impl IntoView {
    let desk = use_desk();
    let is_typed = RwSignal::new(false);
    let options = Signal::derive(move || {
        let mut options = vec![ChoiceOption::new("", say::NO_GROUP)];
        let groups = groups(desk);
        let chosen = desk.group_text().get();
        let is_listed = groups.iter().any(|group| group.group_id.as_str() == chosen);
        options.extend(groups.iter().map(|group| {
            let id = group.group_id.as_str();
            ChoiceOption::new(id, say::group_choice(&group.name, group.people, id))
        }));
        if !is_listed && !chosen.is_empty() {
            options.push(ChoiceOption::new(chosen.clone(), chosen));
        }
        options
    });
    let field = move || match is_typed.get() {
        true => view! {
            <TextField
                label=say::GUEST_GROUP_ID
                kind=FieldKind::Code
                value=desk.group_text()
                help=say::GUEST_GROUP_HELP
                mistake=desk.mistake(Field::GuestGroupId)
                on_leave=desk.leaves(Field::GuestGroupId)
            />
        }
        .into_any(),
        false => view! {
            <Choice
                label=say::GUEST_GROUP_ID
                value=desk.group_text()
                options
                help=say::GUEST_GROUP_HELP
                mistake=desk.mistake_at_once(Field::GuestGroupId)
            />
        }
        .into_any(),
    };
    let other = move || match is_typed.get() {
        true => say::CHOOSE_GROUP,
        false => say::TYPE_GROUP_ID,
    };
    view! {
        <div class="settings-group" id="guest-group" tabindex="-1">
            {field}
            <button
                type="button"
                class="settings-switch"
                on:click=move |_| is_typed.update(|is_typed| *is_typed = !*is_typed)
            >
                {other}
            </button>
        </div>
    }
}
