//! How the server keeps user groups and who is in them.
//!
//! The law: a membership remembers who said so. What a token brought, a token may take; what an admin did, it may not.

/// As admins see and change them.
mod board;
/// What somebody's export says of their groups.
mod exported;
/// Whom somebody finds.
mod finding;

pub use board::{
    GroupsMark, delete_permission, find_groups_mark, insert_permission, list_groups,
    list_member_rows, list_permissions, update_group_name,
};
pub use exported::{list_group_parts, list_permission_parts};
pub use finding::{
    Findable, find_finder, list_people_of_group, list_reachable_groups, list_reachable_people,
};

use crate::database::{AnyConnection, read_id};
use shared::ids::{GroupId, PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// A row of `user_group`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub group_id: GroupId,
    pub name: String,
    /// People in it who are not disabled.
    pub people: i64,
    pub created_at: Time,
}

/// Somebody in a group.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    pub person_id: PersonId,
    /// Read along from `person`, so that a group of many costs one statement.
    pub name: String,
    pub joined_at: Time,
}

/// Who put somebody into a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An admin.
    Manual,
    /// The identity token's groups.
    Token,
}

impl Source {
    const fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Token => "token",
        }
    }
}

/// Whether there is a group of this id.
pub async fn has_group(connection: &mut AnyConnection, group_id: &GroupId) -> Result<bool, Error> {
    let row = sqlx::query("select group_id from user_group where group_id = $1")
        .bind(group_id.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// The group that somebody means: by id, or by name.
pub async fn find_group(
    connection: &mut AnyConnection,
    id_or_name: &str,
) -> Result<Option<GroupId>, Error> {
    let row = sqlx::query("select group_id from user_group where group_id = $1 or group_name = $1")
        .bind(id_or_name)
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(read_group_id).transpose()
}

/// A new group.
///
/// **Errors**: violates `user_group_name_unique` where the name is taken.
pub async fn insert_group(
    connection: &mut AnyConnection,
    group_id: &GroupId,
    name: &str,
    now: Time,
) -> Result<(), Error> {
    sqlx::query("insert into user_group (group_id, group_name, created_at) values ($1, $2, $3)")
        .bind(group_id.as_str())
        .bind(name)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends a group, everybody's membership in it, and its permissions.
pub async fn delete_group(connection: &mut AnyConnection, group_id: &GroupId) -> Result<(), Error> {
    sqlx::query("delete from group_permission where group_id = $1 or other_group_id = $1")
        .bind(group_id.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query("delete from group_member where group_id = $1")
        .bind(group_id.as_str())
        .execute(&mut *connection)
        .await?;
    sqlx::query("delete from user_group where group_id = $1")
        .bind(group_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// **Shape**: everybody in the group who is not disabled, the longest there first.
pub async fn list_members(
    connection: &mut AnyConnection,
    group_id: &GroupId,
) -> Result<Vec<Member>, Error> {
    let rows = sqlx::query(
        "select m.person_id, p.display_name, m.joined_at
        from group_member m
        join person p on p.person_id = m.person_id
        where m.group_id = $1 and p.disabled_at is null
        order by m.joined_at, m.person_id",
    )
    .bind(group_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                person_id: read_id(row, "person_id")?,
                name: row.try_get("display_name")?,
                joined_at: Time(row.try_get("joined_at")?),
            })
        })
        .collect()
}

/// **Shape**: the groups that a token put this person into.
pub async fn list_token_groups(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<Vec<GroupId>, Error> {
    let rows =
        sqlx::query("select group_id from group_member where person_id = $1 and source = 'token'")
            .bind(person_id.as_str())
            .fetch_all(connection)
            .await?;
    rows.iter().map(read_group_id).collect()
}

/// Puts somebody into a group. `false`: they were there already. An admin's word outlasts a token's.
pub async fn insert_member(
    connection: &mut AnyConnection,
    group_id: &GroupId,
    person_id: &PersonId,
    source: Source,
    now: Time,
) -> Result<bool, Error> {
    let inserted = sqlx::query(
        "insert into group_member (group_id, person_id, source, joined_at)
        values ($1, $2, $3, $4)
        on conflict (group_id, person_id) do nothing",
    )
    .bind(group_id.as_str())
    .bind(person_id.as_str())
    .bind(source.name())
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    if inserted.rows_affected() == 0 && source == Source::Manual {
        sqlx::query(
            "update group_member set source = 'manual' where group_id = $1 and person_id = $2",
        )
        .bind(group_id.as_str())
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    }
    Ok(inserted.rows_affected() == 1)
}

/// Takes somebody out of every group.
pub async fn delete_memberships(
    connection: &mut AnyConnection,
    person_id: &PersonId,
) -> Result<(), Error> {
    sqlx::query("delete from group_member where person_id = $1")
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes somebody out of a group, whoever put them there. `false`: they were not in it.
pub async fn delete_member(
    connection: &mut AnyConnection,
    group_id: &GroupId,
    person_id: &PersonId,
) -> Result<bool, Error> {
    let deleted = sqlx::query("delete from group_member where group_id = $1 and person_id = $2")
        .bind(group_id.as_str())
        .bind(person_id.as_str())
        .execute(connection)
        .await?;
    Ok(deleted.rows_affected() == 1)
}

fn read_group(row: &AnyRow) -> Result<Group, Error> {
    Ok(Group {
        group_id: read_group_id(row)?,
        name: row.try_get("group_name")?,
        people: row.try_get("people")?,
        created_at: Time(row.try_get("created_at")?),
    })
}

fn read_group_id(row: &AnyRow) -> Result<GroupId, Error> {
    let text: String = row.try_get("group_id")?;
    GroupId::parse(&text).ok_or_else(|| Error::Decode("group_id holds no id".into()))
}
