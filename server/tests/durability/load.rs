//! Guests who write at a steady pace, and what they were told.
//!
//! The law: a message that was refused is tried again with the same client id, as the widget does; anything but a yes
//! or a "not now, try again" is a failure of the test.

use crate::ledger::Entry;
use crate::world::World;
use anyhow::{Context, Result, bail, ensure};
use porchlight_bench::clock;
use porchlight_bench::http::{Answer, Connection};
use porchlight_bench::people::Guest;
use shared::problem::{Problem, ProblemCode};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
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
    /// From a first try to its acknowledgement, the longest. **Units**: milliseconds.
    slowest_ms: AtomicU64,
    is_over: AtomicBool,
}

/// What somebody does whose connection ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// That was it.
    Leaves,
    /// Tries again until there is an answer, as the widget does.
    Returns,
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
        Self::begin(world, guests, Manner::Leaves).await
    }

    /// The same with guests who come back when the server does.
    pub async fn start_returning(world: &World, guests: &[Guest]) -> Result<Self> {
        Self::begin(world, guests, Manner::Returns).await
    }

    async fn begin(world: &World, guests: &[Guest], manner: Manner) -> Result<Self> {
        let heard = Arc::<Heard>::default();
        let mut senders = JoinSet::new();
        for (number, guest) in guests.iter().cloned().enumerate() {
            let mut sender = Sender {
                connection: world.connection().await?,
                address: world.program.address(),
                origin: world.program.origin(),
                guest,
                manner,
            };
            let heard = Arc::clone(&heard);
            let late = PAUSE * u32::try_from(number)? / u32::try_from(guests.len())?;
            senders.spawn(async move {
                tokio::time::sleep(late).await;
                sender.write(&heard).await
            });
        }
        Ok(Self { heard, senders })
    }

    /// So far.
    pub fn acknowledged(&self) -> usize {
        entries(&self.heard).len()
    }

    /// The longest that somebody waited from the first try to the acknowledgement.
    pub fn slowest(&self) -> Duration {
        Duration::from_millis(self.heard.slowest_ms.load(Ordering::Relaxed))
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

struct Sender {
    connection: Connection,
    address: SocketAddr,
    origin: String,
    guest: Guest,
    manner: Manner,
}

impl Sender {
    /// Until everything is over. Returns what was never answered.
    async fn write(&mut self, heard: &Heard) -> Result<Option<Entry>> {
        let mut count = 0;
        while !heard.is_over.load(Ordering::Relaxed) {
            count += 1;
            let text = format!("Message {count} of this guest.");
            let entry = Entry::new(&self.guest.person, &self.guest.conversation_id, text);
            let begun = clock::now();
            if let Some(unanswered) = self.send(heard, entry).await? {
                return Ok(Some(unanswered));
            }
            let took = u64::try_from(begun.elapsed().as_millis())?;
            heard.slowest_ms.fetch_max(took, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        }
        Ok(None)
    }

    /// Tries until it is acknowledged. Returns it where nobody will answer any more.
    async fn send(&mut self, heard: &Heard, mut entry: Entry) -> Result<Option<Entry>> {
        loop {
            let Ok(answer) = self.connection.call(&entry.call(&self.origin)).await else {
                if self.manner == Manner::Leaves {
                    return Ok(Some(entry));
                }
                self.connection = self.come_back().await?;
                continue;
            };
            if answer.status == 200 {
                entry.acknowledge(&answer.read()?)?;
                entries(heard).push(entry);
                return Ok(None);
            }
            check_refusal(&answer)?;
            heard.refused.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
            if self.manner == Manner::Leaves && heard.is_over.load(Ordering::Relaxed) {
                return Ok(Some(entry));
            }
        }
    }

    async fn come_back(&self) -> Result<Connection> {
        let tries = async {
            loop {
                if let Ok(connection) = Connection::open(self.address).await {
                    return connection;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE, tries)
            .await
            .context("the server never came back")
    }
}

fn check_refusal(answer: &Answer) -> Result<()> {
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
    Ok(())
}

fn entries(heard: &Heard) -> MutexGuard<'_, Vec<Entry>> {
    heard
        .acknowledged
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}
