//! R10: after a crash the server is back at once, and everybody who comes back at the same time gets in.
//!
//! The law: everybody reconnects without waiting for their turn, which is worse than what our own frame does.

use crate::world::{World, is_long};
use anyhow::{Context, Result, ensure};
use porchlight_bench::clock;
use porchlight_bench::http::Encoding;
use porchlight_bench::people::Guest;
use porchlight_bench::program::Program;
use porchlight_bench::socket::Socket;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// From the start of the process to its first answer.
const BACK: Duration = Duration::from_secs(2);
/// Until everybody has their welcome again. **Source**: `performance.md`, P4, for 1,000.
const RESUMED: Duration = Duration::from_secs(5);
/// A debug build that shares its cores with other tests.
const SLOWER_HERE: u32 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_crash_everybody_is_back_and_nobody_is_turned_away() -> Result<()> {
    let (guests, slower) = if is_long() {
        (1_000, 1)
    } else {
        (200, SLOWER_HERE)
    };
    let world = World::on_sqlite(1)?;
    let mut server = world.program.start().await?;
    let guests = world.guests(guests).await?;
    let before = all_open(&world.program, &guests).await?;
    server.kill()?;
    drop(before);
    let server = world.program.start().await?;
    ensure!(
        server.first_answer() < BACK * slower,
        "back after {:?}",
        server.first_answer()
    );
    let began = clock::now();
    let back = timeout(RESUMED * slower, all_open(&world.program, &guests))
        .await
        .context("somebody is not back in time")??;
    println!(
        "Back after {} ms; {} sockets resumed within {} ms.",
        server.first_answer().as_millis(),
        back.len(),
        began.elapsed().as_millis()
    );
    world.end().await
}

/// A socket for each, all at once.
async fn all_open(program: &Program, guests: &[Guest]) -> Result<Vec<Socket>> {
    let mut opening = JoinSet::new();
    for guest in guests {
        let (program, person) = (program.clone(), guest.person.clone());
        opening.spawn(async move { Socket::open(&program, &person, Encoding::Postcard).await });
    }
    let mut sockets = Vec::new();
    while let Some(socket) = opening.join_next().await {
        sockets.push(socket?.context("a socket was refused")?);
    }
    Ok(sockets)
}
