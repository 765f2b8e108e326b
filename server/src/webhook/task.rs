//! The task that delivers: one in each process.
//!
//! The laws: each receiver is called a few times at once and no more, so one that hangs holds up nobody but itself; what
//! is claimed and not settled is anybody's again after a while; a server whose site has no webhook asks the database
//! nothing.

use super::{
    change::{WebhookEnd, end_webhook},
    courier::{Call, Courier},
    names::Names,
    payload,
    rules::{Failure, Loopback, Next, Outcome, plan_next},
    store::{self, ClaimedDelivery, Destination, Settled},
};
use crate::{app::App, error::Refusal};
use shared::{
    ids::{Time, WebhookId},
    limits,
    problem::{Problem, ProblemCode},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::{
    sync::Notify,
    task::{JoinError, JoinSet},
    time::{MissedTickBehavior, interval},
};

/// What is due by the passing of time, or by another server's doing, is looked for this often.
const LOOK: Duration = Duration::from_secs(1);
/// What nobody needs any more is looked for this often.
const TIDY: Duration = Duration::from_secs(3_600);
/// Calls of one receiver at once.
const AT_ONCE: usize = 4;
/// How long a claim holds: longer than a call that hangs. **Units**: milliseconds.
const CLAIM_MS: i64 = 60_000;
/// What is forgotten at a time.
const FORGET: u32 = 100;
const DAY_MS: i64 = 86_400_000;

/// Wakes the task, and calls for it.
pub struct Dispatch {
    courier: Courier,
    bell: Notify,
}

impl Dispatch {
    pub fn new(names: Names, loopback: Loopback) -> Self {
        Self {
            courier: Courier::new(names, loopback),
            bell: Notify::new(),
        }
    }

    /// Something is due now.
    pub fn wake(&self) {
        self.bell.notify_one();
    }
}

/// Calls that are being made, of each webhook.
type AtWork = HashMap<WebhookId, usize>;

/// Delivers until the process ends.
pub async fn deliver(app: Arc<App>) {
    let (mut look, mut tidy) = (interval(LOOK), interval(TIDY));
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tidy.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut at_work, mut calls) = (AtWork::new(), JoinSet::new());
    loop {
        tokio::select! {
            _ = look.tick() => {}
            () = app.dispatch.bell.notified() => {}
            Some(ended) = calls.join_next() => {
                note_end(&mut at_work, ended);
                while let Some(ended) = calls.try_join_next() {
                    note_end(&mut at_work, ended);
                }
            }
            _ = tidy.tick() => {
                log("forgotten", forget_left_behind(&app).await);
                continue;
            }
        }
        if !app.policy().webhooks.is_nothing() {
            log(
                "looked for",
                begin_calls(&app, &mut at_work, &mut calls).await,
            );
        }
    }
}

fn note_end(at_work: &mut AtWork, ended: Result<WebhookId, JoinError>) {
    match ended {
        Ok(webhook_id) => {
            if let Some(calls) = at_work.get_mut(&webhook_id) {
                *calls -= 1;
            }
            at_work.retain(|_, calls| *calls > 0);
        }
        // Whose it was is not known any more: for once a receiver may be called more often.
        Err(_) => at_work.clear(),
    }
}

/// Begins what is due, as far as each receiver may be called now.
async fn begin_calls(
    app: &Arc<App>,
    at_work: &mut AtWork,
    calls: &mut JoinSet<WebhookId>,
) -> Result<(), Refusal> {
    for webhook_id in due(app).await? {
        let busy = at_work.entry(webhook_id.clone()).or_default();
        let free = AT_ONCE.saturating_sub(*busy);
        if free == 0 {
            continue;
        }
        for delivery in claim(app, &webhook_id, free).await? {
            *busy += 1;
            let (app, webhook_id) = (Arc::clone(app), webhook_id.clone());
            calls.spawn(async move {
                log("settled", deliver_one(&app, &webhook_id, &delivery).await);
                webhook_id
            });
        }
    }
    Ok(())
}

fn log(what: &str, done: Result<(), Refusal>) {
    if let Err(refusal) = done {
        // Says once what went wrong, and nothing of what was to be told.
        let code = refusal.into_problem().code;
        tracing::warn!(?code, "deliveries could not be {what}");
    }
}

async fn due(app: &App) -> Result<Vec<WebhookId>, Refusal> {
    let mut connection = app.database.read().await?;
    Ok(store::list_due_webhooks(&mut connection, app.clock.now()).await?)
}

