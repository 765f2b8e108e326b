//! Erasing what was said with somebody.
//!
//! The law: a position keeps its message, its author and its time; only the words go. Whoever has the thread open learns
//! of it: a revision more, and an epoch more, because words that they have are gone. Nobody waits for an answer any more.

use super::row::{conversation_id, position, read_persons};
use crate::database::{AnyConnection, read_id};
use shared::ids::{ConversationId, PersonId, Revision, Time};
use sqlx::{Error, Row, any::AnyRow};

/// A conversation of which something changed.
pub struct Touched {
    pub conversation_id: ConversationId,
    pub owner: PersonId,
    pub peer: Option<PersonId>,
    pub revision: Revision,
}

/// Holds the support conversations of somebody until the end of the transaction: whoever writes into one of them at this
/// moment, on another server, has done so now or does so after. **Shape**: when something was last said in each.
pub async fn hold_of_owner(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Vec<Time>, Error> {
    let rows = sqlx::query(
        "update conversation
        set last_activity_at = last_activity_at
        where owner = $1 and kind = 'support'
        returning last_activity_at",
    )
    .bind(owner.as_str())
    .fetch_all(connection)
    .await?;
    let read = |row: &AnyRow| Ok(Time(row.try_get("last_activity_at")?));
    rows.iter().map(read).collect()
}

/// Erases every text of the support conversations that are somebody's, and their own in direct ones. **Shape**: those
/// conversations, in no order.
pub async fn erase_texts(
    connection: &mut AnyConnection,
    person_id: &PersonId,
    now: Time,
) -> Result<Vec<Touched>, Error> {
    // First the conversations: whoever writes to one of them at this moment, on another server, does so before or after.
    let rows = sqlx::query(
        "update conversation
        set
            revision = revision + 1,
            epoch = epoch + 1,
            last_staff_position = case
                when kind = 'support' and last_customer_position > last_staff_position then last_customer_position
                else last_staff_position
            end
        where (owner = $1 and kind = 'support') or (kind = 'direct' and (owner = $1 or peer = $1))
        returning conversation_id, owner, peer, revision",
    )
    .bind(person_id.as_str())
    .fetch_all(&mut *connection)
    .await?;
    for statement in [TEXTS_OF_SUPPORT, OWN_TEXTS] {
        sqlx::query(statement)
            .bind(person_id.as_str())
            .bind(now.0)
            .execute(&mut *connection)
            .await?;
    }
    rows.iter().map(read_touched).collect()
}

const TEXTS_OF_SUPPORT: &str = "
    update message
    set body = '', erased_at = $2
    where kind = 'text' and erased_at is null
        and conversation_id in (
            select c.conversation_id
            from conversation c
            where c.owner = $1 and c.kind = 'support'
        )";

const OWN_TEXTS: &str = "
    update message
    set body = '', erased_at = $2
    where kind = 'text' and erased_at is null and author = $1
        and conversation_id in (
            select c.conversation_id
            from conversation c
            where c.kind = 'direct' and (c.owner = $1 or c.peer = $1)
        )";

/// Something about a customer changed. **Shape**: their support conversations, in no order.
pub async fn touch_of_owner(
    connection: &mut AnyConnection,
    owner: &PersonId,
) -> Result<Vec<Touched>, Error> {
    let rows = sqlx::query(
        "update conversation
        set revision = revision + 1
        where owner = $1 and kind = 'support'
        returning conversation_id, owner, peer, revision",
    )
    .bind(owner.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_touched).collect()
}

fn read_touched(row: &AnyRow) -> Result<Touched, Error> {
    Ok(Touched {
        conversation_id: conversation_id(row)?,
        owner: read_id(row, "owner")?,
        peer: read_persons(row, "peer")?.pop(),
        revision: Revision(position(row, "revision")?.0),
    })
}
