//! Guests who write at a steady pace, and what they were told.
//!
//! The law: a message that was refused is tried again with the same client id, as the widget does; anything but a yes
//! or a "not now, try again" is a failure of the test.

use crate::ledger::Entry;
use crate::world::World;
use anyhow::{Result, bail, ensure};
use porchlight_bench::http::Connection;
use porchlight_bench::people::Guest;
use shared::problem::{Problem, ProblemCode};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

pub const GUESTS: usize = 40;
/// Of each guest: under the limit of 20 in 10 s, and together some 70 messages a second.
const PAUSE: Duration = Duration::from_millis(550);
/// Until a state that is waited for has to be there.
const PATIENCE: Duration = Duration::from_secs(60);

/// What all senders share.
#[derive(Default)]
struct Heard {
    /// In the order of their acknowledgements.
    acknowledged: Mutex<Vec<Entry>>,
    refused: AtomicUsize,
    is_over: AtomicBool,
}

/// Guests at work. They stop when they are told to, or when the server is gone.
pub struct Load {
    heard: Arc<Heard>,
    /// Each returns what it sent last, where that was never answered.
    senders: JoinSet<Result<Option<Entry>>>,
}

impl Load {
    /// Sets everybody going; each writes in a conversation of their own.
    pub async fn start(world: &World, guests: &[Guest]) -> Result<Self> {
        let heard = Arc::<Heard>::default();
        let mut senders = JoinSet::new();
        for (number, guest) in guests.iter().cloned().enumerate() {
            let connection = world.connection().await?;
            let (heard, origin) = (Arc::clone(&heard), world.program.origin());
            let late = PAUSE * u32::try_from(number)? / u32::try_from(guests.len())?;
            senders.spawn(async move {
                tokio::time::sleep(late).await;
                write_until(&heard, connection, &origin, &guest).await
            });
        }
        Ok(Self { heard, senders })
    }

    /// So far.
    pub fn acknowledged(&self) -> usize {
        entries(&self.heard).len()
    }

    /// "Not now" so far.
    pub fn refused(&self) -> usize {
        self.heard.refused.load(Ordering::Relaxed)
    }

    /// Waits for a state of this load.
    ///
    /// **Errors**: it did not come, or somebody was told something strange.
    pub async fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) -> Result<()> {
        let waiting = async {
            while !holds(self) {
                if let Some(ended) = self.senders.try_join_next() {
                    ended??;
                    bail!("the server is gone, or let a connection go");
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            anyhow::Ok(())
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(waited) => waited,
            Err(_) => bail!("it never came to {what}"),
        }
    }

    /// Lets everybody finish. Returns what was acknowledged, in order, and then what was never answered.
    pub async fn stop(mut self) -> Result<Vec<Entry>> {
        self.heard.is_over.store(true, Ordering::Relaxed);
        let mut unknown = Vec::new();
        while let Some(sender) = self.senders.join_next().await {
            unknown.extend(sender??);
        }
        let mut all = entries(&self.heard).clone();
        all.extend(unknown);
        Ok(all)
    }
}

async fn write_until(
    heard: &Heard,
    mut connection: Connection,
    origin: &str,
    guest: &Guest,
) -> Result<Option<Entry>> {
    let mut count = 0;
    while !heard.is_over.load(Ordering::Relaxed) {
        count += 1;
        let text = format!("Message {count} of this guest.");
        let mut entry = Entry::new(&guest.person, &guest.conversation_id, text);
        loop {
            let Ok(answer) = connection.call(&entry.call(origin)).await else {
                return Ok(Some(entry));
            };
            if answer.status == 200 {
                entry.acknowledge(&answer.read()?)?;
                entries(heard).push(entry);
                break;
            }
            let told = String::from_utf8_lossy(&answer.body);
            let problem: Problem = serde_json::from_slice(&answer.body)?;
            ensure!(
                (answer.status, problem.code) == (503, ProblemCode::NotStored),
                "a sender was told {}: {told}",
                answer.status
            );
            ensure!(
                answer.retry_after_s.is_some(),
                "a sender was not told when to come again: {told}"
            );
            heard.refused.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
            if heard.is_over.load(Ordering::Relaxed) {
                return Ok(Some(entry));
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(None)
}

fn entries(heard: &Heard) -> MutexGuard<'_, Vec<Entry>> {
    heard
        .acknowledged
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}
