//! People, what they may do, and how somebody new comes in.
//!
//! The law: one function per command.

use crate::admin::api;
use crate::net::path::with;
use crate::net::{self, Failure, Method};
use shared::account::{
    ChangePowers, Invitation, InvitationList, InvitationMade, Invite, PersonShown,
};
use shared::group::{AdminPeoplePage, PersonRow};
use shared::ids::PersonId;

const PEOPLE: &str = "/api/admin/people";
const INVITATIONS: &str = "/api/admin/invitations";

/// `of`: `users` or `guests`.
pub async fn people(
    of: String,
    search: Option<String>,
    cursor: Option<String>,
) -> Result<(Vec<PersonRow>, Option<String>), Failure> {
    let parameters = [("of", Some(of)), ("search", search), ("cursor", cursor)];
    let page: AdminPeoplePage = api::get(&with(PEOPLE, &parameters)).await?;
    Ok((page.people, page.cursor))
}

pub async fn person(person_id: PersonId) -> Result<PersonShown, Failure> {
    api::get(&of(&person_id, "")).await
}

pub async fn change_powers(
    person_id: &PersonId,
    powers: ChangePowers,
) -> Result<PersonRow, Failure> {
    api::put(&of(person_id, "/powers"), &powers).await
}

/// The link is answered once and never again.
pub async fn make_password_link(person_id: &PersonId) -> Result<InvitationMade, Failure> {
    net::call(Method::Post, &of(person_id, "/password-link"), None).await
}

pub async fn sign_out_everywhere(person_id: &PersonId) -> Result<(), Failure> {
    api::order(Method::Delete, &of(person_id, "/sessions")).await
}

/// Everything about somebody, as a file named by their id alone.
pub async fn export(person_id: &PersonId) -> Result<(), Failure> {
    let name = ["porchlight-person-", person_id.as_str(), ".json"].concat();
    api::download(&of(person_id, "/export"), &name).await
}

/// For ever.
pub async fn erase(person_id: &PersonId) -> Result<(), Failure> {
    api::order(Method::Post, &of(person_id, "/erase")).await
}

pub async fn invite(invite: Invite) -> Result<InvitationMade, Failure> {
    api::post(INVITATIONS, &invite).await
}

pub async fn invitations() -> Result<InvitationList, Failure> {
    api::get(INVITATIONS).await
}

pub async fn revoke(invitation: &Invitation) -> Result<(), Failure> {
    let path = [INVITATIONS, "/", invitation.invitation_id.as_str()].concat();
    api::order(Method::Delete, &path).await
}

fn of(person_id: &PersonId, rest: &str) -> String {
    [PEOPLE, "/", person_id.as_str(), rest].concat()
}
