//! People as admins see them, in pages.
//!
//! The law: a page is reached by its place, never by counting from the start.

use super::super::search::{Search, pattern};
use crate::{
    conversation::store::read_groups,
    database::{AnyConnection, read_id},
};
use shared::{
    group::PersonRow,
    ids::{PersonId, Time},
};
use sqlx::{
    Any, Error, Row,
    any::{AnyArguments, AnyRow},
    query::Query,
};

// Of the person `p`, for `read_person_row`.
macro_rules! person_columns {
    () => {
        "
        p.person_id, p.kind as person_kind, p.display_name, p.email_as_typed, p.external_id, p.admin_since,
        p.disabled_at, p.created_at,
        case when exists (select 1 from account a where a.person_id = p.person_id) then 1 else 0 end as has_account,
        (select string_agg(o.group_id, ' ') from group_member o where o.person_id = p.person_id) as person_groups"
    };
}
pub(crate) use person_columns;

// Of the person `p`: who comes after the page before and fits what is searched for. The first four places of a
// statement are `PeopleAsked`'s, in the order of `PeopleAsked::bound_to`.
macro_rules! people_asked {
    () => {
        "
            and (p.search_name, p.person_id) > (
                coalesce((select f.search_name from person f where f.person_id = cast($1 as text)), ''),
                coalesce(cast($1 as text), '')
            )
            and (
                p.search_name like $2 escape '!'
                or ($3 = 1 and lower(coalesce(p.email_as_typed, '')) like $2 escape '!')
            )
        order by p.search_name, p.person_id
        limit $4"
    };
}
pub(crate) use people_asked;

/// A page of people, by name.
#[derive(Clone, Copy)]
pub struct PeopleAsked<'a> {
    pub search: Option<&'a Search>,
    /// Whether addresses are looked at too.
    pub with_addresses: bool,
    /// The last of the page before.
    pub after: Option<&'a PersonId>,
    pub limit: u32,
}

impl PeopleAsked<'_> {
    /// A statement that ends with `people_asked!`, with its first four places filled.
    pub fn bound_to<'q>(&self, statement: &'static str) -> Query<'q, Any, AnyArguments> {
        sqlx::query(statement)
            .bind(self.after.map(|after| after.as_str().to_owned()))
            .bind(pattern(self.search))
            .bind(i64::from(self.with_addresses))
            .bind(i64::from(self.limit))
    }
}

/// Whom a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleKind {
    Users,
    Guests,
}

/// **Shape**: by name, at most `limit`; disabled ones too, erased ones never.
pub async fn list_people(
    connection: &mut AnyConnection,
    kind: PeopleKind,
    asked: PeopleAsked<'_>,
) -> Result<Vec<PersonRow>, Error> {
    let statement = concat!(
        "select",
        person_columns!(),
        "
        from person p
        where p.kind = $5
            and p.erased_at is null",
        people_asked!()
    );
    let kind = match kind {
        PeopleKind::Users => "user",
        PeopleKind::Guests => "guest",
    };
    let asked = asked.bound_to(statement).bind(kind);
    let rows = asked.fetch_all(connection).await?;
    rows.iter().map(read_person_row).collect()
}

/// One person. Whoever was erased is nobody any more.
pub async fn find_person_row(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Option<PersonRow>, Error> {
    let row = sqlx::query(concat!(
        "select",
        person_columns!(),
        "
        from person p
        where p.person_id = $1 and p.erased_at is null"
    ))
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_person_row).transpose()
}

pub(crate) fn read_person_row(row: &AnyRow) -> Result<PersonRow, Error> {
    let is_there = |column| Ok::<_, Error>(row.try_get::<Option<i64>, _>(column)?.is_some());
    Ok(PersonRow {
        person_id: read_id(row, "person_id")?,
        name: row.try_get("display_name")?,
        email: row.try_get("email_as_typed")?,
        is_guest: row.try_get::<String, _>("person_kind")? == "guest",
        is_admin: is_there("admin_since")?,
        is_disabled: is_there("disabled_at")?,
        has_account: row.try_get::<i64, _>("has_account")? == 1,
        external_id: row.try_get("external_id")?,
        groups: read_groups(row, "person_groups")?,
        created_at: Time(row.try_get("created_at")?),
    })
}
