//! A deploy is a pause that nobody notices: polite restarts under load.
//!
//! The law: every message is acknowledged in the end, soon, once; nobody is told anything but "not now, try again";
//! every socket hears a goodbye before it is closed, and may come back. Seen red with the goodbye taken away.

use crate::ledger::Stored;
use crate::load::{GUESTS, Load};
use crate::world::{World, is_long};
use anyhow::{Context, Result, bail, ensure};
use porchlight_bench::http::Encoding;
use porchlight_bench::people::{Guest, Person};
use porchlight_bench::program::Program;
use porchlight_bench::socket::Socket;
use shared::ids::Position;
use shared::realtime::Event;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Together with the pace of each that makes 200 messages a second.
const SENDERS: usize = 110;
/// From a message's first try to its acknowledgement. The widget says that it cannot reach the server much later.
const SOON: Duration = Duration::from_secs(10);
/// Between restarts.
const CALM: Duration = Duration::from_millis(1_500);

#[tokio::test]
async fn a_deploy_under_load_loses_nothing_and_nobody_sees_an_error_on_sqlite() -> Result<()> {
    let world = World::on_sqlite(2)?;
    deploy(&world).await?;
    world.end().await
}

#[tokio::test]
async fn a_deploy_under_load_loses_nothing_and_nobody_sees_an_error_on_postgres() -> Result<()> {
    let Some(world) = World::on_postgres(2).await? else {
        return Ok(());
    };
    deploy(&world).await?;
    world.end().await
}

async fn deploy(world: &World) -> Result<()> {
    let restarts = if is_long() { 20 } else { 4 };
    let mut server = world.program.start().await?;
    let guests = world.guests(SENDERS).await?;
    let agents = world.agents(2).await?;
    let screens: Vec<Screen> = agents
        .iter()
        .map(|agent| Screen::open(&world.program, agent))
        .collect();
    let mut load = Load::start_returning(world, &guests).await?;
    for _ in 0..restarts {
        let before = load.acknowledged();
        tokio::time::sleep(CALM).await;
        load.until("messages between restarts", |load| {
            load.acknowledged() > before + GUESTS
        })
        .await
        .with_context(|| world.program.log())?;
        server.ask_to_stop()?;
        let status = tokio::task::spawn_blocking(move || server.wait()).await??;
        ensure!(status.success(), "a polite stop ended with {status}");
        server = world.program.start().await?;
    }
    let slowest = load.slowest();
    let refused = load.refused();
    let entries = load.stop().await?;
    for guest in &guests {
        check(world, &agents[0], guest, &entries).await?;
    }
    for screen in screens {
        screen.close(restarts).await?;
    }
    ensure!(slowest < SOON, "a message waited {slowest:?}");
    let log = world.program.log();
    ensure!(
        !log.contains(" ERROR ") && !log.contains("panicked"),
        "{log}"
    );
    println!(
        "{restarts} restarts, {} messages, {refused} told to try again, the slowest acknowledged after {slowest:?}: each stored once.",
        entries.len()
    );
    Ok(())
}

/// Everything that a guest wrote is there, once.
async fn check(
    world: &World,
    reader: &Person,
    guest: &Guest,
    entries: &[crate::ledger::Entry],
) -> Result<()> {
    let mut stored = Stored::default();
    let messages = world
        .messages(reader, &guest.conversation_id, Position::NONE)
        .await?;
    stored.extend(messages)?;
    let own = entries
        .iter()
        .filter(|entry| entry.conversation_id == guest.conversation_id);
    let mut count = 0;
    for entry in own {
        ensure!(
            entry.acknowledged.is_some(),
            "LOST: {} was never acknowledged",
            entry.client_id
        );
        stored.holds(entry)?;
        count += 1;
    }
    // And the first of the conversation.
    ensure!(
        stored.count() == count + 1,
        "DOUBLED: {count} were sent, and {} are stored",
        stored.count() - 1
    );
    Ok(())
}

/// An agent who comes back whenever the server does.
struct Screen {
    task: JoinHandle<Result<usize>>,
    is_over: watch::Sender<bool>,
}

impl Screen {
    fn open(program: &Program, agent: &Person) -> Self {
        let is_over = watch::Sender::new(false);
        let task = tokio::spawn(look(program.clone(), agent.clone(), is_over.subscribe()));
        Self { task, is_over }
    }

    /// Each restart said goodbye.
    async fn close(self, restarts: usize) -> Result<()> {
        self.is_over.send_replace(true);
        let goodbyes = self.task.await??;
        ensure!(
            goodbyes == restarts,
            "{restarts} restarts said goodbye {goodbyes} times"
        );
        Ok(())
    }
}

/// Counts goodbyes. A socket that ends without one is an error.
async fn look(
    program: Program,
    agent: Person,
    mut is_over: watch::Receiver<bool>,
) -> Result<usize> {
    let mut goodbyes = 0;
    loop {
        let Ok(mut socket) = Socket::open(&program, &agent, Encoding::Json).await else {
            if *is_over.borrow() {
                return Ok(goodbyes);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        loop {
            let event = tokio::select! {
                event = socket.next_event() => event,
                _ = is_over.changed() => return Ok(goodbyes),
            };
            match event {
                Ok(Event::GoingAway(_)) => {
                    goodbyes += 1;
                    break;
                }
                Ok(Event::Resync(_)) => break,
                Ok(_) => {}
                Err(why) => bail!("a socket ended without a goodbye: {why}"),
            }
        }
        // The server has its last words with it; then it is let go.
        drop(socket);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
