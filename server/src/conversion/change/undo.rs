//! Taking a conversion back: the guest's part goes back to the guest, what was written since stays the user's.
//!
//! The laws: only the latest conversion that holds is taken back; the guest's sessions that would still live come back;
//! the row stays, and keeps it from happening again by itself. No message is lost, doubled or reordered.

use super::restart::{Restart, carry_on};
use crate::{
    conversation::{
        announce::Fact,
        store::{
            NewNotice, delete_notices_after, insert_notice, list_participants, list_said,
            list_texts_after, replace_participants, update_counters, update_given_back,
        },
    },
    conversion::{
        rules::{
            Undoer, may_undo,
            undoing::{Before, plan_undo},
        },
        store::{self, How, Kept},
    },
    database::writer::Tx,
    error::Refusal,
    identity::store::restore_guest_sessions,
    safety::{
        audit::{self, By, Done},
        report::store::{NewReport, insert_report},
    },
    webhook::enqueue::{Happening, happened},
};
use shared::{
    conversation::Side,
    conversion::Notice,
    ids::{ConversationId, ConversionId, MessageId, PersonId, ReportId},
    problem::ProblemCode,
};

/// What stands in the list of reports when a user says *Not me*.
const NOT_ME: &str = "Not me: the user says that they did not write this.";

/// An admin takes a conversion back. The same again changes nothing.
///
/// **Errors**: `not_found`; `out_of_range` where it is too late, where another one came after it, and where somebody of
/// it was erased.
pub async fn undo(
    tx: &mut Tx<'_>,
    by: &By,
    admin: &PersonId,
    conversion_id: &ConversionId,
) -> Result<(), Refusal> {
    let named = store::find_conversion(tx.connection(), conversion_id).await?;
    let named = named.ok_or(ProblemCode::NotFound)?;
    if named.is_undone {
        return Ok(());
    }
    let became = &named.holding.became;
    let holding = store::find_holding(tx.connection(), &named.conversation_id, became).await?;
    let holding = holding.filter(|holding| holding.conversion_id == named.conversion_id);
    let holding = holding.ok_or(ProblemCode::OutOfRange)?;
    if !may_undo(Undoer::Admin, &holding.holding, by.now) {
        return Err(ProblemCode::OutOfRange.into());
    }
    give_back(tx, by, admin, How::Undo, &holding).await
}

/// A user says that what came to them is not theirs. The same again changes nothing.
///
/// **Errors**: `not_found` for what did not come to them by a conversion; `out_of_range` where it is too late.
pub async fn not_me(
    tx: &mut Tx<'_>,
    by: &By,
    user: &PersonId,
    conversation_id: &ConversationId,
) -> Result<(), Refusal> {
    let Some(holding) = store::find_holding(tx.connection(), conversation_id, user).await? else {
        let earlier = store::find_undone_by(tx.connection(), conversation_id, user).await?;
        return match earlier {
            Some(_) => Ok(()),
            None => Err(ProblemCode::NotFound.into()),
        };
    };
    if !may_undo(Undoer::User(user), &holding.holding, by.now) {
        return Err(ProblemCode::OutOfRange.into());
    }
    give_back(tx, by, user, How::NotMe, &holding).await
}

async fn give_back(
    tx: &mut Tx<'_>,
    by: &By,
    undoer: &PersonId,
    how: How,
    kept: &Kept,
) -> Result<(), Refusal> {
    let became = &kept.holding.became;
    let given_back =
        update_given_back(tx.connection(), &kept.conversation_id, became, &kept.guest).await?;
    // Somebody was quicker.
    let given_back = given_back.ok_or(ProblemCode::OutOfRange)?;
    let said = list_said(tx.connection(), &kept.conversation_id, kept.cut).await?;
    let later = list_texts_after(tx.connection(), &kept.conversation_id, kept.cut.next()).await?;
    let participants = list_participants(tx.connection(), &kept.conversation_id).await?;
    let before = Before {
        guest: &kept.guest,
        became,
        cut: kept.cut,
        staff_seen: given_back.staff_seen,
        said: &said,
        later: &later,
        participants: &participants,
    };
    let plan = plan_undo(&before);
    let restart = Restart {
        from: &kept.conversation_id,
        before: &before,
        carried: plan.carried.as_ref(),
    };
    let carried_to = carry_on(tx, by, &restart).await?;
    delete_notices_after(tx.connection(), &kept.conversation_id, before.notice()).await?;
    replace_participants(
        tx.connection(),
        &kept.conversation_id,
        &plan.kept.participants,
    )
    .await?;
    update_counters(tx.connection(), &kept.conversation_id, &plan.kept.counters).await?;
    let notice = NewNotice {
        message_id: &by.mint.id::<MessageId>(),
        conversation_id: &kept.conversation_id,
        position: plan.kept.counters.last_position,
        notice: Notice::Undone,
        revision: given_back.revision,
        now: by.now,
    };
    insert_notice(tx.connection(), &notice).await?;
    store::update_undone(
        tx.connection(),
        &kept.conversion_id,
        undoer,
        how,
        carried_to.as_ref().map(|carried| &carried.conversation_id),
        by.now,
    )
    .await?;
    let happening = Happening::ConversionUndone {
        conversion_id: kept.conversion_id.clone(),
    };
    happened(tx.connection(), &by.mint, &happening, by.now).await?;
    restore_guest_sessions(tx.connection(), &kept.guest, by.now).await?;
    let written = said
        .iter()
        .find(|said| said.author == kept.guest && said.side == Side::Customer);
    if let (How::NotMe, Some(written)) = (how, written) {
        let report = NewReport {
            report_id: &by.mint.id::<ReportId>(),
            reporter: undoer,
            reported: &kept.guest,
            conversation_id: &kept.conversation_id,
            position: written.position,
            reason: NOT_ME,
        };
        report_guest(tx, by, &report).await?;
    }
    let done = Done::ConversionUndone {
        conversation: kept.conversation_id.clone(),
        guest: kept.guest.clone(),
        became: became.clone(),
        how: how.word(),
    };
    audit::record(tx.connection(), by, &done).await?;
    tx.tell(Fact::GivenBack {
        conversation_id: kept.conversation_id.clone(),
        guest: kept.guest.clone(),
        owner: became.clone(),
        revision: given_back.revision,
    });
    if let Some(carried) = carried_to {
        tx.tell(carried.fact);
    }
    Ok(())
}

async fn report_guest(tx: &mut Tx<'_>, by: &By, report: &NewReport<'_>) -> Result<(), Refusal> {
    if insert_report(tx.connection(), report, by.now).await? {
        let done = Done::MessageReported {
            reported: report.reported.clone(),
            conversation: report.conversation_id.clone(),
            position: report.position,
        };
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(())
}
