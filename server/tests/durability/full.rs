//! R9: the disk takes nothing more, under load.
//!
//! The law: whoever's message cannot be stored is told so at once and asked to come again; nobody is acknowledged for
//! what is not stored; as soon as there is room it goes on, with everything that waited. Seen red with a failed commit
//! answered as if it had been one.

use crate::ledger::{Entry, Stored};
use crate::load::{GUESTS, Load};
use crate::world::World;
use anyhow::{Context, Result, ensure};
use porchlight_bench::http::Call;
use porchlight_bench::people::{Guest, Person};
use porchlight_bench::program::Server;
use shared::ids::Position;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Refusals that make a phase: some come from every guest.
const ENOUGH: usize = 2 * GUESTS;

/// A server under load, on a disk that will not take everything.
struct Scene {
    world: World,
    server: Server,
    guests: Vec<Guest>,
    reader: Person,
    load: Load,
}

impl Scene {
    /// Up to the first messages.
    async fn open(world: World, wrapper: &[&str]) -> Result<Self> {
        let server = world.program.start_under(wrapper).await?;
        let guests = world.guests(GUESTS).await?;
        let reader = world.agents(1).await?.remove(0);
        let mut load = Load::start(&world, &guests).await?;
        load.until("messages", |load| load.acknowledged() > GUESTS)
            .await?;
        Ok(Self {
            world,
            server,
            guests,
            reader,
            load,
        })
    }
}

/// Files may grow no further, then not be written at all: what any machine can do to a process without being asked.
#[tokio::test]
async fn a_server_that_cannot_write_refuses_loudly_and_goes_on_when_it_can() -> Result<()> {
    // A process that hits such a limit is killed, unless it asked not to be; a full disk kills nobody.
    let wrapper = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""];
    let Scene {
        world,
        mut server,
        guests,
        reader,
        mut load,
    } = Scene::open(World::on_sqlite(1)?, &wrapper).await?;

    // The log begins anew now and then: some commits still fit.
    server.limit_files(Some(64 * 1_024))?;
    refuses(&world, &mut load).await?;
    server.limit_files(None)?;
    goes_on(&world, &mut load).await?;

    server.limit_files(Some(0))?;
    refuses(&world, &mut load).await?;
    ready(&world, 503).await?;
    reads(&world, &reader, &guests[0]).await?;
    // The worst moment for whoever was acknowledged for nothing.
    server.kill()?;
    let entries = load.stop().await?;
    let _server = world.program.start().await?;
    compare(&world, &reader, &guests, entries).await?;
    world.end().await
}

/// A file system of its own, filled to the brim.
#[tokio::test]
async fn a_server_on_a_full_disk_refuses_loudly_and_goes_on_when_there_is_room() -> Result<()> {
    if !may_mount() {
        println!(
            "No file system can be mounted here, so no disk was filled; limits on the server's files stand in for it."
        );
        return Ok(());
    }
    let world = World::on_sqlite(1)?;
    let folder = world.program.folder().display().to_string();
    let mount = format!(
        "mkdir '{folder}/disk' && mount -t tmpfs -o size=64m none '{folder}/disk' \
        && cp '{folder}'/porchlight* '{folder}/disk/' && mount --move '{folder}/disk' '{folder}' \
        && exec \"$0\" \"$@\""
    );
    let wrapper = ["unshare", "--map-root-user", "--mount", "sh", "-c", &mount];
    let Scene {
        world,
        server,
        guests,
        reader,
        mut load,
    } = Scene::open(world, &wrapper).await?;
    for _ in 0..2 {
        let filler = fill(&disk_of(&server, &world))?;
        refuses(&world, &mut load).await?;
        reads(&world, &reader, &guests[0]).await?;
        fs::remove_file(filler)?;
        goes_on(&world, &mut load).await?;
    }
    let entries = load.stop().await?;
    compare(&world, &reader, &guests, entries).await?;
    world.end().await
}

/// Everybody is refused, and nobody who is refused is acknowledged later for nothing: `compare` looks.
async fn refuses(world: &World, load: &mut Load) -> Result<()> {
    let before = load.refused();
    load.until("refusals", |load| load.refused() >= before + ENOUGH)
        .await
        .with_context(|| world.program.log())
}

/// Whoever watches it sees the same.
async fn ready(world: &World, status: u16) -> Result<()> {
    let call = Call::get("/readyz").bytes(&world.program.origin());
    let found = world.connection().await?.call(&call).await?.status;
    ensure!(found == status, "/readyz said {found} instead of {status}");
    Ok(())
}

async fn goes_on(world: &World, load: &mut Load) -> Result<()> {
    // It tries by itself, also where no traffic comes while it is not ready.
    ready(world, 200).await?;
    let before = load.acknowledged();
    load.until("messages again", |load| {
        load.acknowledged() >= before + 3 * GUESTS
    })
    .await
}

/// Whoever only reads notices nothing.
async fn reads(world: &World, reader: &Person, guest: &Guest) -> Result<()> {
    let path = format!("/api/conversations/{}/messages", guest.conversation_id);
    let call = reader
        .makes(Call::get(&path))
        .bytes(&world.program.origin());
    let status = world.connection().await?.call(&call).await?.status;
    ensure!(status == 200, "a reader was told {status}");
    Ok(())
}

/// Everything acknowledged is stored; everything else is taken now, once.
async fn compare(
    world: &World,
    reader: &Person,
    guests: &[Guest],
    mut entries: Vec<Entry>,
) -> Result<()> {
    let mut connection = world.connection().await?;
    let mut unknown = 0;
    for guest in guests {
        let mut own: Vec<&mut Entry> = entries
            .iter_mut()
            .filter(|entry| entry.conversation_id == guest.conversation_id)
            .collect();
        let stored = read(world, reader, guest).await?;
        for entry in &own {
            stored.holds(entry)?;
        }
        for entry in own.iter_mut().filter(|entry| entry.acknowledged.is_none()) {
            unknown += 1;
            let answer = connection
                .call(&entry.call(&world.program.origin()))
                .await?;
            entry.acknowledge(&answer.read().context("a retry")?)?;
        }
        let stored = read(world, reader, guest).await?;
        for entry in &own {
            stored.holds(entry)?;
        }
        // And the first message of the conversation.
        ensure!(
            stored.count() == own.len() + 1,
            "DOUBLED: {} were sent and {} are stored",
            own.len() + 1,
            stored.count()
        );
    }
    println!(
        "{} messages, {unknown} of them taken at the end: each stored once, none acknowledged for nothing.",
        entries.len()
    );
    Ok(())
}

async fn read(world: &World, reader: &Person, guest: &Guest) -> Result<Stored> {
    let mut stored = Stored::default();
    let messages = world
        .messages(reader, &guest.conversation_id, Position::NONE)
        .await?;
    stored.extend(messages)?;
    Ok(stored)
}

fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args([
            "--map-root-user",
            "--mount",
            "mount",
            "-t",
            "tmpfs",
            "none",
            "/mnt",
        ])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

/// The data directory as the server sees it.
fn disk_of(server: &Server, world: &World) -> PathBuf {
    let folder = world.program.folder();
    let inside = folder.strip_prefix("/").unwrap_or(folder);
    Path::new("/proc")
        .join(server.process_id().to_string())
        .join("root")
        .join(inside)
}

/// Writes until nothing more fits.
fn fill(disk: &Path) -> Result<PathBuf> {
    let path = disk.join("filler");
    let mut filler = File::create(&path)?;
    for size in [1_048_576, 4_096, 1] {
        let piece = vec![0xa5; size];
        while filler.write_all(&piece).is_ok() {}
    }
    Ok(path)
}
