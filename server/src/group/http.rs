//! What a user does with groups: looks whom they may chat with.
//!
//! The law: whoever may not be found is not there; a guest finds nobody at all.

use super::{
    rules::Finder,
    store::{self, Findable},
};
use crate::{
    app::App,
    error::Refusal,
    http::{
        answer::Answer,
        page::{Asked, after_person, limit, person_cursor},
        path::Named,
    },
    identity::caller::Known,
    person::{search::Search, store::PeopleAsked},
    policy::Policy,
};
use axum::extract::State;
use serde::Deserialize;
use shared::{
    group::{ChatGroup, GroupList, PeerRow, PeoplePage},
    ids::{GroupId, PersonId},
    problem::{Problem, ProblemCode},
};
use std::sync::Arc;

/// `GET /api/groups`.
pub async fn show_groups(
    State(app): State<Arc<App>>,
    known: Known,
) -> Result<Answer<GroupList>, Refusal> {
    let user_groups = app.policy().settings.user_groups;
    let mut snapshot = app.database.snapshot().await?;
    let finder = store::find_finder(&mut snapshot, &known.person_id, user_groups)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let reachable = store::list_reachable_groups(&mut snapshot, &known.person_id, &finder).await?;
    let groups = reachable
        .into_iter()
        .filter(|group| finder.sees(&group.group_id))
        .map(|group| ChatGroup {
            group_id: group.group_id,
            name: group.name,
            people: u32::try_from(group.people).unwrap_or(u32::MAX),
        })
        .collect();
    Ok(Answer::ok(GroupList { groups }))
}

/// Which page of which people.
#[derive(Deserialize)]
pub struct PeopleQuery {
    search: Option<String>,
    cursor: Option<String>,
    limit: Option<String>,
}

/// A query that was read.
pub(crate) struct PageAsked {
    search: Option<Search>,
    after: Option<PersonId>,
    pub rows: u32,
}

impl PageAsked {
    /// **Errors**: those of [`limit`], [`after_person`] and [`Search::parse`].
    pub fn read(query: &PeopleQuery, policy: &Policy) -> Result<Self, Problem> {
        Ok(Self {
            rows: limit(query.limit.as_deref(), policy.settings.page_size)?,
            after: after_person(&policy.site_id, query.cursor.as_deref())?,
            search: Search::parse(query.search.as_deref())?,
        })
    }

    /// One more than is shown says whether there is another page.
    pub fn asked(&self, with_addresses: bool) -> PeopleAsked<'_> {
        PeopleAsked {
            search: self.search.as_ref(),
            with_addresses,
            after: self.after.as_ref(),
            limit: self.rows + 1,
        }
    }

    /// Cuts a page to its length, and says where the next one begins, if there is one.
    pub fn cut<Row>(
        &self,
        rows: &mut Vec<Row>,
        policy: &Policy,
        person_id: impl Fn(&Row) -> &PersonId,
    ) -> Option<String> {
        if rows.len() <= self.rows as usize {
            return None;
        }
        rows.truncate(self.rows as usize);
        rows.last()
            .map(|last| person_cursor(&policy.site_id, person_id(last)))
    }
}

/// `GET /api/groups/{id}/people`.
pub async fn show_people_of_group(
    State(app): State<Arc<App>>,
    known: Known,
    Named(group_id): Named<GroupId>,
    Asked(query): Asked<PeopleQuery>,
) -> Result<Answer<PeoplePage>, Refusal> {
    let policy = app.policy();
    let page = PageAsked::read(&query, &policy)?;
    let mut snapshot = app.database.snapshot().await?;
    let finder =
        store::find_finder(&mut snapshot, &known.person_id, policy.settings.user_groups).await?;
    let finder = finder
        .filter(|finder| finder.sees(&group_id))
        .ok_or(ProblemCode::NotFound)?;
    if !store::has_group(&mut snapshot, &group_id).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let asked = page.asked(policy.settings.show_addresses.is_on());
    let found =
        store::list_people_of_group(&mut snapshot, &known.person_id, &group_id, asked).await?;
    Ok(Answer::ok(people(&policy, &finder, &page, found)))
}

/// `GET /api/people`: over all groups that the caller may chat with.
pub async fn search_people(
    State(app): State<Arc<App>>,
    known: Known,
    Asked(query): Asked<PeopleQuery>,
) -> Result<Answer<PeoplePage>, Refusal> {
    let policy = app.policy();
    let page = PageAsked::read(&query, &policy)?;
    let mut snapshot = app.database.snapshot().await?;
    let finder = store::find_finder(&mut snapshot, &known.person_id, policy.settings.user_groups)
        .await?
        .ok_or(ProblemCode::NotFound)?;
    let asked = page.asked(policy.settings.show_addresses.is_on());
    let found =
        store::list_reachable_people(&mut snapshot, &known.person_id, &finder, asked).await?;
    Ok(Answer::ok(people(&policy, &finder, &page, found)))
}

/// A page of those whom the rule lets the finder find, each with what they may know of them.
fn people(
    policy: &Policy,
    finder: &Finder,
    page: &PageAsked,
    mut found: Vec<Findable>,
) -> PeoplePage {
    let cursor = page.cut(&mut found, policy, |findable| {
        &findable.row.peer.face.person_id
    });
    let shows_addresses = policy.settings.show_addresses.is_on();
    let shown = |findable: Findable| {
        let mut row: PeerRow = findable.row;
        row.peer.email = row.peer.email.filter(|_| shows_addresses);
        row
    };
    let people = found
        .into_iter()
        .filter(|findable| finder.finds(findable.is_admin, &findable.groups))
        .map(shown)
        .collect();
    PeoplePage { people, cursor }
}
