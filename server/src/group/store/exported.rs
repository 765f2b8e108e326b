//! What somebody's export says of their groups.

use crate::{
    database::{AnyConnection, read_id},
    person::export::document::{GroupPart, PermissionPart, Stamp},
};
use shared::ids::PersonId;
use sqlx::{Error, Row};

/// **Shape**: the groups that somebody is in, the longest there first.
pub async fn list_group_parts(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<GroupPart>, Error> {
    let rows = sqlx::query(
        "select g.group_id, g.group_name, m.source, m.joined_at
        from group_member m
        join user_group g on g.group_id = m.group_id
        where m.person_id = $1
        order by m.joined_at, g.group_id",
    )
    .bind(person_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(GroupPart {
                group_id: read_id(row, "group_id")?,
                name: row.try_get("group_name")?,
                source: row.try_get("source")?,
                joined_at: Stamp::of(row.try_get("joined_at")?),
            })
        })
        .collect()
}

/// **Shape**: one of somebody's groups, and one whose people they may chat with for it; by name.
pub async fn list_permission_parts(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<PermissionPart>, Error> {
    let rows = sqlx::query(
        "select own.group_name as own_name, other.group_name as other_name
        from group_member m
        join group_permission x on x.group_id = m.group_id
        join user_group own on own.group_id = x.group_id
        join user_group other on other.group_id = x.other_group_id
        where m.person_id = $1
        union
        select own.group_name, other.group_name
        from group_member m
        join group_permission x on x.other_group_id = m.group_id
        join user_group own on own.group_id = x.other_group_id
        join user_group other on other.group_id = x.group_id
        where m.person_id = $1
        order by own_name, other_name",
    )
    .bind(person_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PermissionPart {
                group: row.try_get("own_name")?,
                other: row.try_get("other_name")?,
            })
        })
        .collect()
}
