//! `porchlight backup` and `porchlight restore`.

use super::arguments::{BackupArguments, PlaceArguments, RestoreArguments};
use super::serve::lock_file;
use super::{Stop, say};
use crate::clock::Clock;
use crate::config::read_database;
use crate::database::backup::checkup::Checked;
use crate::database::backup::erased::Gone;
use crate::database::backup::record::{LastBackup, written};
use crate::database::backup::{BackupRefused, back_up, free_name, restore::restore};
use crate::database::sqlite_file;
use crate::person::erase::{self, Again};
use std::convert::Infallible;
use std::path::{Path, PathBuf};

impl From<BackupRefused> for Stop {
    fn from(refused: BackupRefused) -> Self {
        Self::Failed(refused.to_string())
    }
}

pub async fn run_backup(arguments: BackupArguments) -> Result<(), Stop> {
    let file = database_file(&arguments.place, "backed up", "pg_dump")?;
    let clock = Clock::system();
    let now = clock.now();
    let to = arguments
        .to
        .unwrap_or_else(|| usual_place(&file, &written(now)));
    let checked = back_up(&file, &to).await?;
    remember(&file, &to, now.0, &checked);
    say(&format!(
        "Backed up to {}: {}. The copy was opened, checked and counted.",
        to.display(),
        contents(&checked)
    ));
    Ok(())
}

pub async fn run_restore(arguments: RestoreArguments) -> Result<(), Stop> {
    let file = database_file(&arguments.place, "restored", "pg_restore")?;
    if !arguments.backup.is_file() {
        return Err(BackupRefused::NoBackup(arguments.backup).into());
    }
    let _locks = lock_file(&file, &arguments.place.data_dir)?;
    let stamp = plain(&written(Clock::system().now()));
    let restored = restore(&arguments.backup, &file, &stamp).await?;
    say(&format!(
        "Restored {}: {}.",
        arguments.backup.display(),
        contents(&restored.checked)
    ));
    if let Some(former) = restored.former {
        say(&format!(
            "What was there before is now {}.",
            former.display()
        ));
    }
    erase_again(&arguments.place, restored.gone).await
}

/// Whoever was erased since the backup is not brought back by it.
async fn erase_again(place: &PlaceArguments, gone: Option<Vec<Gone>>) -> Result<(), Stop> {
    let Some(gone) = gone else {
        say(
            "The former database cannot be read: whoever was erased since the backup is back, and has to be erased again.",
        );
        return Ok(());
    };
    if gone.is_empty() {
        return Ok(());
    }
    let office = super::open(place).await?;
    let (mut erased, mut left) = (0, 0);
    for gone in gone {
        let again = office.change(gone, |tx, by, gone| {
            Box::pin(async move { Ok(Ok::<_, Infallible>(erase::again(tx, by, gone).await?)) })
        });
        match again.await? {
            Again::Erased => erased += 1,
            Again::LastAdmin => left += 1,
            Again::WasGone => {}
        }
    }
    office.close().await;
    if erased > 0 {
        say(&format!(
            "Erased again who was erased since the backup: {erased}."
        ));
    }
    if left > 0 {
        say(
            "One who was erased since the backup is its only admin: make another admin, and erase them again.",
        );
    }
    Ok(())
}

fn database_file(place: &PlaceArguments, done: &str, tool: &str) -> Result<PathBuf, Stop> {
    let written = place.database.as_deref().filter(|url| !url.is_empty());
    let url = read_database(written, &place.data_dir)?;
    sqlite_file(&url).ok_or_else(|| {
        Stop::Refused(format!(
            "A Postgres database is {done} by Postgres' own {tool}: docs/operating.md has the commands."
        ))
    })
}

/// Beside the database, so that nothing has to be decided before the first backup.
fn usual_place(database_file: &Path, now: &str) -> PathBuf {
    let folder = database_file.with_file_name("backups");
    free_name(&folder.join(format!("porchlight-{}.sqlite", plain(now))))
}

/// Without what a file's name may not hold everywhere.
fn plain(moment: &str) -> String {
    moment.replace(':', "-")
}

fn remember(database_file: &Path, to: &Path, made_at_ms: i64, checked: &Checked) {
    let record = LastBackup {
        file: std::path::absolute(to).unwrap_or_else(|_| to.into()),
        made_at_ms,
        messages: checked.counts.messages,
    };
    if record.write(database_file).is_err() {
        eprintln!(
            "The backup is there, but it could not be noted beside the database, so nobody will be reminded of it."
        );
    }
}

fn contents(checked: &Checked) -> String {
    let counts = &checked.counts;
    format!(
        "{} messages in {} conversations of {} people, {} KB",
        counts.messages,
        counts.conversations,
        counts.persons,
        checked.size.div_ceil(1_000)
    )
}
