//! R1 and R3: the server is killed twenty times and more under load.
//!
//! The law: lost 0, doubled 0, positions gapless, the database whole. On Postgres the server's process is killed and
//! the database lives.

use crate::ledger::{Entry, Stored};
use crate::world::{World, chance, is_long};
use anyhow::{Context, Result, bail, ensure};
use fastrand::Rng;
use porchlight_bench::http::Connection;
use porchlight_bench::people::{Guest, Person};
use porchlight_bench::program::Server;
use sqlx::{Connection as _, Row, SqliteConnection};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

const KILLS: u32 = 20;
/// Where none of them fell between a commit and its answer, killing goes on until one did.
const KILLS_AT_MOST: u32 = 100;
const CONVERSATIONS: usize = 8;
/// With the eight guests that makes twenty senders.
const AGENTS: usize = 12;
/// Entries that were acknowledged, and are nevertheless tried again after each kill.
const NEEDLESS_RETRIES: usize = 5;

#[tokio::test]
async fn a_killed_server_has_lost_nothing_it_acknowledged_on_sqlite() -> Result<()> {
    let world = World::on_sqlite(AGENTS)?;
    kill_again_and_again(&world, &mut chance("killed on sqlite")).await?;
    world.end().await
}

#[tokio::test]
async fn a_killed_server_has_lost_nothing_it_acknowledged_on_postgres() -> Result<()> {
    let Some(world) = World::on_postgres(AGENTS).await? else {
        return Ok(());
    };
    kill_again_and_again(&world, &mut chance("killed on postgres")).await?;
    world.end().await
}

async fn kill_again_and_again(world: &World, chance: &mut Rng) -> Result<()> {
    let mut server = world.program.start().await?;
    let guests = world.guests(CONVERSATIONS).await?;
    let agents = world.agents(AGENTS).await?;
    let mut history = History::new(&guests);
    let mut kill = 0;
    let kills = if is_long() { 3 * KILLS } else { KILLS };
    while kill < kills || (history.unknown_but_stored == 0 && kill < KILLS_AT_MOST) {
        kill += 1;
        let mut entries = one_life(world, server, &guests, &agents, chance).await?;
        check_files(world)
            .await
            .with_context(|| format!("after kill {kill}"))?;
        server = world.program.start().await?;
        history
            .check(world, &agents[0], &mut entries, chance)
            .await
            .with_context(|| format!("after kill {kill}"))?;
    }
    history.report(kill);
    // A test that kills an idle server proves nothing.
    let History {
        acknowledged,
        unknown_but_stored,
        ..
    } = history;
    ensure!(
        acknowledged > 10 * 20,
        "only {acknowledged} acknowledgements: the server was not under load"
    );
    ensure!(
        unknown_but_stored > 0,
        "no kill ever fell between a commit and its answer"
    );
    Ok(())
}

/// Twenty senders until the server is killed. Returns what each of them sent.
async fn one_life(
    world: &World,
    mut server: Server,
    guests: &[Guest],
    agents: &[Person],
    chance: &mut Rng,
) -> Result<Vec<Entry>> {
    let world_address = world.program.address();
    let mut senders = JoinSet::new();
    let own = guests
        .iter()
        .map(|guest| (guest.person.clone(), guest.conversation_id.clone()));
    let others = agents.iter().enumerate().map(|(number, agent)| {
        (
            agent.clone(),
            guests[number % guests.len()].conversation_id.clone(),
        )
    });
    let calls = Arc::new(world.program.origin());
    for (sender, conversation_id) in own.chain(others) {
        let (mut chance, origin) = (chance.fork(), Arc::clone(&calls));
        senders.spawn(async move {
            let mut connection = Connection::open(world_address).await?;
            let mut entries = Vec::new();
            loop {
                let text = format!(
                    "Message {} of this life, {:08x}.",
                    entries.len() + 1,
                    chance.u32(..)
                );
                let entry = Entry::new(&sender, &conversation_id, text);
                let answered = send_once(&mut connection, &origin, entry, &mut entries).await?;
                if !answered {
                    return anyhow::Ok(entries);
                }
                // Together about 700 a second, and nobody more than 20 in a life: that is the limit.
                tokio::time::sleep(Duration::from_millis(chance.u64(15..40))).await;
            }
        });
    }
    tokio::time::sleep(Duration::from_millis(chance.u64(50..500))).await;
    server.kill()?;
    let mut entries = Vec::new();
    while let Some(sender) = senders.join_next().await {
        entries.extend(sender??);
    }
    Ok(entries)
}

