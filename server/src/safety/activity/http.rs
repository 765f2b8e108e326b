//! What an admin does with *Activity*: reads it.

use super::store::{self, ListedLine};
use crate::{
    app::App,
    database::AnyConnection,
    error::Refusal,
    http::{
        answer::Answer,
        older::{Older, OlderQuery},
        page::Asked,
    },
    safety::store::Moment,
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    ids::PersonId,
    problem::ProblemCode,
    safety::{Action, ActivityPage},
};
use std::{collections::HashMap, sync::Arc};

/// Which lines.
#[derive(Deserialize)]
pub struct ActivityQuery {
    action: Option<String>,
}

/// `GET /api/admin/activity`.
///
/// **Errors**: `out_of_range` for a word that no line has.
pub async fn show_activity(
    State(app): State<Arc<App>>,
    Asked(ActivityQuery { action }): Asked<ActivityQuery>,
    Asked(query): Asked<OlderQuery>,
) -> Result<Answer<ActivityPage>, Refusal> {
    let policy = app.policy();
    let known = |word: &str| Action::parse(word).ok_or(ProblemCode::OutOfRange);
    let action = action.as_deref().map(known).transpose()?;
    let page = Older::read("activity", &query, &policy)?;
    let mut snapshot = app.database.snapshot().await?;
    let mut lines = store::list_audit(&mut snapshot, action, &page.below, page.limit()).await?;
    let cursor = page.cut(&mut lines, &policy, |listed| Moment {
        at: listed.line.at,
        id: listed.audit_id.clone(),
    });
    name_particulars(&mut snapshot, &mut lines).await?;
    let lines = lines.into_iter().map(|listed| listed.line).collect();
    Ok(Answer::ok(ActivityPage { lines, cursor }))
}

/// Puts names where particulars hold ids of people and groups. A page has few different ones.
async fn name_particulars(
    connection: &mut AnyConnection,
    lines: &mut [ListedLine],
) -> Result<(), Refusal> {
    let mut names: HashMap<String, Option<String>> = HashMap::new();
    let values = lines
        .iter_mut()
        .flat_map(|listed| &mut listed.line.particulars)
        .map(|(_, value)| value);
    // Ids of all kinds are written alike.
    for value in values.filter(|value| PersonId::parse(value).is_some()) {
        let name = match names.get(value) {
            Some(known) => known.clone(),
            None => {
                let found = store::find_name(connection, value).await?;
                names.entry(value.clone()).or_insert(found).clone()
            }
        };
        if let Some(name) = name {
            *value = name;
        }
    }
    Ok(())
}
