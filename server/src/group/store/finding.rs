//! Whom somebody finds: groups and people, as far as SQL can narrow them down.
//!
//! The law: what is read here is decided about by `shared::group::permission`; a row that the rule refuses is dropped.

use super::{Group, read_group};
use crate::{
    conversation::store::{read_groups, read_pairs},
    database::{AnyConnection, find_id, read_id},
    group::rules::Finder,
    person::store::{PeopleAsked, people_asked},
};
use shared::{
    group::{Peer, PeerRow, permission::Permissions},
    identity::Face,
    ids::{GroupId, PersonId},
    settings::Switch,
};
use sqlx::{Error, Row, any::AnyRow};

/// Somebody who looks for others: their powers, their groups, and what these are joined with. `None`: not there.
pub async fn find_finder(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    user_groups: Switch,
) -> Result<Option<Finder>, Error> {
    let row = sqlx::query(
        "select
            p.admin_since,
            (select string_agg(o.group_id, ' ') from group_member o where o.person_id = p.person_id) as own_groups,
            (
                select string_agg(j.group_id || ' ' || j.other_group_id, ' ')
                from (
                    select x.group_id, x.other_group_id
                    from group_member o
                    join group_permission x on x.group_id = o.group_id
                    where o.person_id = $1
                    union
                    select x.group_id, x.other_group_id
                    from group_member o
                    join group_permission x on x.other_group_id = o.group_id
                    where o.person_id = $1
                ) as j
            ) as joined_groups
        from person p
        where p.person_id = $1 and p.kind = 'user' and p.disabled_at is null",
    )
    .bind(person_id.as_str())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Finder {
        user_groups,
        is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
        groups: read_groups(&row, "own_groups")?,
        permissions: Permissions::new(read_pairs(&row, "joined_groups")?),
    }))
}

/// **Shape**: groups that are joined with one of this person's, for an admin all; by name, at most `limits::GROUPS`.
/// `people` is without the person themself.
pub async fn list_reachable_groups(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    finder: &Finder,
) -> Result<Vec<Group>, Error> {
    let rows = sqlx::query(
        "with reach as (
            select x.other_group_id as group_id
            from group_member o
            join group_permission x on x.group_id = o.group_id
            where o.person_id = $1
            union
            select x.group_id
            from group_member o
            join group_permission x on x.other_group_id = o.group_id
            where o.person_id = $1
        )
        select
            g.group_id, g.group_name, g.created_at,
            (
                select count(*)
                from group_member m
                join person p on p.person_id = m.person_id
                where m.group_id = g.group_id and p.disabled_at is null and m.person_id <> $1
            ) as people
        from user_group g
        where $2 = 1 or g.group_id in (select group_id from reach)
        order by lower(g.group_name), g.group_id
        limit 200",
    )
    .bind(person_id.as_str())
    .bind(i64::from(finder.is_admin))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_group).collect()
}

/// Somebody who may be found, with what the rule wants to know about them.
pub struct Findable {
    pub row: PeerRow,
    pub is_admin: bool,
    pub groups: Vec<GroupId>,
}

// Of the person `p`, for `read_findable`; `$5` is who looks.
macro_rules! findable_columns {
    () => {
        "
        p.person_id, p.display_name, p.email_as_typed, p.admin_since,
        (select string_agg(o.group_id, ' ') from group_member o where o.person_id = p.person_id) as their_groups,
        (
            select c.conversation_id
            from conversation c
            where c.pair = case
                when p.person_id < cast($5 as text) then p.person_id || ' ' || cast($5 as text)
                else cast($5 as text) || ' ' || p.person_id
            end
        ) as conversation_id"
    };
}

/// **Shape**: users of a group without the asker and without disabled ones, by name, at most `limit`.
pub async fn list_people_of_group(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    group_id: &GroupId,
    asked: PeopleAsked<'_>,
) -> Result<Vec<Findable>, Error> {
    let statement = concat!(
        "select",
        findable_columns!(),
        "
        from group_member m
        join person p on p.person_id = m.person_id
        where m.group_id = $6
            and p.kind = 'user' and p.disabled_at is null and p.person_id <> cast($5 as text)",
        people_asked!()
    );
    let asked = asked.bound_to(statement).bind(person_id.as_str());
    let rows = asked.bind(group_id.as_str()).fetch_all(connection).await?;
    rows.iter().map(read_findable).collect()
}

/// **Shape**: users of all groups that are joined with one of the asker's, for an admin all users; otherwise as
/// [`list_people_of_group`], each once.
pub async fn list_reachable_people(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    finder: &Finder,
    asked: PeopleAsked<'_>,
) -> Result<Vec<Findable>, Error> {
    let statement = concat!(
        "with reach as (
            select x.other_group_id as group_id
            from group_member o
            join group_permission x on x.group_id = o.group_id
            where o.person_id = cast($5 as text)
            union
            select x.group_id
            from group_member o
            join group_permission x on x.other_group_id = o.group_id
            where o.person_id = cast($5 as text)
        )
        select",
        findable_columns!(),
        "
        from person p
        where p.kind = 'user' and p.disabled_at is null and p.person_id <> cast($5 as text)
            and (
                $6 = 1
                or exists (
                    select 1
                    from group_member m
                    where m.person_id = p.person_id and m.group_id in (select group_id from reach)
                )
            )",
        people_asked!()
    );
    let asked = asked.bound_to(statement).bind(person_id.as_str());
    let rows = asked
        .bind(i64::from(finder.is_admin))
        .fetch_all(connection)
        .await?;
    rows.iter().map(read_findable).collect()
}

fn read_findable(row: &AnyRow) -> Result<Findable, Error> {
    Ok(Findable {
        row: PeerRow {
            peer: Peer {
                face: Face {
                    person_id: read_id(row, "person_id")?,
                    name: row.try_get("display_name")?,
                    picture: None,
                },
                email: row.try_get("email_as_typed")?,
            },
            conversation_id: find_id(row, "conversation_id")?,
        },
        is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
        groups: read_groups(row, "their_groups")?,
    })
}
