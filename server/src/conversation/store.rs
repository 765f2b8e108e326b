//! How the server keeps conversations, and how they are read.
//!
//! The law: a page costs the same however long the history is: keyset paging, no offsets, and counts that stop at
//! `limits::UNREAD_COUNTED`. Messages are written by `database/writer/messages.rs` only, which is the hot path.

/// What joins and what parts the two sides.
mod bond;
/// Giving one back, and carrying what was written since into another.
mod carry;
/// Erasing what was said.
mod erase;
/// Conversations as somebody's export says them.
mod exported;
/// Conversations as somebody sees them.
mod heads;
/// Whose it is, and handing it on.
mod owner;
/// Somebody before a conversation.
mod reader;
/// From rows to conversations and messages.
mod row;
/// The messages of a thread.
mod thread;
/// A message as the host's server is told of it.
mod told;
/// What waits for somebody.
mod unread;

pub(crate) use bond::{blocked_column, bond_columns, read_bond, read_groups, read_pairs};
pub use carry::{
    Carrying, Counters, Participant, Said, delete_notices_after, insert_carrying,
    list_participants, list_said, list_texts_after, move_texts_after, replace_participants,
    update_counters,
};
pub use erase::{Touched, erase_texts, hold_of_owner, touch_of_owner};
pub use exported::{find_conversation_part, list_conversation_ids, list_message_parts};
pub(crate) use heads::heads;
pub use heads::{Below, Direct, Head, Viewer, find_head, list_own};
pub use owner::{
    GivenBack, Handed, NewNotice, copy_seen, insert_notice, list_support_of, update_given_back,
    update_owner,
};
pub use reader::{
    Reader, Standing, find_reader, find_standing, list_staff_writers, raise_revision,
};
pub(crate) use row::{conversation_id, count, number, position, read_heads};
pub use thread::{Stretch, list_messages};
pub use told::{ToldMessage, find_told_message};
pub use unread::{count_unread_chats, count_unread_of_person};

use super::rules::Bond;
use crate::database::AnyConnection;
use row::{kind_name, read_persons, side_name};
use shared::{
    conversation::{ConversationKind, Side},
    ids::{ClientId, ConversationId, PersonId, Position, Revision, Time},
};
use sqlx::Error;

/// The newest support conversation of this owner: a guest's one.
pub async fn find_latest_of_owner(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Option<ConversationId>, Error> {
    let row = sqlx::query(
        "select conversation_id
        from conversation
        where owner = $1 and kind = 'support'
        order by last_activity_at desc, conversation_id desc
        limit 1",
    )
    .bind(owner.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| conversation_id(&row)).transpose()
}

/// The conversation that a command opened, and its other one if it is direct: how a retry is recognised.
pub async fn find_opened(
    connection: &mut AnyConnection,
    opened_by: &PersonId,
    opening_client_id: &ClientId,
) -> Result<Option<(ConversationId, Option<PersonId>)>, Error> {
    let row = sqlx::query(
        "select conversation_id, peer
        from conversation
        where opened_by = $1 and opening_client_id = $2",
    )
    .bind(opened_by.as_str())
    .bind(opening_client_id.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((conversation_id(&row)?, read_persons(&row, "peer")?.pop())))
        .transpose()
}

/// The direct conversation of two people.
pub async fn find_pair(
    connection: &mut AnyConnection,
    pair: &Pair<'_>,
) -> Result<Option<ConversationId>, Error> {
    let row = sqlx::query("select conversation_id from conversation where pair = $1")
        .bind(pair.key())
        .fetch_optional(connection)
        .await?;
    row.map(|row| conversation_id(&row)).transpose()
}

/// Two people who write to each other.
#[derive(Clone, Copy)]
pub struct Pair<'a> {
    /// Who begins.
    pub owner: &'a PersonId,
    pub peer: &'a PersonId,
}

impl Pair<'_> {
    /// The same whoever begins.
    fn key(&self) -> String {
        let (first, second) = if self.owner <= self.peer {
            (self.owner, self.peer)
        } else {
            (self.peer, self.owner)
        };
        format!("{first} {second}")
    }
}

