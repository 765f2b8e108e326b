//! The task that keeps to the periods: one in each process.
//!
//! The laws: what limits remember of network addresses is forgotten within a minute of its window. One guest a transaction, with a pause between two, so that whoever sends a message never waits for it; a
//! bounded number in an hour; what fails is tried again, and logged without values.

use super::{
    change::{Erased, Fading, Leaving, delete_lines, erase_expired},
    rules::{Due, Hours, Periods, Reading, expired, plan_lines},
    store::{Place, find_stillness, list_silent},
};
use crate::{
    app::App,
    database::without_values,
    error::Refusal,
    safety::{audit::GrowingLine, store::find_oldest_line},
};
use shared::{
    ids::{PersonId, Time},
    problem::ProblemCode,
};
use std::{sync::Arc, time::Duration};
use tokio::time::{MissedTickBehavior, interval};

/// The clock is looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// What memory need not hold is forgotten this often.
const FORGET: Duration = Duration::from_secs(60);
/// Conversations that are looked at with one statement.
const PAGE: u32 = 200;
/// Guests erased in an hour, at most: whoever sees in *Activity* that a wrong clock does harm can still stop it.
pub const GUESTS_AT_ONCE: u32 = 500;
/// Until the next: the writer is everybody's.
const PAUSE: Duration = Duration::from_millis(20);
/// Lines deleted in one transaction.
const LINES: u32 = 500;
/// Lines deleted in an hour, at most.
const LINES_AT_ONCE: u64 = 20_000;

/// Sweeps once an hour, until the process ends.
pub async fn keep_to_periods(app: Arc<App>) {
    let mut hours = Hours::begin(reading(&app));
    let (mut look, mut forget) = (interval(LOOK), interval(FORGET));
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    forget.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = look.tick() => {}
            _ = forget.tick() => {
                forget_peers(&app);
                continue;
            }
        }
        match hours.look(reading(&app)) {
            Due::NotYet => {}
            Due::ClockWasSet => tracing::warn!(
                "the clock was set by more than a day: nothing is erased for its age within the next hour"
            ),
            Due::Now => {
                if !sweep(&app).await {
                    hours.failed(app.clock.elapsed());
                }
            }
        }
    }
}

/// Forgets network addresses that no limit needs any more. Those of open connections go with them.
pub fn forget_peers(app: &App) {
    let now = app.clock.now();
    app.sign_ins.forget_passed(now);
    app.limits.forget_peers(now);
    app.codes.forget_peers(now);
    app.back_off.forget_passed(now);
}

fn reading(app: &App) -> Reading {
    Reading {
        now: app.clock.now(),
        elapsed: app.clock.elapsed(),
    }
}

/// One sweep. `false`: some of it has to be tried again.
async fn sweep(app: &App) -> bool {
    let now = app.clock.now();
    let erased = tried(
        "guests were not erased",
        erase_guests(app, now, GUESTS_AT_ONCE).await,
    );
    let deleted = tried(
        "old lines of the log were not deleted",
        delete_old_lines(app, now).await,
    );
    // Also what an admin had erased since: until then its words stand in the log beside the database's file.
    let folded = tried(
        "the write-ahead log keeps what was erased",
        fold_log(app).await,
    );
    erased && deleted && folded
}

async fn fold_log(app: &App) -> Result<(), Refusal> {
    match app.database.fold_log().await? {
        true => Ok(()),
        false => Err(ProblemCode::NotStored.into()),
    }
}

fn tried(what: &'static str, result: Result<(), Refusal>) -> bool {
    match result {
        Ok(()) => return true,
        Err(Refusal::Database(error)) => {
            tracing::warn!(error = %without_values(&error), "{what}; tried again in a minute");
        }
        Err(refusal) => tracing::warn!(%refusal, "{what}; tried again in a minute"),
    }
    false
}

/// Erases the guests whose conversations have been kept for long enough, the longest silent first.
///
/// **Errors**: the database's; `not_stored` where it has no room at the moment.
pub async fn erase_guests(app: &App, now: Time, at_most: u32) -> Result<(), Refusal> {
    let periods = Periods::of(&app.policy().settings);
    let Some(until) = periods.newest_gone(now) else {
        return Ok(());
    };
    let line = GrowingLine::begin(&app.mint);
    let (mut so_far, mut behind) = (Erased::default(), Place::first());
    loop {
        let page = {
            let mut connection = app.database.read().await?;
            list_silent(&mut connection, until, &behind, PAGE).await?
        };
        let Some(last) = page.last() else {
            return Ok(());
        };
        behind = Place {
            last_word: last.last_word,
            conversation_id: last.conversation_id.as_str().to_owned(),
        };
        for silent in page.iter().filter(|silent| !silent.is_gone) {
            let leaving = Leaving {
                guest: silent.guest.clone(),
                periods,
                now,
                line: line.clone(),
                so_far,
            };
            so_far = erase_one(app, leaving).await?;
            if so_far.all() >= at_most {
                return Ok(());
            }
        }
    }
}

/// **Shape**: what the sweep has erased with this one.
async fn erase_one(app: &App, leaving: Leaving) -> Result<Erased, Refusal> {
    let so_far = leaving.so_far;
    if !is_leaving(app, &leaving).await? {
        return Ok(so_far);
    }
    let guest: PersonId = leaving.guest.clone();
    let erased = app
        .writer
        .run(leaving, |tx, leaving| Box::pin(erase_expired(tx, leaving)))
        .await;
    tokio::time::sleep(PAUSE).await;
    match erased {
        Ok(rule) => Ok(rule.map_or(so_far, |rule| so_far.and(rule))),
        Err(Refusal::Problem(problem)) if problem.code != ProblemCode::NotStored => {
            // One who cannot be erased must not keep the others.
            tracing::error!(person_id = %guest, code = ?problem.code, "a guest could not be erased for their age");
            Ok(so_far)
        }
        Err(refusal) => Err(refusal),
    }
}

/// Asked before the writer is: who may still come back is looked at every hour.
async fn is_leaving(app: &App, leaving: &Leaving) -> Result<bool, Refusal> {
    let mut connection = app.database.read().await?;
    let still = find_stillness(&mut connection, &leaving.guest, leaving.now).await?;
    Ok(still.is_some_and(|still| expired(&still, leaving.periods, leaving.now).is_some()))
}

/// Deletes lines of the log that have been kept for long enough.
///
/// **Errors**: the database's; `not_stored` where it has no room at the moment.
pub async fn delete_old_lines(app: &App, now: Time) -> Result<(), Refusal> {
    let keep_days = app.policy().settings.keep_audit_days;
    let oldest = {
        let mut connection = app.database.read().await?;
        find_oldest_line(&mut connection).await?
    };
    let Some(before) = plan_lines(oldest, keep_days, now) else {
        return Ok(());
    };
    let mut fading = Fading {
        before,
        limit: LINES,
        now,
        line: GrowingLine::begin(&app.mint),
        so_far: 0,
    };
    while fading.so_far < LINES_AT_ONCE {
        let deleted = app
            .writer
            .run(fading.clone(), |tx, fading| {
                Box::pin(delete_lines(tx, fading))
            })
            .await?;
        if deleted == 0 {
            break;
        }
        fading.so_far += deleted;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
