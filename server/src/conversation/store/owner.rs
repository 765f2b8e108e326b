//! Whose a conversation is: handing it on, and giving it back.
//!
//! The law: a conversation changes hands only from who it is believed to belong to; where somebody was quicker, nothing
//! happens. Messages keep their authors, positions and times.

use super::row::{conversation_id, number, position};
use crate::database::AnyConnection;
use shared::{
    conversation::CustomerKind,
    conversion::Notice,
    ids::{ConversationId, MessageId, PersonId, Position, Revision, Time},
};
use sqlx::{Error, Row};

/// **Shape**: the support conversations of an owner by id: one order for everybody, so that two writers never wait for
/// each other.
pub async fn list_support_of(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Vec<ConversationId>, Error> {
    let rows = sqlx::query(
        "select conversation_id
        from conversation
        where owner = $1 and kind = 'support'
        order by conversation_id",
    )
    .bind(owner.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(conversation_id).collect()
}

/// Where a conversation stands that was handed on.
pub struct Handed {
    /// The notice's that says so.
    pub position: Position,
    pub revision: Revision,
    /// What the new owner is.
    pub owner_kind: CustomerKind,
}

// Whose it is, `$3`, in an update of the conversation `$1` that is `$2`'s: two columns say it.
macro_rules! hands_on {
    ($more:literal) => {
        concat!(
            "update conversation
            set owner = $3,
                owner_kind = (select p.kind from person p where p.person_id = $3),
                revision = revision + 1,
                ",
            $more,
            "
            where conversation_id = $1 and owner = $2
            returning last_position, revision, owner_kind, staff_seen_position"
        )
    };
}

/// Hands a conversation on, and makes room for the notice that says so. `None`: it is not `from`'s (any more).
pub async fn update_owner(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    from: &PersonId,
    to: &PersonId,
) -> Result<Option<Handed>, Error> {
    let row = sqlx::query(hands_on!("last_position = last_position + 1"))
        .bind(conversation_id.as_str())
        .bind(from.as_str())
        .bind(to.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Handed {
        position: position(&row, "last_position")?,
        revision: Revision(position(&row, "revision")?.0),
        owner_kind: match row.try_get::<String, _>("owner_kind")?.as_str() {
            "guest" => CustomerKind::Guest,
            _ => CustomerKind::User,
        },
    }))
}

/// Where a conversation stood that was given back.
pub struct GivenBack {
    pub revision: Revision,
    pub staff_seen: Position,
}

/// Gives a conversation back: readers who know another epoch begin anew. `None`: it is not `from`'s (any more).
pub async fn update_given_back(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    from: &PersonId,
    to: &PersonId,
) -> Result<Option<GivenBack>, Error> {
    let row = sqlx::query(hands_on!("epoch = epoch + 1"))
        .bind(conversation_id.as_str())
        .bind(from.as_str())
        .bind(to.as_str())
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(GivenBack {
        revision: Revision(position(&row, "revision")?.0),
        staff_seen: position(&row, "staff_seen_position")?,
    }))
}

/// A line of the system's in a thread.
pub struct NewNotice<'a> {
    pub message_id: &'a MessageId,
    pub conversation_id: &'a ConversationId,
    pub position: Position,
    pub notice: Notice,
    pub revision: Revision,
    pub now: Time,
}

/// Writes it where room was made for it.
pub async fn insert_notice(
    connection: &mut AnyConnection,
    new: &NewNotice<'_>,
) -> Result<(), Error> {
    sqlx::query(
        "insert into message
            (message_id, conversation_id, position, kind, side, author, client_id, body, reply_to, revision, sent_at)
        values ($1, $2, $3, 'notice', 'system', null, null, $4, null, $5, $6)",
    )
    .bind(new.message_id.as_str())
    .bind(new.conversation_id.as_str())
    .bind(number(new.position))
    .bind(new.notice.word())
    .bind(number(Position(new.revision.0)))
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whoever owns it now has seen what the former owner saw. Somebody who answered here is its customer from now on.
pub async fn copy_seen(
    connection: &mut AnyConnection,
    conversation_id: &ConversationId,
    from: &PersonId,
    to: &PersonId,
) -> Result<(), Error> {
    sqlx::query(
        "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
        select f.conversation_id, cast($3 as text), 'customer', f.seen_position, 0
        from participant f
        where f.conversation_id = $1 and f.person_id = $2
        on conflict (conversation_id, person_id) do update set
            side = 'customer',
            seen_position = case
                when participant.seen_position < excluded.seen_position then excluded.seen_position
                else participant.seen_position end,
            last_written_position = 0",
    )
    .bind(conversation_id.as_str())
    .bind(from.as_str())
    .bind(to.as_str())
    .execute(connection)
    .await?;
    Ok(())
}
