//! Groups, their people, and their ticks.
//!
//! The law: one function per command; what is answered with the board answers the whole board.

use crate::admin::api;
use crate::net::path::with;
use crate::net::{Failure, Method};
use shared::group::{ChangePermission, GroupBoard, MemberPage, MemberRow, NameGroup};
use shared::ids::{GroupId, PersonId};

const GROUPS: &str = "/api/admin/groups";

pub async fn board() -> Result<GroupBoard, Failure> {
    api::get(GROUPS).await
}

pub async fn create(name: String) -> Result<GroupBoard, Failure> {
    api::post(GROUPS, &NameGroup { name }).await
}

pub async fn rename(group_id: &GroupId, name: String) -> Result<GroupBoard, Failure> {
    api::put(&of(group_id, ""), &NameGroup { name }).await
}

pub async fn delete(group_id: &GroupId) -> Result<GroupBoard, Failure> {
    api::delete(&of(group_id, "")).await
}

pub async fn change_permission(change: &ChangePermission) -> Result<GroupBoard, Failure> {
    api::put("/api/admin/permissions", change).await
}

pub async fn members(
    group_id: GroupId,
    search: Option<String>,
    cursor: Option<String>,
) -> Result<(Vec<MemberRow>, Option<String>), Failure> {
    let parameters = [("search", search), ("cursor", cursor)];
    let page: MemberPage = api::get(&with(&of(&group_id, "/members"), &parameters)).await?;
    Ok((page.members, page.cursor))
}

pub async fn put_in(group_id: &GroupId, person_id: &PersonId) -> Result<(), Failure> {
    api::order(Method::Put, &member(group_id, person_id)).await
}

pub async fn take_out(group_id: &GroupId, person_id: &PersonId) -> Result<(), Failure> {
    api::order(Method::Delete, &member(group_id, person_id)).await
}

fn of(group_id: &GroupId, rest: &str) -> String {
    [GROUPS, "/", group_id.as_str(), rest].concat()
}

fn member(group_id: &GroupId, person_id: &PersonId) -> String {
    of(group_id, &["/members/", person_id.as_str()].concat())
}
