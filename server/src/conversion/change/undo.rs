//! Taking a conversion back: the guest's part goes back to the guest, what was written since stays the user's.
//!
//! The laws: only the latest conversion that holds is taken back; the guest's sessions that would still live come back;
//! the row stays, and keeps it from happening again by itself. No message is lost, doubled or reordered.

use super::restart::{Carriage, Restart, carry_on};
use crate::{
    conversation::{
        announce::Fact,
        store::{
            GivenBack, NewNotice, Said, delete_notices_after, insert_notice, list_participants,
            list_said, list_texts_after, replace_participants, update_counters, update_given_back,
        },
    },
    conversion::{
        rules::{
            Undoer, may_undo,
            undoing::{Before, Part, plan_undo},
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
    ids::{ConversationId, ConversionId, MessageId, PersonId, Position, ReportId, Revision},
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

/// Its steps, in their order: the conversation is the guest's, what was written since goes on elsewhere, the rest is as
/// it was, the thread says so, the guest's sessions live, and everybody who should be is told.
async fn give_back(
    tx: &mut Tx<'_>,
    by: &By,
    undoer: &PersonId,
    how: How,
    kept: &Kept,
) -> Result<(), Refusal> {
    let Kept {
        conversation_id,
        guest,
        ..
    } = kept;
    let became = &kept.holding.became;
    let given_back = update_given_back(tx.connection(), conversation_id, became, guest).await?;
    // Somebody was quicker.
    let given_back = given_back.ok_or(ProblemCode::OutOfRange)?;
    let parts = part(tx, by, kept, &given_back).await?;
    let carried_to = parts.carriage.as_ref().map(|it| &it.conversation_id);
    write_down(
        tx,
        by,
        kept,
        Undoing {
            undoer,
            how,
            carried_to,
        },
    )
    .await?;
    restore_guest_sessions(tx.connection(), guest, by.now).await?;
    if let (How::NotMe, Some(position)) = (how, parts.written) {
        let report = NewReport {
            report_id: &by.mint.id::<ReportId>(),
            reporter: undoer,
            reported: guest,
            conversation_id,
            position,
            reason: NOT_ME,
        };
        report_guest(tx, by, &report).await?;
    }
    tx.tell(Fact::GivenBack {
        conversation_id: conversation_id.clone(),
        guest: guest.clone(),
        owner: became.clone(),
        revision: given_back.revision,
    });
    if let Some(carriage) = parts.carriage {
        tx.tell(carriage.fact);
    }
    Ok(())
}

/// What the conversation came apart into.
struct Parts {
    /// `None`: nothing was written since.
    carriage: Option<Carriage>,
    /// Where the guest wrote last. `None`: nothing of theirs is left.
    written: Option<Position>,
}

/// Takes apart what is the guest's and what was written since, and says so in the guest's.
async fn part(
    tx: &mut Tx<'_>,
    by: &By,
    kept: &Kept,
    given_back: &GivenBack,
) -> Result<Parts, Refusal> {
    let Kept {
        conversation_id,
        guest,
        cut,
        ..
    } = kept;
    let said = list_said(tx.connection(), conversation_id, *cut).await?;
    let later = list_texts_after(tx.connection(), conversation_id, cut.next()).await?;
    let participants = list_participants(tx.connection(), conversation_id).await?;
    let before = Before {
        guest,
        became: &kept.holding.became,
        cut: *cut,
        staff_seen: given_back.staff_seen,
        said: &said,
        later: &later,
        participants: &participants,
    };
    let plan = plan_undo(&before);
    let restart = Restart {
        from: conversation_id,
        before: &before,
        carried: plan.carried.as_ref(),
    };
    let carriage = carry_on(tx, by, &restart).await?;
    put_back(tx, by, kept, &before, &plan.kept, given_back.revision).await?;
    let by_guest = |said: &&Said| said.author == *guest && said.side == Side::Customer;
    Ok(Parts {
        carriage,
        written: said.iter().find(by_guest).map(|said| said.position),
    })
}

/// Makes the guest's part what it was, with the notice that says so behind it.
async fn put_back(
    tx: &mut Tx<'_>,
    by: &By,
    kept: &Kept,
    before: &Before<'_>,
    part: &Part,
    revision: Revision,
) -> Result<(), Refusal> {
    let conversation_id = &kept.conversation_id;
    delete_notices_after(tx.connection(), conversation_id, before.notice()).await?;
    replace_participants(tx.connection(), conversation_id, &part.participants).await?;
    update_counters(tx.connection(), conversation_id, &part.counters).await?;
    let notice = NewNotice {
        message_id: &by.mint.id::<MessageId>(),
        conversation_id,
        position: part.counters.last_position,
        notice: Notice::Undone,
        revision,
        now: by.now,
    };
    Ok(insert_notice(tx.connection(), &notice).await?)
}

/// Who took it back, and what came of it.
struct Undoing<'a> {
    undoer: &'a PersonId,
    how: How,
    carried_to: Option<&'a ConversationId>,
}

/// The row that keeps it from happening again, what hosts are told, and the line in the log.
async fn write_down(
    tx: &mut Tx<'_>,
    by: &By,
    kept: &Kept,
    Undoing {
        undoer,
        how,
        carried_to,
    }: Undoing<'_>,
) -> Result<(), Refusal> {
    let conversion_id = &kept.conversion_id;
    store::update_undone(
        tx.connection(),
        conversion_id,
        undoer,
        how,
        carried_to,
        by.now,
    )
    .await?;
    let happening = Happening::ConversionUndone {
        conversion_id: conversion_id.clone(),
    };
    happened(tx.connection(), &by.mint, &happening, by.now).await?;
    let done = Done::ConversionUndone {
        conversation: kept.conversation_id.clone(),
        guest: kept.guest.clone(),
        became: kept.holding.became.clone(),
        how: how.word(),
    };
    audit::record(tx.connection(), by, &done).await
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
