//! What somebody's export says of the blocks that they made.

use super::read_scope;
use crate::{
    database::{AnyConnection, read_id},
    person::export::document::{BlockPart, Stamp},
};
use shared::ids::PersonId;
use sqlx::{Error, Row};

/// **Shape**: the blocks that somebody made and that hold, the oldest first.
pub async fn list_block_parts(
    connection: &mut AnyConnection,
    blocker: &PersonId,
) -> Result<Vec<BlockPart>, Error> {
    let rows = sqlx::query(
        "select blocked.display_name, b.scope, b.conversation_id, b.created_at
        from block b
        join person blocked on blocked.person_id = b.blocked
        where b.blocker = $1
        order by b.created_at, b.block_id",
    )
    .bind(blocker.as_str())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(BlockPart {
                blocked: row.try_get("display_name")?,
                scope: read_scope(row)?,
                conversation_id: read_id(row, "conversation_id")?,
                created_at: Stamp::of(row.try_get("created_at")?),
            })
        })
        .collect()
}
