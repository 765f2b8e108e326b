//! Questions about groups and people, one function each.

use super::finding::Question;
use crate::net::path::with;
use crate::net::{Failure, Method, call};
use shared::group::{GroupList, PeoplePage};

/// The groups that the caller may chat with.
pub async fn list_groups() -> Result<GroupList, Failure> {
    call(Method::Get, "/api/groups", None).await
}

/// People of one group, or of all; one page.
pub async fn list_people(
    question: &Question,
    cursor: Option<String>,
) -> Result<PeoplePage, Failure> {
    let path = match &question.group_id {
        Some(group_id) => ["/api/groups/", group_id.as_str(), "/people"].concat(),
        None => "/api/people".into(),
    };
    let parameters = [("search", question.search.clone()), ("cursor", cursor)];
    call(Method::Get, &with(&path, &parameters), None).await
}
