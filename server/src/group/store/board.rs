//! Groups, permissions and members as admins see and change them.

use super::{Group, Source, read_group};
use crate::{
    database::AnyConnection,
    person::store::{PeopleAsked, people_asked, person_columns, read_person_row},
};
use shared::{
    group::{MemberRow, PermissionPair},
    ids::{GroupId, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// **Shape**: all groups by name.
pub async fn list_groups(connection: &mut AnyConnection) -> Result<Vec<Group>, Error> {
    let rows = sqlx::query(
        "select
            g.group_id, g.group_name, g.created_at,
            (
                select count(*)
                from group_member m
                join person p on p.person_id = m.person_id
                where m.group_id = g.group_id and p.disabled_at is null
            ) as people
        from user_group g
        order by lower(g.group_name), g.group_id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_group).collect()
}

/// **Shape**: all pairs that may chat with each other.
pub async fn list_permissions(
    connection: &mut AnyConnection,
) -> Result<Vec<PermissionPair>, Error> {
    let rows = sqlx::query(
        "select group_id, other_group_id
        from group_permission
        order by group_id, other_group_id",
    )
    .fetch_all(connection)
    .await?;
    let group = |row: &AnyRow, column: &str| {
        GroupId::parse(&row.try_get::<String, _>(column)?)
            .ok_or_else(|| Error::Decode("a column of ids holds no id".into()))
    };
    rows.iter()
        .map(|row| {
            Ok(PermissionPair {
                group_id: group(row, "group_id")?,
                other_group_id: group(row, "other_group_id")?,
            })
        })
        .collect()
}

/// Lets people of two groups chat with each other. `false`: they may already.
pub async fn insert_permission(
    connection: &mut AnyConnection,
    pair: &PermissionPair,
    now: Time,
) -> Result<bool, Error> {
    let inserted = sqlx::query(
        "insert into group_permission (group_id, other_group_id, created_at)
        values ($1, $2, $3)
        on conflict (group_id, other_group_id) do nothing",
    )
    .bind(pair.group_id.as_str())
    .bind(pair.other_group_id.as_str())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// Takes it back. `false`: they might not.
pub async fn delete_permission(
    connection: &mut AnyConnection,
    pair: &PermissionPair,
) -> Result<bool, Error> {
    let deleted =
        sqlx::query("delete from group_permission where group_id = $1 and other_group_id = $2")
            .bind(pair.group_id.as_str())
            .bind(pair.other_group_id.as_str())
            .execute(connection)
            .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Tells one state of memberships and permissions from another, without holding them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupsMark {
    members: i64,
    last_joined_at: i64,
    permissions: i64,
    last_permitted_at: i64,
}

/// Whoever joins is later than everybody before, whoever leaves makes them fewer; with permissions likewise.
pub async fn find_groups_mark(connection: &mut AnyConnection) -> Result<GroupsMark, Error> {
    let row = sqlx::query(
        "select m.members, m.last_joined_at, x.permissions, x.last_permitted_at
        from (
            select count(*) as members, coalesce(max(joined_at), 0) as last_joined_at from group_member
        ) as m
        cross join (
            select count(*) as permissions, coalesce(max(created_at), 0) as last_permitted_at from group_permission
        ) as x",
    )
    .fetch_one(connection)
    .await?;
    Ok(GroupsMark {
        members: row.try_get("members")?,
        last_joined_at: row.try_get("last_joined_at")?,
        permissions: row.try_get("permissions")?,
        last_permitted_at: row.try_get("last_permitted_at")?,
    })
}

/// A group's new name. `false`: it was called so already.
///
/// **Errors**: violates `user_group_name_unique` where the name is taken.
pub async fn update_group_name(
    connection: &mut AnyConnection,
    group_id: &GroupId,
    name: &str,
) -> Result<bool, Error> {
    let updated = sqlx::query(
        "update user_group
        set group_name = $2
        where group_id = $1 and group_name <> $2",
    )
    .bind(group_id.as_str())
    .bind(name)
    .execute(connection)
    .await?;
    Ok(updated.rows_affected() == 1)
}

/// **Shape**: everybody in a group, disabled ones too, by name, at most `limit`.
pub async fn list_member_rows(
    connection: &mut AnyConnection,
    group_id: &GroupId,
    asked: PeopleAsked<'_>,
) -> Result<Vec<MemberRow>, Error> {
    let statement = concat!(
        "select m.joined_at, m.source,",
        person_columns!(),
        "
        from group_member m
        join person p on p.person_id = m.person_id
        where m.group_id = $5",
        people_asked!()
    );
    let asked = asked.bound_to(statement).bind(group_id.as_str());
    let rows = asked.fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(MemberRow {
                person: read_person_row(row)?,
                joined_at: Time(row.try_get("joined_at")?),
                by_token: row.try_get::<String, _>("source")? == Source::Token.name(),
            })
        })
        .collect()
}
