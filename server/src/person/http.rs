//! What an admin does with people: looks through them.

use super::store::{PeopleKind, list_people};
use crate::{
    app::App,
    error::Refusal,
    group::http::{PageAsked, PeopleQuery},
    http::{answer::Answer, page::Asked},
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    group::{AdminPeoplePage, PersonRow},
    problem::ProblemCode,
};
use std::sync::Arc;

/// Which people.
#[derive(Deserialize)]
pub struct KindQuery {
    of: Option<String>,
}

/// `GET /api/admin/people`.
pub async fn list_everybody(
    State(app): State<Arc<App>>,
    Asked(KindQuery { of }): Asked<KindQuery>,
    Asked(query): Asked<PeopleQuery>,
) -> Result<Answer<AdminPeoplePage>, Refusal> {
    let policy = app.policy();
    let kind = kind(of.as_deref())?;
    let page = PageAsked::read(&query, &policy)?;
    let mut connection = app.database.read().await?;
    let mut people = list_people(&mut connection, kind, page.asked(true)).await?;
    let cursor = page.cut(&mut people, &policy, |row: &PersonRow| &row.person_id);
    Ok(Answer::ok(AdminPeoplePage { people, cursor }))
}

/// **Errors**: `out_of_range` for a list that there is not.
fn kind(asked: Option<&str>) -> Result<PeopleKind, ProblemCode> {
    match asked {
        None | Some("users") => Ok(PeopleKind::Users),
        Some("guests") => Ok(PeopleKind::Guests),
        Some(_) => Err(ProblemCode::OutOfRange),
    }
}
