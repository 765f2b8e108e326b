//! R11: backups made under load, each restored and compared with what the senders were acknowledged.
//!
//! The law: what was acknowledged before a backup began is in it, and what is in it has no gaps. A plain copy of the
//! file, taken instead, turns this red.

use crate::ledger::{Entry, Stored};
use crate::load::{GUESTS, Load};
use crate::world::{World, is_long};
use anyhow::{Context, Result, ensure};
use porchlight_bench::people::{Guest, Person};
use shared::ids::Position;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const BACKUPS: usize = 5;
const BETWEEN: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_what_was_acknowledged_before_it_began_on_sqlite() -> Result<()> {
    let world = World::on_sqlite(1)?;
    let backups = world.program.folder().join("kept");
    let program = world.program.clone();
    let taken = under_load(&world, |number| {
        let to = backups.join(format!("{number}.sqlite"));
        program.command_line(&["backup", "--to", &to.to_string_lossy()])?;
        Ok(to)
    })
    .await?;
    for backup in &taken.backups {
        let restored = World::empty()?;
        let told = restored
            .program
            .command_line(&["restore", &backup.file.to_string_lossy()])?;
        ensure!(told.starts_with("Restored "), "{told}");
        taken.compare(&restored, backup).await?;
    }
    world.end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_holds_what_was_acknowledged_before_it_began_on_postgres() -> Result<()> {
    let Some(world) = World::on_postgres(1).await? else {
        return Ok(());
    };
    if !can_dump(world.program.database()) {
        println!(
            "pg_dump is not here, or older than the server, so no dump was tried; `cargo xtask test` installs one."
        );
        return world.end().await;
    }
    let (folder, url) = (
        world.program.folder().to_owned(),
        world.program.database().to_owned(),
    );
    let taken = under_load(&world, |number| {
        let to = folder.join(format!("{number}.dump"));
        tool(
            Command::new("pg_dump")
                .args(["--format=custom", "--file"])
                .arg(&to)
                .arg(&url),
        )?;
        Ok(to)
    })
    .await?;
    for backup in &taken.backups {
        let restored = World::empty_on_postgres()
            .await?
            .context("there was a Postgres server a moment ago")?;
        // Exactly what the guide for operators says.
        tool(
            Command::new("pg_restore")
                .args(["--no-owner", "--exit-on-error", "--dbname"])
                .arg(restored.program.database())
                .arg(&backup.file),
        )?;
        tool(
            Command::new("psql")
                .args(["--quiet", "--command"])
                .arg("update conversation set epoch = epoch + 1, revision = revision + 1000000")
                .arg(restored.program.database()),
        )?;
        taken.compare(&restored, backup).await?;
        restored.end().await?;
    }
    world.end().await
}

/// One backup, and how much had been acknowledged when it began.
struct Backup {
    file: PathBuf,
    acknowledged: usize,
}

/// What came of a run.
struct Taken {
    backups: Vec<Backup>,
    /// In the order of their acknowledgements.
    entries: Vec<Entry>,
    guests: Vec<Guest>,
    reader: Person,
}

/// Takes backups while guests write.
async fn under_load(
    world: &World,
    take: impl Fn(usize) -> Result<PathBuf> + Send + Sync,
) -> Result<Taken> {
    let _server = world.program.start().await?;
    let guests = world.guests(GUESTS).await?;
    let reader = world.agents(1).await?.remove(0);
    let load = Load::start(world, &guests).await?;
    let mut backups = Vec::new();
    for number in 0..how_many() {
        tokio::time::sleep(BETWEEN).await;
        let acknowledged = load.acknowledged();
        // It blocks this thread and not the senders: they are tasks of the runtime's other threads.
        let file = tokio::task::block_in_place(|| take(number))?;
        backups.push(Backup { file, acknowledged });
    }
    ensure!(load.refused() == 0, "a backup made somebody wait");
    let entries = load.stop().await?;
    Ok(Taken {
        backups,
        entries,
        guests,
        reader,
    })
}

impl Taken {
    /// Starts a server on what was restored, and reads everything there.
    async fn compare(&self, restored: &World, backup: &Backup) -> Result<()> {
        let _server = restored.program.start().await?;
        let mut stored = HashMap::new();
        for guest in &self.guests {
            let mut messages = Stored::default();
            messages.extend(
                restored
                    .messages(&self.reader, &guest.conversation_id, Position::NONE)
                    .await?,
            )?;
            stored.insert(guest.conversation_id.clone(), messages);
        }
        for entry in &self.entries[..backup.acknowledged] {
            let conversation = stored
                .get(&entry.conversation_id)
                .context("a known conversation")?;
            conversation
                .holds(entry)
                .with_context(|| backup.file.display().to_string())?;
        }
        println!(
            "{}: {} messages, of which {} had been acknowledged when it began: all there, no gaps.",
            file_name(&backup.file),
            stored.values().map(Stored::count).sum::<usize>(),
            backup.acknowledged
        );
        ensure!(
            backup.acknowledged > GUESTS / 2,
            "only {} acknowledgements: the server was not under load",
            backup.acknowledged
        );
        Ok(())
    }
}

fn how_many() -> usize {
    if is_long() { 12 * BACKUPS } else { BACKUPS }
}

fn file_name(file: &Path) -> String {
    file.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn can_dump(url: &str) -> bool {
    let tried = Command::new("pg_dump")
        .args(["--schema-only", url])
        .output();
    tried.is_ok_and(|output| output.status.success())
}

fn tool(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    ensure!(
        output.status.success(),
        "{command:?} ended with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(())
}
