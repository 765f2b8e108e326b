//! What nobody waits for: forgetting sessions, invitations and codes that have ended, and tokens that would be refused for
//! their age.
//!
//! The law: nothing depends on it. A row that has ended is as good as gone; this only gives its room back.

use super::store::{delete_ended, delete_long_ended, delete_noticed};
use crate::account::store::invitation::delete_run_out;
use crate::app::App;
use crate::conversion::store::delete_awaited;
use crate::mail_code::store::delete_passed;
use shared::ids::Time;
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3_600);

/// Ended rows stay this much longer, in case a clock was set forward by mistake. **Units**: milliseconds.
const GRACE_MS: i64 = 86_400_000;

/// Longer than browsers keep a cookie (400 days): until then one that a conversion ended is known to be nobody's.
const COOKIE_MS: i64 = 500 * 86_400_000;

/// Every process looks at sessions that ended each second; this is room for those that were asleep. **Units**:
/// milliseconds.
const NOTICED_MS: i64 = 3_600_000;

/// Forgets once an hour, until the process ends.
pub async fn forget_ended(app: Arc<App>) {
    let mut every_hour = tokio::time::interval(EVERY);
    every_hour.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every_hour.tick().await;
        let now = app.clock.now();
        let forgot = app
            .writer
            .run(now, |tx, now| {
                Box::pin(async move {
                    delete_run_out(tx.connection(), *now).await?;
                    delete_long_ended(tx.connection(), Time(now.0 - COOKIE_MS)).await?;
                    delete_noticed(tx.connection(), Time(now.0 - NOTICED_MS)).await?;
                    delete_awaited(tx.connection(), Time(now.0 - GRACE_MS)).await?;
                    delete_passed(tx.connection(), *now).await?;
                    Ok(delete_ended(tx.connection(), GRACE_MS, *now).await?)
                })
            })
            .await;
        if forgot.is_err() {
            tracing::warn!("ended sessions could not be forgotten; the next hour tries again");
        }
    }
}
