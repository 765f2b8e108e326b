//! What was written while a guest's conversation was, for a time, a user's: it goes on in one of their own.

use crate::{
    conversation::{
        announce::Fact,
        change::EVERYTHING,
        store::{
            Carrying, NewNotice, Viewer, find_head, insert_carrying, insert_notice,
            move_texts_after, replace_participants, update_counters,
        },
    },
    conversion::rules::undoing::{Before, Carried},
    database::writer::Tx,
    error::Refusal,
    safety::{
        audit::By,
        report::store::{put_report_back, take_reports_after},
    },
};
use shared::{
    conversation::Conversation,
    conversion::Notice,
    ids::{ClientId, ConversationId, MessageId, Position, Revision, Time},
    limits::UNREAD_COUNTED,
};

/// What moves from where.
pub(super) struct Restart<'a> {
    pub from: &'a ConversationId,
    pub before: &'a Before<'a>,
    pub carried: Option<&'a Carried>,
}

/// Where it went, and what is told of it.
pub(super) struct Carriage {
    pub conversation_id: ConversationId,
    pub fact: Fact,
}

/// `None`: nothing was written since.
pub(super) async fn carry_on(
    tx: &mut Tx<'_>,
    by: &By,
    restart: &Restart<'_>,
) -> Result<Option<Carriage>, Refusal> {
    let Some(carried) = restart.carried else {
        return Ok(None);
    };
    let conversation_id: ConversationId = by.mint.id();
    let new = Carrying {
        conversation_id: &conversation_id,
        owner: restart.before.became,
        opening_client_id: &by.mint.id::<ClientId>(),
        now: by.now,
    };
    let counters = &carried.part.counters;
    insert_carrying(tx.connection(), &new, Revision(counters.last_position.0)).await?;
    let notice = NewNotice {
        message_id: &by.mint.id::<MessageId>(),
        conversation_id: &conversation_id,
        position: Position(1),
        notice: Notice::CarriedOn,
        revision: Revision(1),
        now: by.now,
    };
    insert_notice(tx.connection(), &notice).await?;
    let after = restart.before.notice();
    let reports = take_reports_after(tx.connection(), restart.from, after).await?;
    move_texts_after(tx.connection(), restart.from, after, &conversation_id).await?;
    for report in reports {
        let place = restart.before.arrives_at(report.position());
        put_report_back(tx.connection(), &report, &conversation_id, place).await?;
    }
    replace_participants(
        tx.connection(),
        &conversation_id,
        &carried.part.participants,
    )
    .await?;
    update_counters(tx.connection(), &conversation_id, counters).await?;
    let fact = fact(tx, by, restart, carried, &conversation_id).await?;
    Ok(Some(Carriage {
        conversation_id,
        fact,
    }))
}

/// It is a conversation that has begun, with much in it already.
async fn fact(
    tx: &mut Tx<'_>,
    by: &By,
    restart: &Restart<'_>,
    carried: &Carried,
    conversation_id: &ConversationId,
) -> Result<Fact, Refusal> {
    let owner = restart.before.became;
    let viewer = Viewer {
        person_id: owner,
        since: Time::default(),
    };
    let head = find_head(tx.connection(), viewer, conversation_id).await?;
    let head = head.ok_or(Refusal::Broken("what was carried on is there"))?;
    let message = head.conversation.last_message.clone();
    Ok(Fact::Started {
        owner: owner.clone(),
        for_staff: Box::new(Conversation {
            own_seen: Position::NONE,
            unread: carried.unanswered.min(UNREAD_COUNTED),
            ..head.clone().for_staff(None, EVERYTHING, by.now)
        }),
        for_customer: Box::new(head.for_customer()),
        message: Box::new(message.ok_or(Refusal::Broken("what was carried on is not empty"))?),
    })
}