/// One try. `false`: the server is gone, or the sender has used up what the limits allow.
async fn send_once(
    connection: &mut Connection,
    origin: &str,
    mut entry: Entry,
    entries: &mut Vec<Entry>,
) -> Result<bool> {
    let call = entry.call(origin);
    let Ok(answer) = connection.call(&call).await else {
        entries.push(entry);
        return Ok(false);
    };
    match answer.status {
        200 => {
            entry.acknowledge(&answer.read()?)?;
            entries.push(entry);
            Ok(true)
        }
        429 => Ok(false),
        status => bail!(
            "a send was answered with status {status}: {}",
            String::from_utf8_lossy(&answer.body)
        ),
    }
}

/// All lives so far.
struct History {
    stored: HashMap<String, Stored>,
    conversations: Vec<Guest>,
    acknowledged: usize,
    unknown: usize,
    unknown_but_stored: usize,
}

impl History {
    fn new(guests: &[Guest]) -> Self {
        let stored = guests
            .iter()
            .map(|guest| (guest.conversation_id.to_string(), Stored::default()))
            .collect();
        Self {
            stored,
            conversations: guests.to_vec(),
            acknowledged: 0,
            unknown: 0,
            unknown_but_stored: 0,
        }
    }

    /// Reads back what is stored, compares, retries what is unknown, and compares again.
    async fn check(
        &mut self,
        world: &World,
        reader: &Person,
        entries: &mut [Entry],
        chance: &mut Rng,
    ) -> Result<()> {
        self.read(world, reader).await?;
        for entry in entries.iter() {
            self.of(entry)?.holds(entry)?;
        }
        self.acknowledged += entries
            .iter()
            .filter(|entry| entry.acknowledged.is_some())
            .count();
        let before: usize = self.stored.values().map(Stored::count).sum();
        let retried = self.retry(world, entries, chance).await?;
        self.read(world, reader).await?;
        for entry in entries.iter() {
            self.of(entry)?.holds(entry)?;
        }
        let after: usize = self.stored.values().map(Stored::count).sum();
        self.unknown += retried;
        self.unknown_but_stored += retried - (after - before);
        Ok(())
    }

    /// Everything without an answer, and some that had one. Returns how many had none.
    async fn retry(&self, world: &World, entries: &mut [Entry], chance: &mut Rng) -> Result<usize> {
        let mut connection = world.connection().await?;
        let needless: Vec<usize> = (0..NEEDLESS_RETRIES)
            .map(|_| chance.usize(..entries.len().max(1)))
            .collect();
        let mut unknown = 0;
        for (number, entry) in entries.iter_mut().enumerate() {
            unknown += usize::from(entry.acknowledged.is_none());
            if entry.acknowledged.is_none() || needless.contains(&number) {
                let answer = connection
                    .call(&entry.call(&world.program.origin()))
                    .await?;
                entry.acknowledge(&answer.read().context("a retry")?)?;
            }
        }
        Ok(unknown)
    }

    async fn read(&mut self, world: &World, reader: &Person) -> Result<()> {
        for guest in &self.conversations {
            let stored = self
                .stored
                .get_mut(guest.conversation_id.as_str())
                .context("a known conversation")?;
            stored.extend(
                world
                    .messages(reader, &guest.conversation_id, stored.last_position())
                    .await?,
            )?;
        }
        Ok(())
    }

    fn of(&self, entry: &Entry) -> Result<&Stored> {
        self.stored
            .get(entry.conversation_id.as_str())
            .context("a known conversation")
    }

    fn report(&self, kills: u32) {
        println!(
            "{kills} kills, {} acknowledged, {} without an answer (of which {} had been stored): lost 0, doubled 0, gaps 0.",
            self.acknowledged, self.unknown, self.unknown_but_stored
        );
    }
}

/// What the crash left on the disk, checked on a copy, so that the server does its own recovery.
async fn check_files(world: &World) -> Result<()> {
    let Some(file) = world.program.database().strip_prefix("sqlite:") else {
        return Ok(());
    };
    let copy = tempfile::tempdir()?;
    let target = copy.path().join("copy.sqlite");
    std::fs::copy(file, &target)?;
    let log = format!("{file}-wal");
    if std::fs::exists(&log)? {
        std::fs::copy(log, copy.path().join("copy.sqlite-wal"))?;
    }
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", target.display())).await?;
    let verdict: String = sqlx::query("pragma integrity_check")
        .fetch_one(&mut connection)
        .await?
        .try_get(0)?;
    ensure!(verdict == "ok", "integrity_check: {verdict}");
    let orphans = sqlx::query("pragma foreign_key_check")
        .fetch_all(&mut connection)
        .await?
        .len();
    ensure!(orphans == 0, "{orphans} rows point to nothing");
    Ok(())
}