async fn claim(
    app: &App,
    webhook_id: &WebhookId,
    many: usize,
) -> Result<Vec<ClaimedDelivery>, Refusal> {
    let many = u32::try_from(many).unwrap_or(1);
    app.writer
        .run(
            (webhook_id.clone(), app.clock.now(), many),
            |tx, (webhook_id, now, many)| {
                Box::pin(async move {
                    let until = Time(now.0 + CLAIM_MS);
                    let claimed = store::claim_due(tx.connection(), webhook_id, *now, until, *many);
                    Ok(claimed.await?)
                })
            },
        )
        .await
}

async fn deliver_one(
    app: &App,
    webhook_id: &WebhookId,
    delivery: &ClaimedDelivery,
) -> Result<(), Refusal> {
    let (destination, payload) = {
        let mut connection = app.database.read().await?;
        let destination = store::find_destination(&mut connection, webhook_id).await?;
        (
            destination,
            payload::write(&mut connection, delivery).await?,
        )
    };
    let Some(destination) = destination else {
        // It ended since.
        return Ok(());
    };
    let outcome = match payload {
        Some(payload) => call(app, &destination, delivery, payload).await,
        None => Outcome::Failed(Failure::NothingToTell),
    };
    tracing::debug!(%webhook_id, delivery_id = %delivery.delivery_id, ?outcome, "told");
    settle(app, webhook_id, delivery, outcome).await
}

async fn call(
    app: &App,
    destination: &Destination,
    delivery: &ClaimedDelivery,
    payload: String,
) -> Outcome {
    let call = Call {
        url: &destination.url,
        secret: &destination.secret,
        delivery_id: &delivery.delivery_id,
        timestamp_s: app.clock.now().0.div_euclid(1_000),
        payload,
    };
    app.dispatch.courier.call(call).await
}

async fn settle(
    app: &App,
    webhook_id: &WebhookId,
    delivery: &ClaimedDelivery,
    outcome: Outcome,
) -> Result<(), Refusal> {
    let now = app.clock.now();
    let next = plan_next(outcome, delivery.tries + 1, app.mint.below(1_001));
    app.metrics.delivered(next.word());
    if next == Next::Ended {
        return end(app, webhook_id).await;
    }
    let settled = Settled {
        delivered_at: (next == Next::Delivered).then_some(now),
        next_try_at: match next {
            Next::Again { after_ms } => Some(Time(now.0 + after_ms)),
            Next::Delivered | Next::GivenUp | Next::Ended => None,
        },
        status: match outcome {
            Outcome::Answered(status) => Some(status),
            Outcome::Failed(_) => None,
        },
        failure: match outcome {
            Outcome::Answered(_) => None,
            Outcome::Failed(failure) => Some(failure.word()),
        },
    };
    app.writer
        .run((delivery.clone(), settled), |tx, (delivery, settled)| {
            Box::pin(async move {
                store::settle_delivery(tx.connection(), delivery, *settled).await?;
                Ok(())
            })
        })
        .await
}

/// The receiver wants nothing more. Another call of the same round may have said so already.
async fn end(app: &App, webhook_id: &WebhookId) -> Result<(), Refusal> {
    let by = app.by_nobody();
    let ended = app
        .writer
        .run((by, webhook_id.clone()), |tx, (by, webhook_id)| {
            Box::pin(end_webhook(tx, by, webhook_id, WebhookEnd::ByReceiver))
        })
        .await;
    match ended {
        Ok(())
        | Err(Refusal::Problem(Problem {
            code: ProblemCode::NotFound,
            ..
        })) => app.policy_changed().await,
        Err(refusal) => Err(refusal),
    }
}

/// Forgets what nobody needs any more, a little at a time, so that nobody who writes waits for it.
async fn forget_left_behind(app: &App) -> Result<(), Refusal> {
    let before = Time(app.clock.now().0 - limits::DELIVERIES_KEPT_DAYS * DAY_MS);
    loop {
        let left = {
            let mut connection = app.database.read().await?;
            store::list_left_behind(&mut connection, before, FORGET).await?
        };
        if left.is_empty() {
            return Ok(());
        }
        app.writer
            .run(left, |tx, left| {
                Box::pin(async move { Ok(store::delete_settled(tx.connection(), left).await?) })
            })
            .await?;
    }
}
