//! The first message of a direct conversation.
//!
//! The laws: two people have one conversation, whoever begins it and however often; only whoever may find the other
//! begins it; if its first message is refused, there is none.

use super::{Opening, join, own_head, sending};
use crate::{
    conversation::{
        announce::Fact,
        rules::may_begin_direct,
        store::{self, NewConversation, Pair},
    },
    database::writer::Tx,
    error::Refusal,
};
use shared::{conversation::Started, ids::PersonId, problem::ProblemCode};

/// **Errors**: `not_found` for somebody whom the opener may not find; `undeliverable`.
pub(super) async fn start(
    tx: &mut Tx<'_>,
    opening: &Opening,
    owner: PersonId,
    peer: &PersonId,
) -> Result<Started, Refusal> {
    if owner == *peer {
        return Err(ProblemCode::NotFound.into());
    }
    let pair = Pair {
        owner: &owner,
        peer,
    };
    if let Some(conversation_id) = store::find_pair(tx.connection(), &pair).await? {
        return join(tx, opening, owner, conversation_id).await;
    }
    let bond = store::find_bond(tx.connection(), &pair).await?;
    may_begin_direct(
        opening.terms.user_groups,
        &bond.ok_or(ProblemCode::NotFound)?,
    )?;
    let new = NewConversation {
        conversation_id: &opening.conversation_id,
        opened_by: &owner,
        opening_client_id: &opening.client_id,
        peer: Some(peer),
        now: opening.now,
    };
    if !store::insert_conversation(tx.connection(), &new).await? {
        let quicker = store::find_pair(tx.connection(), &pair).await?;
        let conversation_id = quicker.ok_or(Refusal::Broken("a pair that is taken is there"))?;
        return join(tx, opening, owner, conversation_id).await;
    }
    let first = sending(opening, owner.clone(), opening.conversation_id.clone());
    let message = tx.send(&first).await?.sent.message;
    let for_owner = own_head(tx, &owner, &opening.conversation_id).await?;
    let for_peer = own_head(tx, peer, &opening.conversation_id).await?;
    let conversation = for_owner.for_participant(&owner, &opening.terms);
    tx.tell(Fact::StartedDirect {
        for_owner: Box::new(conversation.clone()),
        for_peer: Box::new(for_peer.for_participant(peer, &opening.terms)),
        peer: peer.clone(),
        owner,
        message: Box::new(message.clone()),
    });
    Ok(Started {
        conversation,
        message,
    })
}
