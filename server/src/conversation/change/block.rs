//! Blocking somebody of the other side, and taking it back.
//!
//! The law: the same twice changes nothing, and is answered alike.

use crate::{
    conversation::{
        rules::{Asker, Terms, may_see, role_of},
        store::{Reader, find_reader, list_staff_writers},
    },
    database::writer::Tx,
    error::Refusal,
    safety::{
        audit::By,
        block::{
            change,
            rules::{Blocking, plan_block, plan_unblock},
            store::{Block, Blocked, find_block},
        },
    },
};
use shared::{
    conversation::{ConversationKind, Side},
    ids::{ConversationId, PersonId},
    problem::ProblemCode,
    safety::BlockScope,
    settings::Switch,
};

/// `BlockPerson`, with who asks.
pub struct Asked {
    pub conversation_id: ConversationId,
    pub person_id: PersonId,
    /// Whom they mean. `None`: the other side.
    pub named: Option<PersonId>,
    /// On: to be blocked. Off: no longer.
    pub blocked: Switch,
    pub terms: Terms,
    pub by: By,
}

/// **Errors**: `not_found`.
pub async fn set_block(tx: &mut Tx<'_>, asked: &Asked) -> Result<(), Refusal> {
    let reader = find_reader(
        tx.connection(),
        &asked.conversation_id,
        &asked.person_id,
        asked.terms.guest_group.as_ref(),
    )
    .await?;
    let Reader {
        standing, facts, ..
    } = reader.ok_or(ProblemCode::NotFound)?;
    let asker = Asker {
        person_id: &asked.person_id,
        role: role_of(facts).ok_or(ProblemCode::NotFound)?,
    };
    let side = may_see(asker, standing.place())?;
    let writers = match (standing.kind, side) {
        (ConversationKind::Support, Side::Customer) => {
            list_staff_writers(tx.connection(), &asked.conversation_id).await?
        }
        _ => Vec::new(),
    };
    let blocking = Blocking {
        person_id: &asked.person_id,
        side,
        place: standing.place(),
        named: asked.named.as_ref(),
        writers: &writers,
    };
    match asked.blocked {
        Switch::On => block(tx, asked, &blocking).await,
        Switch::Off => unblock(tx, asked, &blocking).await,
    }
}

async fn block(tx: &mut Tx<'_>, asked: &Asked, blocking: &Blocking<'_>) -> Result<(), Refusal> {
    let (blocked, scope) = plan_block(blocking)?;
    let block = Block {
        block_id: asked.by.mint.id(),
        blocker: asked.person_id.clone(),
        blocked: blocked.clone(),
        scope,
        conversation_id: asked.conversation_id.clone(),
    };
    change::block(tx, &asked.by, &block).await.map(|_| ())
}

async fn unblock(tx: &mut Tx<'_>, asked: &Asked, blocking: &Blocking<'_>) -> Result<(), Refusal> {
    let (meant, scope) = plan_unblock(blocking)?;
    for blocked in meant {
        let key = match scope {
            BlockScope::Site => Blocked::ForSite(blocked),
            BlockScope::Person => Blocked::ForPerson {
                blocked,
                blocker: &asked.person_id,
            },
        };
        if let Some(block) = find_block(tx.connection(), key).await? {
            change::end_block(tx, &asked.by, &block.block_id).await?;
        }
    }
    Ok(())
}
