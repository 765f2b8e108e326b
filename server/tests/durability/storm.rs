//! R10: after a crash the server is back at once, whatever it holds, and everybody who comes back gets in.
//!
//! The laws: a start does nothing that takes longer the more is stored. Frames come back by themselves, each at a time of
//! its own, and go on where they were; and if all of them came in one moment, which is worse than what our own frame
//! does, nobody would be turned away. Seen red, in the long form, with a start that checks the whole file.

use crate::world::{World, chance, is_long};
use anyhow::{Context, Result, ensure};
use fastrand::Rng;
use porchlight_bench::clock;
use porchlight_bench::http::Encoding;
use porchlight_bench::people::{self, Guest};
use porchlight_bench::program::{Program, Server};
use porchlight_bench::seeding::History;
use porchlight_bench::socket::Socket;
use shared::ids::Revision;
use shared::realtime::{Event, Known, Resume, Signal};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// From the start of the process to its first answer.
const BACK: Duration = Duration::from_secs(2);
/// From the crash until everybody has gone on where they were.
const RESUMED: Duration = Duration::from_secs(30);
/// Until everybody has their welcome who asks in one moment. **Source**: `performance.md`, P4, for 1,000.
const AT_ONCE: Duration = Duration::from_secs(5);
/// A debug build that shares its cores with other tests.
const SLOWER_HERE: u32 = 4;

struct Size {
    /// Stored already; two and a half messages each.
    conversations: i64,
    guests: usize,
    slower: u32,
}

impl Size {
    fn of_this_run() -> Self {
        if is_long() {
            Self {
                conversations: 400_000,
                guests: 1_000,
                slower: 1,
            }
        } else {
            Self {
                conversations: 4_000,
                guests: 200,
                slower: SLOWER_HERE,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_crash_everybody_is_back_and_nobody_is_turned_away_on_sqlite() -> Result<()> {
    comes_back(World::on_sqlite(1)?).await
}

/// In the long form only: what differs is the database's own affair.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_crash_everybody_is_back_and_nobody_is_turned_away_on_postgres() -> Result<()> {
    if !is_long() {
        return Ok(());
    }
    match World::on_postgres(1).await? {
        Some(world) => comes_back(world).await,
        None => Ok(()),
    }
}

async fn comes_back(world: World) -> Result<()> {
    let (size, mut chance) = (Size::of_this_run(), chance("storm"));
    let mut history = History::open(&world.program).await?;
    let agent = history.person(&people::agent_subject(0)).await?;
    history.conversations(size.conversations, &agent).await?;
    history.close().await?;
    let mut server = world.program.start().await?;
    let guests = world.guests(size.guests).await?;

    let mut frames = JoinSet::new();
    for (guest, socket) in guests.iter().zip(all_open(&world.program, &guests).await?) {
        let frame = Frame {
            program: world.program.clone(),
            guest: guest.clone(),
            chance: chance.fork(),
        };
        frames.spawn(frame.goes_on(socket));
    }
    let began = clock::now();
    server.kill()?;
    let mut server = starts(&world, size.slower).await?;
    let resumed = async {
        while let Some(frame) = frames.join_next().await {
            frame??;
        }
        anyhow::Ok(began.elapsed())
    };
    let resumed = timeout(RESUMED * size.slower, resumed).await;
    let resumed = resumed.context("somebody has not gone on in time")??;

    server.kill()?;
    let server = starts(&world, size.slower).await?;
    let began = clock::now();
    let back = timeout(AT_ONCE * size.slower, all_open(&world.program, &guests)).await;
    let back = back.context("somebody is not back in time")??;
    println!(
        "Back after {} ms with {} conversations; {} frames went on within {} ms, and within {} ms all at once.",
        server.first_answer().as_millis(),
        size.conversations,
        back.len(),
        resumed.as_millis(),
        began.elapsed().as_millis()
    );
    world.end().await
}

async fn starts(world: &World, slower: u32) -> Result<Server> {
    let server = world.program.start().await?;
    let took = server.first_answer();
    ensure!(took < BACK * slower, "back after {took:?}");
    Ok(server)
}

/// A frame with its thread open.
struct Frame {
    program: Program,
    guest: Guest,
    chance: Rng,
}

impl Frame {
    /// Until the connection breaks; then comes back, as often as it takes, and asks what it missed.
    async fn goes_on(mut self, mut socket: Socket) -> Result<()> {
        while socket.next_event().await.is_ok() {}
        let mut failures = 0;
        let mut socket = loop {
            tokio::time::sleep(self.pause(failures)).await;
            let opened = Socket::open(&self.program, &self.guest.person, Encoding::Postcard);
            match opened.await {
                Ok(socket) => break socket,
                Err(_) => failures += 1,
            }
        };
        // It knows of nothing, so it has missed something.
        let known = Known {
            conversation_id: self.guest.conversation_id.clone(),
            revision: Revision(0),
        };
        let resume = Resume {
            conversations: vec![known],
        };
        socket.signal(&Signal::Resume(resume)).await?;
        loop {
            if let Event::Resumed(resumed) = socket.next_event().await? {
                ensure!(
                    resumed.behind == [self.guest.conversation_id],
                    "a frame was told that it had missed nothing"
                );
                return Ok(());
            }
        }
    }

    /// **Source**: the widget's `net/backoff.rs`: 0.5 s · 2ⁿ up to 30 s, ± 50 %.
    fn pause(&mut self, failures: u32) -> Duration {
        let full = 500_u64.saturating_mul(1 << failures.min(6)).min(30_000);
        Duration::from_millis(full / 2 + self.chance.u64(..full))
    }
}

/// A socket for each, all at once.
async fn all_open(program: &Program, guests: &[Guest]) -> Result<Vec<Socket>> {
    let mut opening = JoinSet::new();
    for (place, guest) in guests.iter().enumerate() {
        let (program, person) = (program.clone(), guest.person.clone());
        opening.spawn(async move {
            let opened = Socket::open(&program, &person, Encoding::Postcard).await;
            opened.map(|socket| (place, socket))
        });
    }
    let mut sockets = Vec::new();
    while let Some(socket) = opening.join_next().await {
        sockets.push(socket?.context("a socket was refused")?);
    }
    sockets.sort_by_key(|(place, _)| *place);
    Ok(sockets.into_iter().map(|(_, socket)| socket).collect())
}
