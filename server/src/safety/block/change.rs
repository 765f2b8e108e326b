//! What changes blocks, inside the writer's transaction.
//!
//! The law: whatever changes who is blocked raises the revision of the conversation in which it was done, tells whoever
//! has it open to fetch its head, and leaves a line in the audit log.

use super::store::{self, Block};
use crate::{
    conversation::{announce::Fact, store::raise_revision},
    database::writer::Tx,
    error::Refusal,
    safety::audit::{self, By, Done},
};
use shared::{ids::BlockId, problem::ProblemCode};

/// Blocks, unless there is such a block already. `false`: there is, and nothing changes.
pub async fn block(tx: &mut Tx<'_>, by: &By, block: &Block) -> Result<bool, Refusal> {
    if !store::insert_block(tx.connection(), block, by.now).await? {
        return Ok(false);
    }
    let done = Done::PersonBlocked {
        blocked: block.blocked.clone(),
        scope: block.scope,
        conversation: block.conversation_id.clone(),
    };
    make_known(tx, by, block, &done).await?;
    Ok(true)
}

/// Ends a block.
///
/// **Errors**: `not_found`.
pub async fn end_block(tx: &mut Tx<'_>, by: &By, block_id: &BlockId) -> Result<(), Refusal> {
    let ended = store::delete_block(tx.connection(), block_id).await?;
    let block = ended.ok_or(ProblemCode::NotFound)?;
    let done = Done::PersonUnblocked {
        blocked: block.blocked.clone(),
        scope: block.scope,
        conversation: block.conversation_id.clone(),
    };
    make_known(tx, by, &block, &done).await
}

async fn make_known(tx: &mut Tx<'_>, by: &By, block: &Block, done: &Done) -> Result<(), Refusal> {
    audit::record(tx.connection(), by, done).await?;
    let standing = raise_revision(tx.connection(), &block.conversation_id).await?;
    tx.tell(Fact::Changed {
        conversation_id: block.conversation_id.clone(),
        owner: standing.owner,
        peer: standing.peer,
        revision: standing.revision,
    });
    Ok(())
}
