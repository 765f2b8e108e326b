//! Somebody before a conversation: what a decision about them needs, in one row.

use super::{
    bond::{blocked_column, bond_columns, read_bond},
    row::{position, read_persons, read_standing},
};
use crate::{
    conversation::rules::{Between, Bond, Facts, Place, Terms},
    database::AnyConnection,
};
use shared::{
    conversation::ConversationKind,
    ids::{ConversationId, GroupId, PersonId, Position, Revision},
};
use sqlx::{Error, Row};

/// A conversation, as far as permission and resuming care.
pub struct Standing {
    pub kind: ConversationKind,
    pub owner: PersonId,
    /// The other one of a direct conversation.
    pub peer: Option<PersonId>,
    pub last_position: Position,
    pub revision: Revision,
}

pub async fn find_standing(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Option<Standing>, Error> {
    let row = sqlx::query(
        "select kind, owner, peer, last_position, revision
        from conversation
        where conversation_id = $1",
    )
    .bind(conversation_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_standing).transpose()
}

/// Something else about it changed, and everybody who has it open must hear: one revision more.
pub async fn raise_revision(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Standing, Error> {
    let row = sqlx::query(
        "update conversation
        set revision = revision + 1
        where conversation_id = $1
        returning kind, owner, peer, last_position, revision",
    )
    .bind(conversation_id.as_str())
    .fetch_one(connection)
    .await?;
    read_standing(&row)
}

/// Somebody before a conversation: what they have seen of it, what is stored about who they are, and what stands
/// between them and the others.
pub struct Reader {
    pub standing: Standing,
    pub name: String,
    pub own_seen: Position,
    pub facts: Facts,
    pub bond: Option<Bond>,
    pub is_blocked: bool,
}

/// `None` where either of them is not there.
pub async fn find_reader(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    person_id: &PersonId,
    guest_group: Option<&GroupId>,
) -> Result<Option<Reader>, Error> {
    let row = sqlx::query(concat!(
        "select
            c.kind, c.owner, c.peer, c.last_position, c.revision, coalesce(own.seen_position, 0) as own_seen,
            p.kind as person_kind, p.display_name, p.admin_since, p.disabled_at, g.joined_at,",
        bond_columns!(),
        ",",
        blocked_column!(),
        "
        from conversation c
        join person p on p.person_id = $2
        left join participant own on own.conversation_id = c.conversation_id and own.person_id = p.person_id
        left join group_member g on g.group_id = cast($3 as text) and g.person_id = p.person_id
        where c.conversation_id = $1"
    ))
    .bind(conversation_id.as_str())
    .bind(person_id.as_str())
    .bind(guest_group.map(GroupId::as_str))
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Reader {
        standing: read_standing(&row)?,
        name: row.try_get("display_name")?,
        own_seen: position(&row, "own_seen")?,
        facts: Facts {
            is_guest: row.try_get::<String, _>("person_kind")? == "guest",
            is_disabled: row.try_get::<Option<i64>, _>("disabled_at")?.is_some(),
            is_admin: row.try_get::<Option<i64>, _>("admin_since")?.is_some(),
            is_member: row.try_get::<Option<i64>, _>("joined_at")?.is_some(),
        },
        bond: read_bond(&row)?,
        is_blocked: row.try_get::<i64, _>("is_blocked")? == 1,
    }))
}

impl Standing {
    pub fn place(&self) -> Place<'_> {
        Place {
            kind: self.kind,
            owner: &self.owner,
            peer: self.peer.as_ref(),
            last_position: self.last_position,
        }
    }
}

impl Reader {
    pub fn between(&self, terms: &Terms) -> Between<'_> {
        Between {
            user_groups: terms.user_groups,
            bond: self.bond.as_ref(),
            is_blocked: self.is_blocked,
        }
    }
}

/// **Shape**: who of the staff has written here.
pub async fn list_staff_writers(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Vec<PersonId>, Error> {
    let rows = sqlx::query(
        "select person_id
        from participant
        where conversation_id = $1 and side = 'staff' and last_written_position > 0
        order by person_id",
    )
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    let one = |row: &sqlx::any::AnyRow| {
        let mut ids = read_persons(row, "person_id")?;
        ids.pop().ok_or(Error::RowNotFound)
    };
    rows.iter().map(one).collect()
}
