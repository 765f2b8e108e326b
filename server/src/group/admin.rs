//! What an admin does with groups: names them, fills them, and says which may chat with which.
//!
//! The law: every change answers with everything about groups as it stands then, and bites at once.

use super::{
    change::{self, GroupFault},
    http::{PageAsked, PeopleQuery},
    store,
};
use crate::{
    app::App,
    database::AnyConnection,
    error::Refusal,
    http::{
        answer::Answer,
        command::Command,
        page::Asked,
        path::{Named, NamedBoth},
    },
    identity::caller::Known,
    policy::Policy,
};
use axum::{extract::State, http::StatusCode};
use shared::{
    group::{
        ChangePermission, GroupBoard, GroupRow, MemberPage, MemberRow, NameGroup, PermissionPair,
    },
    ids::{GroupId, PersonId},
    problem::{Field, Problem, ProblemCode},
    settings::Switch,
};
use std::sync::Arc;

/// `GET /api/admin/groups`.
pub async fn show_board(State(app): State<Arc<App>>) -> Result<Answer<GroupBoard>, Refusal> {
    let mut snapshot = app.database.snapshot().await?;
    Ok(Answer::ok(board(&mut snapshot, &app.policy()).await?))
}

async fn board(connection: &mut AnyConnection, policy: &Policy) -> Result<GroupBoard, Refusal> {
    let row = |group: store::Group| GroupRow {
        group_id: group.group_id,
        name: group.name,
        people: u32::try_from(group.people).unwrap_or(u32::MAX),
        created_at: group.created_at,
    };
    Ok(GroupBoard {
        groups: store::list_groups(connection)
            .await?
            .into_iter()
            .map(row)
            .collect(),
        permissions: store::list_permissions(connection).await?,
        user_groups: policy.settings.user_groups,
        guest_group_id: policy.settings.guest_group_id.clone(),
    })
}

/// After a change: it bites, and this is how things stand.
async fn changed(app: &App, outcome: Result<(), Problem>) -> Result<Answer<GroupBoard>, Refusal> {
    outcome?;
    app.policy_changed().await?;
    let mut snapshot = app.database.snapshot().await?;
    Ok(Answer::ok(board(&mut snapshot, &app.policy()).await?))
}

/// `POST /api/admin/groups`.
pub async fn create_group(
    State(app): State<Arc<App>>,
    known: Known,
    Command(NameGroup { name }): Command<NameGroup>,
) -> Result<Answer<GroupBoard>, Refusal> {
    let done = app
        .writer
        .run((app.by(&known.person_id), name), |tx, (by, name)| {
            Box::pin(change::create_group(tx, by, name))
        })
        .await?;
    changed(&app, done.map(|_| ()).map_err(not_there)).await
}

/// `PUT /api/admin/groups/{id}`.
pub async fn rename_group(
    State(app): State<Arc<App>>,
    known: Known,
    Named(group_id): Named<GroupId>,
    Command(NameGroup { name }): Command<NameGroup>,
) -> Result<Answer<GroupBoard>, Refusal> {
    let done = app
        .writer
        .run(
            (app.by(&known.person_id), group_id, name),
            |tx, (by, group_id, name)| Box::pin(change::rename_group(tx, by, group_id, name)),
        )
        .await?;
    changed(&app, done.map_err(not_there)).await
}

/// `DELETE /api/admin/groups/{id}`.
pub async fn delete_group(
    State(app): State<Arc<App>>,
    known: Known,
    Named(group_id): Named<GroupId>,
) -> Result<Answer<GroupBoard>, Refusal> {
    let done = app
        .writer
        .run(
            (app.by(&known.person_id), group_id),
            |tx, (by, group_id)| Box::pin(change::delete_group(tx, by, group_id.as_str())),
        )
        .await?;
    changed(&app, done.map(|_| ()).map_err(not_there)).await
}

/// `PUT /api/admin/permissions`.
pub async fn change_permission(
    State(app): State<Arc<App>>,
    known: Known,
    Command(command): Command<ChangePermission>,
) -> Result<Answer<GroupBoard>, Refusal> {
    let pair = PermissionPair::of(command.group_id, command.other_group_id);
    let done = app
        .writer
        .run(
            (app.by(&known.person_id), pair, command.allowed),
            |tx, (by, pair, allowed)| Box::pin(change::set_permission(tx, by, pair, *allowed)),
        )
        .await?;
    changed(&app, done.map_err(not_named)).await
}

/// `GET /api/admin/groups/{id}/members`.
pub async fn show_members(
    State(app): State<Arc<App>>,
    Named(group_id): Named<GroupId>,
    Asked(query): Asked<PeopleQuery>,
) -> Result<Answer<MemberPage>, Refusal> {
    let policy = app.policy();
    let page = PageAsked::read(&query, &policy)?;
    let mut snapshot = app.database.snapshot().await?;
    if !store::has_group(&mut snapshot, &group_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let mut members = store::list_member_rows(&mut snapshot, &group_id, page.asked(true)).await?;
    let cursor = page.cut(&mut members, &policy, |row: &MemberRow| {
        &row.person.person_id
    });
    Ok(Answer::ok(MemberPage { members, cursor }))
}

/// `PUT /api/admin/groups/{id}/members/{person_id}`.
pub async fn put_member_in(
    State(app): State<Arc<App>>,
    known: Known,
    NamedBoth(group_id, person_id): NamedBoth<GroupId, PersonId>,
) -> Result<StatusCode, Refusal> {
    change_member(&app, &known, group_id, person_id, Switch::On).await
}

/// `DELETE /api/admin/groups/{id}/members/{person_id}`.
pub async fn take_member_out(
    State(app): State<Arc<App>>,
    known: Known,
    NamedBoth(group_id, person_id): NamedBoth<GroupId, PersonId>,
) -> Result<StatusCode, Refusal> {
    change_member(&app, &known, group_id, person_id, Switch::Off).await
}

async fn change_member(
    app: &App,
    known: &Known,
    group_id: GroupId,
    person_id: PersonId,
    inside: Switch,
) -> Result<StatusCode, Refusal> {
    let input = (app.by(&known.person_id), group_id, person_id, inside);
    let done = app
        .writer
        .run(input, |tx, (by, group_id, person_id, inside)| {
            Box::pin(change::set_member(tx, by, group_id, person_id, *inside))
        })
        .await?;
    done.map_err(not_there)?;
    app.policy_changed().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where the path names the group.
fn not_there(fault: GroupFault) -> Problem {
    match fault {
        GroupFault::NoSuchGroup | GroupFault::Person(_) => ProblemCode::NotFound.into(),
        GroupFault::Name(code) => Problem::about(code, Field::Name),
        GroupFault::NameTaken => Problem::about(ProblemCode::NameTaken, Field::Name),
        GroupFault::TooMany => Problem::about(ProblemCode::TooMany, Field::Name),
    }
}

/// Where the command names it.
fn not_named(fault: GroupFault) -> Problem {
    match fault {
        GroupFault::NoSuchGroup => Problem::about(ProblemCode::NoSuchGroup, Field::GroupId),
        other => not_there(other),
    }
}
