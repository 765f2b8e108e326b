//! Erasing one guest, and deleting lines, inside the writer's transaction.
//!
//! The law: whether somebody is to go is decided anew in the transaction that erases them, with their conversations
//! held: somebody who wrote at the last moment stays, with all they wrote.

use super::{
    rules::{Periods, Rule, expired},
    store::find_stillness,
};
use crate::{
    conversation::store::hold_of_owner,
    database::writer::Tx,
    error::Refusal,
    person::erase::{forget, tell},
    safety::{
        audit::{Done, GrowingLine},
        store::delete_lines_before,
    },
};
use shared::ids::{PersonId, Time};

/// What a sweep has erased so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    pub ended: u32,
    pub idle: u32,
}

impl Erased {
    pub const fn and(self, rule: Rule) -> Self {
        match rule {
            Rule::Ended => Self {
                ended: self.ended + 1,
                ..self
            },
            Rule::Idle => Self {
                idle: self.idle + 1,
                ..self
            },
        }
    }

    pub const fn all(self) -> u32 {
        self.ended + self.idle
    }
}

/// A guest who seems to have been kept for long enough.
#[derive(Clone)]
pub struct Leaving {
    pub guest: PersonId,
    pub periods: Periods,
    pub now: Time,
    /// The sweep's.
    pub line: GrowingLine,
    pub so_far: Erased,
}

/// Erases a guest, if they still are to go.
///
/// **Errors**: the database's.
pub async fn erase_expired(tx: &mut Tx<'_>, leaving: &Leaving) -> Result<Option<Rule>, Refusal> {
    let Leaving {
        guest,
        periods,
        now,
        line,
        so_far,
    } = leaving;
    hold_of_owner(tx.connection(), guest).await?;
    let Some(still) = find_stillness(tx.connection(), guest, *now).await? else {
        return Ok(None);
    };
    let Some(rule) = expired(&still, *periods, *now) else {
        return Ok(None);
    };
    // No policy version more, as when somebody asks for it: a guest is in no group, and nobody's permission.
    let touched = forget(tx, guest, *now).await?;
    tell(tx, touched);
    let Erased { ended, idle } = so_far.and(rule);
    let done = Done::GuestsErased { ended, idle };
    line.record(tx.connection(), &done, *now).await?;
    Ok(Some(rule))
}

/// Lines of the log that are to go.
#[derive(Clone)]
pub struct Fading {
    pub before: Time,
    pub limit: u32,
    pub now: Time,
    /// Which says so.
    pub line: GrowingLine,
    pub so_far: u64,
}

/// Deletes some of them. **Shape**: how many.
///
/// **Errors**: the database's.
pub async fn delete_lines(tx: &mut Tx<'_>, fading: &Fading) -> Result<u64, Refusal> {
    let deleted = delete_lines_before(tx.connection(), fading.before, fading.limit).await?;
    if deleted > 0 {
        let lines = fading.so_far + deleted;
        let done = Done::ActivityDeleted { lines };
        fading
            .line
            .record(tx.connection(), &done, fading.now)
            .await?;
    }
    Ok(deleted)
}
