//! How long things are kept.
//!
//! The law: 0 is for ever. A guest who may come back finds what they wrote: nothing idle goes before an unused session
//! would have ended.

use super::Fault;
use crate::limits::{KEEP_DAYS_LEAST, KEEP_DAYS_MOST};
use crate::problem::{Field, ProblemCode};
use crate::settings::Settings;

pub(super) fn check(former: &Settings, next: &Settings) -> Result<(), Fault> {
    for (field, days) in [
        (
            Field::KeepGuestConversationsDays,
            next.keep_guest_conversations_days,
        ),
        (
            Field::KeepEndedConversationsDays,
            next.keep_ended_conversations_days,
        ),
        (Field::KeepAuditDays, next.keep_audit_days),
    ] {
        if days != 0 && !(KEEP_DAYS_LEAST..=KEEP_DAYS_MOST).contains(&days) {
            return Err(Fault::of(field, ProblemCode::OutOfRange));
        }
    }
    let kept = next.keep_guest_conversations_days;
    if kept == 0 || kept >= next.guest_idle_days {
        return Ok(());
    }
    // What was touched is what has to be put right.
    let field = if kept == former.keep_guest_conversations_days {
        Field::GuestIdleDays
    } else {
        Field::KeepGuestConversationsDays
    };
    Err(Fault::of(field, ProblemCode::KeptTooShort))
}
