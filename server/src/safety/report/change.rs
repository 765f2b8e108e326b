//! What changes reports, inside the writer's transaction.
//!
//! The law: a command may be run again, so it decides from what it reads here and now.

use super::{
    rules::may_report,
    store::{self, NewReport},
};
use crate::{
    conversation::{
        rules::{Asker, may_see, role_of},
        store::find_reader,
    },
    database::writer::Tx,
    error::Refusal,
    safety::audit::{self, By, Done},
};
use shared::{
    ids::{ConversationId, GroupId, PersonId, Position, ReportId},
    problem::ProblemCode,
};

/// `ReportMessage`, parsed.
pub struct Reporting {
    /// Taken if the report is new indeed.
    pub report_id: ReportId,
    pub reporter: PersonId,
    pub conversation_id: ConversationId,
    pub position: Position,
    pub reason: String,
    pub guest_group: Option<GroupId>,
    pub by: By,
}

/// Keeps a report. The same again changes nothing.
///
/// **Errors**: `not_found` for a conversation that the reporter may not see; those of [`may_report`].
pub async fn report(tx: &mut Tx<'_>, reporting: &Reporting) -> Result<(), Refusal> {
    let Reporting {
        report_id,
        reporter,
        conversation_id,
        position,
        reason,
        guest_group,
        by,
    } = reporting;
    let reader = find_reader(
        tx.connection(),
        conversation_id,
        reporter,
        guest_group.as_ref(),
    )
    .await?
    .ok_or(ProblemCode::NotFound)?;
    let asker = Asker {
        person_id: reporter,
        role: role_of(reader.facts).ok_or(ProblemCode::NotFound)?,
    };
    let own_side = may_see(asker, reader.standing.place())?;
    let written = store::find_written(tx.connection(), conversation_id, *position).await?;
    let reported = may_report(reporter, own_side, written)?;
    let new = NewReport {
        report_id,
        reporter,
        reported: &reported,
        conversation_id,
        position: *position,
        reason,
    };
    if store::insert_report(tx.connection(), &new, by.now).await? {
        let done = Done::MessageReported {
            reported,
            conversation: conversation_id.clone(),
            position: *position,
        };
        audit::record(tx.connection(), by, &done).await?;
    }
    Ok(())
}

/// Puts a report aside. Whoever did it first stands there.
///
/// **Errors**: `not_found`.
pub async fn dismiss(
    tx: &mut Tx<'_>,
    by: &By,
    admin: &PersonId,
    report_id: &ReportId,
) -> Result<(), Refusal> {
    let dismissed = store::update_dismissed(tx.connection(), report_id, admin, by.now).await?;
    let Some(reported) = dismissed else {
        return match store::has_report(tx.connection(), report_id).await? {
            true => Ok(()),
            false => Err(ProblemCode::NotFound.into()),
        };
    };
    let done = Done::ReportDismissed {
        report: report_id.clone(),
        reported,
    };
    audit::record(tx.connection(), by, &done).await
}