/// What joins two people before they have a conversation. `None`: one of them is not there.
pub async fn find_bond(
    connection: &mut AnyConnection,
    pair: &Pair<'_>,
) -> Result<Option<Bond>, Error> {
    let row = sqlx::query(concat!(
        "select",
        bond_columns!(),
        "
        from (
            select cast('direct' as text) as kind, cast($1 as text) as owner, cast($2 as text) as peer
        ) as c"
    ))
    .bind(pair.owner.as_str())
    .bind(pair.peer.as_str())
    .fetch_one(connection)
    .await?;
    read_bond(&row)
}

/// A conversation about to get its first message.
pub struct NewConversation<'a> {
    pub conversation_id: &'a ConversationId,
    pub opened_by: &'a PersonId,
    pub opening_client_id: &'a ClientId,
    /// The other one of a direct conversation. `None`: with support.
    pub peer: Option<&'a PersonId>,
    pub now: Time,
}

/// An empty conversation of whoever opened it. Its first message goes in by the same transaction. `false`: another
/// process began the same pair's a moment ago.
///
/// **Errors**: violates `conversation_opening_unique` where the same command opened one before.
pub async fn insert_conversation(
    connection: &mut AnyConnection,
    new: &NewConversation<'_>,
) -> Result<bool, Error> {
    let pair = new.peer.map(|peer| {
        Pair {
            owner: new.opened_by,
            peer,
        }
        .key()
    });
    let inserted = sqlx::query(
        "insert into conversation
            (conversation_id, kind, opened_by, owner, owner_kind, peer, pair, opening_client_id, last_position, revision, created_at,
            last_activity_at, last_customer_position, last_staff_position, customer_seen_position, staff_seen_position)
        values ($1, $2, $3, $3, (select p.kind from person p where p.person_id = $3), cast($4 as text), cast($5 as text), $6, 0, 0, $7, $7, 0, 0, 0, 0)
        on conflict (pair) do nothing",
    )
    .bind(new.conversation_id.as_str())
    .bind(kind_name(match new.peer {
        Some(_) => ConversationKind::Direct,
        None => ConversationKind::Support,
    }))
    .bind(new.opened_by.as_str())
    .bind(new.peer.map(PersonId::as_str))
    .bind(pair)
    .bind(new.opening_client_id.as_str())
    .bind(new.now.0)
    .execute(connection)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// What somebody has had on screen.
pub struct Seen<'a> {
    pub conversation_id: &'a ConversationId,
    /// Whose it was when it was decided that they may see it.
    pub owner: &'a PersonId,
    pub person_id: &'a PersonId,
    pub side: Side,
    pub position: Position,
}

/// Notes it: never back. Answers the revision that it made; `None` where the conversation changed hands, or lost that
/// position, since it was decided.
pub async fn update_seen(
    connection: &mut AnyConnection,
    seen: &Seen<'_>,
) -> Result<Option<Revision>, Error> {
    let position_number = number(seen.position);
    let row = sqlx::query(
        "update conversation set
            revision = revision + 1,
            customer_seen_position = case
                when $2 = 'customer' and customer_seen_position < $3 then $3 else customer_seen_position end,
            staff_seen_position = case
                when $2 = 'staff' and staff_seen_position < $3 then $3 else staff_seen_position end
        where conversation_id = $1 and owner = $4 and last_position >= $3
        returning revision",
    )
    .bind(seen.conversation_id.as_str())
    .bind(side_name(seen.side))
    .bind(position_number)
    .bind(seen.owner.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    sqlx::query(
        "insert into participant (conversation_id, person_id, side, seen_position, last_written_position)
        values ($1, $2, $3, $4, 0)
        on conflict (conversation_id, person_id) do update set seen_position = excluded.seen_position
        where participant.seen_position < excluded.seen_position",
    )
    .bind(seen.conversation_id.as_str())
    .bind(seen.person_id.as_str())
    .bind(side_name(seen.side))
    .bind(position_number)
    .execute(connection)
    .await?;
    Ok(Some(Revision(position(&row, "revision")?.0)))
}
