//! A backup of a SQLite database, made while the server runs.
//!
//! The law (R11): a backup that was never opened is not a backup. The copy is opened, checked and counted before it
//! gets its name, and what was acknowledged before it began is in it.

/// Whether a database file is whole, and what is in it.
pub mod checkup;
/// Who is erased in a database that is about to be replaced.
pub mod erased;
/// What is remembered of the newest backup.
pub mod record;
/// A backup in the place of a database.
pub mod restore;

use super::{fault::is_damaged, without_values};
use checkup::{Checked, Counts, check_file, count};
use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// How long a backup waits for somebody who holds the whole file.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why there is no backup, or why it was not put back. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum BackupRefused {
    #[error("There is no database at {}.", .0.display())]
    NoDatabase(PathBuf),
    #[error("There is no backup at {}.", .0.display())]
    NoBackup(PathBuf),
    #[error("{} is there already: a backup never overwrites anything.", .0.display())]
    Taken(PathBuf),
    #[error("{} cannot be written: {}.", .0.display(), .1)]
    Unwritable(PathBuf, io::Error),
    #[error("{} cannot be a path of a database: it is no UTF-8.", .0.display())]
    StrangePath(PathBuf),
    #[error("The copy could not be made: {0}.")]
    Unmade(String),
    #[error("There is no room for the copy in {}.", .0.display())]
    NoRoom(PathBuf),
    #[error("{} is no whole database of Porchlight: {}.", .0.display(), .1)]
    Broken(PathBuf, String),
    #[error(
        "The copy is not what the database holds, and was kept as {} for whoever looks: {}.",
        .0.display(), .1
    )]
    Differs(PathBuf, String),
    #[error("{} was made by a newer Porchlight: update this one first.", .0.display())]
    Newer(PathBuf),
    #[error(
        "{} has a write-ahead log beside it, so it is a database in use or a plain copy of one, and no backup.",
        .0.display()
    )]
    HasLog(PathBuf),
}

/// Copies the database `from` into the new file `to` and checks the copy. The server may run.
///
/// **Errors**: one sentence for the operator; nothing is at `to` then.
pub async fn back_up(from: &Path, to: &Path) -> Result<Checked, BackupRefused> {
    if !from.is_file() {
        return Err(BackupRefused::NoDatabase(from.into()));
    }
    if to.exists() {
        return Err(BackupRefused::Taken(to.into()));
    }
    let part = with_ending(to, ".part");
    create_private(&part)?;
    let copied = copy(from, &part).await;
    if copied.is_err() {
        // Half a copy helps nobody; that it could not be made is what there is to say.
        let _gone = fs::remove_file(&part);
    }
    let (before, after) = copied?;
    let kept = |why: String| BackupRefused::Differs(part.clone(), why);
    let checked = check_file(&part)
        .await
        .map_err(|fault| kept(fault.to_string()))?;
    compare(&before, &checked.counts, &after).map_err(kept)?;
    name(&part, to).map_err(|error| unwritable(to, error))?;
    Ok(checked)
}

/// By `vacuum into`: one moment of the database, without what was erased from it.
///
/// Returns what was there before and after.
async fn copy(from: &Path, part: &Path) -> Result<(Counts, Counts), BackupRefused> {
    let target = part
        .to_str()
        .ok_or_else(|| BackupRefused::StrangePath(part.into()))?;
    let explained = |error: sqlx::Error| match code(&error) {
        // SQLite's `full`.
        Some(13) => BackupRefused::NoRoom(folder_of(part)),
        _ if is_damaged(&error) => BackupRefused::Broken(from.into(), "it is damaged".into()),
        _ => BackupRefused::Unmade(without_values(&error)),
    };
    let mut source = open_beside_the_server(from).await.map_err(explained)?;
    let before = count(&mut source).await.map_err(explained)?;
    sqlx::query("vacuum into $1")
        .bind(target)
        .execute(&mut source)
        .await
        .map_err(explained)?;
    let after = count(&mut source).await.map_err(explained)?;
    source.close().await.map_err(explained)?;
    Ok((before, after))
}

/// The server writes meanwhile, so the copy lies between what was there before and after.
fn compare(before: &Counts, copy: &Counts, after: &Counts) -> Result<(), String> {
    for (what, before, copy, after) in [
        (
            "conversations",
            before.conversations,
            copy.conversations,
            after.conversations,
        ),
        ("changes", before.revisions, copy.revisions, after.revisions),
        ("people", before.persons, copy.persons, after.persons),
    ] {
        if !(before..=after).contains(&copy) {
            return Err(format!(
                "it has {copy} {what}, and the database {before} to {after}"
            ));
        }
    }
    Ok(())
}

async fn open_beside_the_server(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .busy_timeout(PATIENCE)
        .disable_statement_logging()
        .connect()
        .await
}

fn code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// An empty file that only its owner may read: a backup holds everybody's words.
fn create_private(file: &Path) -> Result<(), BackupRefused> {
    fs::create_dir_all(folder_of(file)).map_err(|error| unwritable(file, error))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(BackupRefused::Taken(file.into()))
        }
        Err(error) => Err(unwritable(file, error)),
    }
}

/// Gives a checked file its name, once it is on the disk. (`vacuum into` leaves that to its caller.)
fn name(part: &Path, to: &Path) -> io::Result<()> {
    File::open(part)?.sync_all()?;
    // A second name fails where the name is taken; renaming would overwrite.
    match fs::hard_link(part, to) {
        Ok(()) => fs::remove_file(part)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Some file systems know no second names.
        Err(_) => fs::rename(part, to)?,
    }
    sync_folder(to)
}

fn sync_folder(file: &Path) -> io::Result<()> {
    File::open(folder_of(file))?.sync_all()
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.into(),
        _ => PathBuf::from("."),
    }
}

/// The path itself, or with a number behind it where something has that name.
pub fn free_name(path: &Path) -> PathBuf {
    let numbered = (2..).map(|number| with_ending(path, &format!("-{number}")));
    std::iter::once(path.to_owned())
        .chain(numbered)
        .find(|name| !name.exists())
        .expect("there are more numbers than files")
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn unwritable(file: &Path, error: io::Error) -> BackupRefused {
    BackupRefused::Unwritable(file.into(), error)
}

#[cfg(test)]
mod tests;
