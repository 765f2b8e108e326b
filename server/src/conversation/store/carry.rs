//! Giving a conversation back, and carrying what was written since into one of its own.
//!
//! The law: a message that moves keeps its id, author, side, time, words and client id. What it is called where it
//! arrives, the rules have said.

use super::row::{number, position, side, side_name};
use crate::database::{AnyConnection, read_id};
use shared::{
    conversation::Side,
    ids::{ClientId, ConversationId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row, any::AnyRow};

/// What one person has seen and said in one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    pub person_id: PersonId,
    pub side: Side,
    pub seen: Position,
    /// The highest position they wrote; 0 where they only looked.
    pub last_written: Position,
}

/// What somebody said last on a side, in a stretch of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub author: PersonId,
    pub side: Side,
    pub position: Position,
    pub at: Time,
}

/// A conversation's own counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counters {
    pub last_position: Position,
    /// `None`: as it was.
    pub last_activity_at: Option<Time>,
    pub last_customer: Position,
    pub last_staff: Position,
    pub customer_seen: Position,
    pub staff_seen: Position,
}

/// **Shape**: what each said last on each side, up to there; in no order.
pub async fn list_said(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    upto: Position,
) -> Result<Vec<Said>, Error> {
    let rows = sqlx::query(
        "select author, side, max(position) as position, max(sent_at) as sent_at
        from message
        where conversation_id = $1 and position <= $2 and kind = 'text'
        group by author, side",
    )
    .bind(conversation_id.as_str())
    .bind(number(upto))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_said).collect()
}

/// **Shape**: the texts after there, ascending; notices are none.
pub async fn list_texts_after(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    after: Position,
) -> Result<Vec<Said>, Error> {
    let rows = sqlx::query(
        "select author, side, position, sent_at
        from message
        where conversation_id = $1 and position > $2 and kind = 'text'
        order by position",
    )
    .bind(conversation_id.as_str())
    .bind(number(after))
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_said).collect()
}

fn read_said(row: &AnyRow) -> Result<Said, Error> {
    Ok(Said {
        author: read_id(row, "author")?,
        side: side(row)?,
        position: position(row, "position")?,
        at: Time(row.try_get("sent_at")?),
    })
}

/// **Shape**: everybody who has seen or said something, by id.
pub async fn list_participants(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
) -> Result<Vec<Participant>, Error> {
    let rows = sqlx::query(
        "select person_id, side, seen_position, last_written_position
        from participant
        where conversation_id = $1
        order by person_id",
    )
    .bind(conversation_id.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Participant {
                person_id: read_id(row, "person_id")?,
                side: side(row)?,
                seen: position(row, "seen_position")?,
                last_written: position(row, "last_written_position")?,
            })
        })
        .collect()
}

/// Makes a conversation's participants these, and no others.
pub async fn replace_participants(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    participants: &[Participant],
) -> Result<(), Error> {
    sqlx::query("delete from participant where conversation_id = $1")
        .bind(conversation_id.as_str())
        .execute(&mut *connection)
        .await?;
    for participant in participants {
        sqlx::query(
            "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
            values ($1, $2, $3, $4, $5)",
        )
        .bind(conversation_id.as_str())
        .bind(participant.person_id.as_str())
        .bind(side_name(participant.side))
        .bind(number(participant.seen))
        .bind(number(participant.last_written))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Makes a conversation's counters these.
pub async fn update_counters(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    counters: &Counters,
) -> Result<(), Error> {
    sqlx::query(
        "update conversation
        set last_position = $2,
            last_customer_position = $3,
            last_staff_position = $4,
            customer_seen_position = $5,
            staff_seen_position = $6,
            last_activity_at = coalesce(cast($7 as bigint), last_activity_at)
        where conversation_id = $1",
    )
    .bind(conversation_id.as_str())
    .bind(number(counters.last_position))
    .bind(number(counters.last_customer))
    .bind(number(counters.last_staff))
    .bind(number(counters.customer_seen))
    .bind(number(counters.staff_seen))
    .bind(counters.last_activity_at.map(|at| at.0))
    .execute(connection)
    .await?;
    Ok(())
}

/// A support conversation about to take up what was written elsewhere.
pub struct Carrying<'a> {
    pub conversation_id: &'a ConversationId,
    pub owner: &'a PersonId,
    /// No command opened it: an id that no client has made.
    pub opening_client_id: &'a ClientId,
    pub now: Time,
}

/// Empty, and at its end already: positions and revisions follow.
pub async fn insert_carrying(
    connection: &mut AnyConnection,
    new: &Carrying<'_>,
    revision: Revision,
) -> Result<(), Error> {
    sqlx::query(
        "insert into conversation
            (conversation_id, kind, opened_by, owner, owner_kind, opening_client_id, last_position, revision, created_at,
            last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
        values ($1, 'support', $2, $2, (select p.kind from person p where p.person_id = $2), $3, 0, $4, $5, $5, 0, 0, 0, 0)",
    )
    .bind(new.conversation_id.as_str())
    .bind(new.owner.as_str())
    .bind(new.opening_client_id.as_str())
    .bind(number(Position(revision.0)))
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Moves the texts after there into another conversation, behind its first position, in their order and without gaps.
/// A quote of what stays behind is none any more. Reports of them must have been taken out of the way.
pub async fn move_texts_after(
    connection: &mut AnyConnection,
    from: &ConversationId,
    after: Position,
    to: &ConversationId,
) -> Result<(), Error> {
    sqlx::query(
        "update message
        set conversation_id = $3, position = moved.place, revision = moved.place, reply_to = moved.quoted
        from (
            select one.message_id as moved_id, one.place, quoted.place as quoted
            from (
                select m.message_id, m.reply_to, row_number() over (order by m.position) + 1 as place
                from message m
                where m.conversation_id = $1 and m.position > $2 and m.kind = 'text'
            ) as one
            left join (
                select m.position, row_number() over (order by m.position) + 1 as place
                from message m
                where m.conversation_id = $1 and m.position > $2 and m.kind = 'text'
            ) as quoted on quoted.position = one.reply_to
        ) as moved
        where message.message_id = moved.moved_id",
    )
    .bind(from.as_str())
    .bind(number(after))
    .bind(to.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the notices after there: what they told of is undone.
pub async fn delete_notices_after(
    connection: &mut AnyConnection,
    from: &ConversationId,
    after: Position,
) -> Result<(), Error> {
    sqlx::query(
        "delete from message
        where conversation_id = $1 and position > $2 and kind = 'notice'",
    )
    .bind(from.as_str())
    .bind(number(after))
    .execute(connection)
    .await?;
    Ok(())
}
