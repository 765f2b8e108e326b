//! Converting, inside the writer's transaction.
//!
//! The law: one transaction holds the change of owner, the line in the thread, the row that says why, the end of the
//! guest's sessions and the line in the audit log; where somebody was quicker, nothing of it happens.

/// The answer to the question (C2).
pub mod answer;
/// Somebody for whom the host vouches.
mod arriving;
/// A first message under way while somebody signs in.
mod awaited;
/// A code that was mailed to an address was entered.
mod by_code;

/// Where what was written since goes on.
mod restart;
/// Taking one back.
mod undo;

pub use arriving::{Arriving, ConversionTerms, convert_arriving, find_guest_of_cookie};
pub use awaited::{Beside, await_guest, bring_along, find_awaiting};
pub use by_code::{ByCode, convert_by_code, find_bringable};
pub use undo::{not_me, undo};

use super::store::{self, NewConversion};
use crate::{
    conversation::{
        announce::Fact,
        store::{
            Handed, NewNotice, Viewer, copy_seen, find_head, insert_notice, list_support_of,
            update_owner,
        },
    },
    database::writer::Tx,
    error::Refusal,
    identity::store::end_guest_sessions,
    safety::audit::{self, By, Done},
    webhook::enqueue::{Happening, happened},
};
use shared::{
    conversation::CustomerKind,
    conversion::{Notice, Proof},
    ids::{ConversationId, ConversionId, MessageId, PersonId, Position, Revision, Time},
};

/// A guest who becomes somebody: a user, or a guest who proved the mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Becoming {
    pub guest: PersonId,
    pub became: PersonId,
    pub proof: Proof,
}

/// Makes every support conversation of the guest somebody's, and ends the guest's sessions. Whether it may be done is
/// `rules::plan_conversion`'s affair, asked in the same transaction.
///
/// **Shape**: the conversations that changed hands; none where somebody was quicker, and then nothing happened.
pub async fn convert(
    tx: &mut Tx<'_>,
    by: &By,
    becoming: &Becoming,
) -> Result<Vec<ConversationId>, Refusal> {
    let mut facts = Vec::new();
    let mut converted = Vec::new();
    for conversation_id in list_support_of(tx.connection(), &becoming.guest).await? {
        if let Some(fact) = convert_one(tx, by, becoming, &conversation_id).await? {
            facts.push(fact);
            converted.push(conversation_id);
        }
    }
    if converted.is_empty() {
        return Ok(converted);
    }
    let ended = end_guest_sessions(tx.connection(), &becoming.guest, by.now).await?;
    // Whoever may no longer listen is cut off before anybody is told anything.
    tx.tell(Fact::SessionsEnded {
        owner: becoming.guest.clone(),
        ended,
    });
    for fact in facts {
        tx.tell(fact);
    }
    Ok(converted)
}

/// `None`: it was the guest's no more.
async fn convert_one(
    tx: &mut Tx<'_>,
    by: &By,
    becoming: &Becoming,
    conversation_id: &ConversationId,
) -> Result<Option<Fact>, Refusal> {
    let Becoming {
        guest,
        became,
        proof,
    } = becoming;
    // The position is the update's own answer: whatever another process is just writing here stands before or after it.
    let handed = update_owner(tx.connection(), conversation_id, guest, became).await?;
    let Some(Handed {
        position,
        revision,
        owner_kind,
    }) = handed
    else {
        return Ok(None);
    };
    let conversion_id: ConversionId = by.mint.id();
    let row = NewConversion {
        conversion_id: &conversion_id,
        conversation_id,
        guest,
        became,
        proof: *proof,
        cut: Position(position.0 - 1),
        now: by.now,
    };
    store::insert_conversion(tx.connection(), &row).await?;
    let happening = Happening::ConversionDone { conversion_id };
    happened(tx.connection(), &by.mint, &happening, by.now).await?;
    let notice = NewNotice {
        message_id: &by.mint.id::<MessageId>(),
        conversation_id,
        position,
        notice: match owner_kind {
            CustomerKind::Guest => Notice::Continued,
            CustomerKind::User => Notice::Converted(*proof),
        },
        revision,
        now: by.now,
    };
    insert_notice(tx.connection(), &notice).await?;
    copy_seen(tx.connection(), conversation_id, guest, became).await?;
    let done = Done::ConversionDone {
        conversation: conversation_id.clone(),
        guest: guest.clone(),
        became: became.clone(),
        proof: *proof,
    };
    audit::record(tx.connection(), by, &done).await?;
    fact(tx, becoming, conversation_id, revision)
        .await
        .map(Some)
}

/// What is told of it.
async fn fact(
    tx: &mut Tx<'_>,
    becoming: &Becoming,
    conversation_id: &ConversationId,
    revision: Revision,
) -> Result<Fact, Refusal> {
    let viewer = Viewer {
        person_id: &becoming.became,
        since: Time::default(),
    };
    let head = find_head(tx.connection(), viewer, conversation_id).await?;
    let head = head.ok_or(Refusal::Broken(
        "a conversation that changed hands is there",
    ))?;
    let message = head.conversation.last_message.clone();
    Ok(Fact::Converted {
        conversation_id: conversation_id.clone(),
        owner: becoming.became.clone(),
        revision,
        message: Box::new(message.ok_or(Refusal::Broken("a conversion leaves a notice"))?),
        for_owner: Box::new(head.for_customer()),
    })
}
