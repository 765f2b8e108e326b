//! What joins the two of a direct conversation, and what stands between the sides of any: columns that several
//! statements read along.
//!
//! The laws: they are columns of the one row that is read anyway, so that a decision costs no statement of its own; for
//! a support conversation nothing is looked up about groups. They hand facts to the rule and decide nothing.

use crate::conversation::rules::{Bond, Member};
use shared::{
    group::{PermissionPair, permission::Permissions},
    ids::GroupId,
};
use sqlx::{Error, Row, any::AnyRow};

// Of the conversation `c`, for `read_bond`; all null where it is not direct.
macro_rules! bond_columns {
    () => {
        "
        case when c.kind = 'direct' then (
            select case when b.kind <> 'user' or b.disabled_at is not null then 'gone'
                when b.admin_since is not null then 'admin' else 'user' end
            from person b
            where b.person_id = c.owner
        ) end as owner_standing,
        case when c.kind = 'direct' then (
            select case when b.kind <> 'user' or b.disabled_at is not null then 'gone'
                when b.admin_since is not null then 'admin' else 'user' end
            from person b
            where b.person_id = c.peer
        ) end as peer_standing,
        case when c.kind = 'direct' then (
            select string_agg(b.group_id, ' ') from group_member b where b.person_id = c.owner
        ) end as owner_groups,
        case when c.kind = 'direct' then (
            select string_agg(b.group_id, ' ') from group_member b where b.person_id = c.peer
        ) end as peer_groups,
        case when c.kind = 'direct' then (
            select string_agg(x.group_id || ' ' || x.other_group_id, ' ')
            from group_member one
            join group_member other on other.person_id = c.peer
            join group_permission x
                on x.group_id = case when one.group_id <= other.group_id then one.group_id else other.group_id end
                and x.other_group_id = case when one.group_id <= other.group_id then other.group_id else one.group_id end
            where one.person_id = c.owner
        ) end as joined_groups"
    };
}
pub(crate) use bond_columns;

// Whether what the person `p` writes in the conversation `c` reaches nobody: the site blocked its customer, the other
// one blocked the author, or the author the other.
macro_rules! blocked_column {
    () => {
        "
        case
            when c.kind = 'support' and exists (
                select 1 from block b where b.scope = 'site' and b.blocked = c.owner
            ) then 1
            when exists (
                select 1
                from block b
                where b.scope = 'person' and b.blocked = p.person_id
                    and b.blocker = case when c.owner = p.person_id then c.peer else c.owner end
            ) then 1
            when c.kind = 'direct' and exists (
                select 1
                from block b
                where b.scope = 'person' and b.blocker = p.person_id
                    and b.blocked = case when c.owner = p.person_id then c.peer else c.owner end
            ) then 1
            else 0
        end as is_blocked"
    };
}
pub(crate) use blocked_column;

/// `None` for a support conversation.
pub(crate) fn read_bond(row: &AnyRow) -> Result<Option<Bond>, Error> {
    let Some(owner) = read_member(row, "owner_standing", "owner_groups")? else {
        return Ok(None);
    };
    let Some(peer) = read_member(row, "peer_standing", "peer_groups")? else {
        return Ok(None);
    };
    Ok(Some(Bond {
        owner,
        peer,
        permissions: Permissions::new(read_pairs(row, "joined_groups")?),
    }))
}

/// Ids two by two, with a space between all of them; null is none.
pub(crate) fn read_pairs(row: &AnyRow, column: &'static str) -> Result<Vec<PermissionPair>, Error> {
    let groups = read_groups(row, column)?;
    Ok(groups
        .chunks_exact(2)
        .map(|pair| PermissionPair::of(pair[0].clone(), pair[1].clone()))
        .collect())
}

fn read_member(
    row: &AnyRow,
    standing: &'static str,
    groups: &'static str,
) -> Result<Option<Member>, Error> {
    let Some(standing) = row.try_get::<Option<String>, _>(standing)? else {
        return Ok(None);
    };
    Ok(Some(Member {
        is_admin: standing == "admin",
        is_gone: standing == "gone",
        groups: read_groups(row, groups)?,
    }))
}

/// Ids with a space between; null is none.
pub(crate) fn read_groups(row: &AnyRow, column: &'static str) -> Result<Vec<GroupId>, Error> {
    let ids: Option<String> = row.try_get(column)?;
    ids.unwrap_or_default()
        .split_whitespace()
        .map(|id| {
            GroupId::parse(id).ok_or_else(|| Error::Decode(format!("{column} holds no id").into()))
        })
        .collect()
}
