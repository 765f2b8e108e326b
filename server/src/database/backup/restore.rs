//! A backup in the place of a database.
//!
//! The law: whoever calls this holds the lock of the data directory. The backup is checked before anything moves, the
//! former database is kept under another name, and at no moment is there none. What readers have seen since is known to
//! be gone.

use super::{
    BackupRefused,
    checkup::{CheckFault, Checked, check_file},
    create_private,
    erased::{Gone, list_gone},
    folder_of, free_name, open_beside_the_server, sync_folder, unwritable, with_ending,
};
use crate::database::without_values;
use sqlx::Connection;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    pub checked: Checked,
    /// Where the former database is now. `None`: there was none.
    pub former: Option<PathBuf>,
    /// Who is erased in the former one. `None`: it could not be read.
    pub gone: Option<Vec<Gone>>,
}

/// Puts `backup` in the place of the database `file`; `stamp` becomes part of the former one's name.
///
/// **Errors**: one sentence for the operator; the database is what it was then.
pub async fn restore(backup: &Path, file: &Path, stamp: &str) -> Result<Restored, BackupRefused> {
    if !backup.is_file() {
        return Err(BackupRefused::NoBackup(backup.into()));
    }
    if with_ending(backup, "-wal").exists() {
        return Err(BackupRefused::HasLog(backup.into()));
    }
    // Checked where it will be used: what was copied from a failing disk is looked at after the copy.
    let arriving = with_ending(file, ".restoring");
    remove_if_there(&arriving).map_err(|error| unwritable(&arriving, error))?;
    create_private(&arriving)?;
    let checked = arrive(backup, &arriving).await;
    if checked.is_err() {
        // The backup itself is where it was.
        let _gone = fs::remove_file(&arriving);
    }
    let checked = checked?;
    begin_anew(&arriving)
        .await
        .map_err(|error| BackupRefused::Unmade(without_values(&error)))?;
    let mut gone = Some(Vec::new());
    let former = if file.exists() {
        gone = list_gone(file).await;
        fold_log(file).await;
        let former = free_name(&with_ending(file, &format!(".before-{stamp}")));
        keep_former(file, &former).map_err(|error| unwritable(&former, error))?;
        Some(former)
    } else {
        None
    };
    replace(&arriving, file).map_err(|error| unwritable(file, error))?;
    Ok(Restored {
        checked,
        former,
        gone,
    })
}

async fn arrive(backup: &Path, arriving: &Path) -> Result<Checked, BackupRefused> {
    fs::copy(backup, arriving).map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull => BackupRefused::NoRoom(folder_of(arriving)),
        _ => unwritable(arriving, error),
    })?;
    make_private(arriving).map_err(|error| unwritable(arriving, error))?;
    check_file(arriving).await.map_err(|fault| match fault {
        CheckFault::Newer => BackupRefused::Newer(backup.into()),
        other => BackupRefused::Broken(backup.into(), other.to_string()),
    })
}

/// Readers may have seen what was written after the backup and is gone now: no revision that they know comes again, and
/// the epoch tells them to forget what they have.
async fn begin_anew(arriving: &Path) -> Result<(), sqlx::Error> {
    let mut connection = open_beside_the_server(arriving).await?;
    sqlx::query("update conversation set epoch = epoch + 1, revision = revision + 1000000")
        .execute(&mut connection)
        .await?;
    connection.close().await
}

/// A copy takes over who may read its original; a database is its owner's alone.
fn make_private(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(file, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    fs::File::open(file)?.sync_all()
}

/// What a crash left in the former database's log belongs to it. A damaged one keeps its log as it is.
async fn fold_log(file: &Path) {
    let Ok(mut connection) = open_beside_the_server(file).await else {
        return;
    };
    let folded = sqlx::query("pragma wal_checkpoint(truncate)")
        .execute(&mut connection)
        .await;
    // The last connection that closes takes the log away.
    let closed = connection.close().await;
    if folded.is_err() || closed.is_err() {
        tracing::warn!("the former database's log could not be folded in; it is kept beside it");
    }
}

/// A second name for the former database and its log. A log without its database would be played into the next one.
fn keep_former(file: &Path, former: &Path) -> io::Result<()> {
    second_name(file, former)?;
    let log = with_ending(file, "-wal");
    if log.exists() {
        second_name(&log, &with_ending(former, "-wal"))?;
    }
    remove_if_there(&log)?;
    remove_if_there(&with_ending(file, "-shm"))
}

fn second_name(file: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(file, name) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            // Some file systems know no second names.
            fs::copy(file, name).map(|_| ())
        }
        linked => linked,
    }
}

fn replace(arriving: &Path, file: &Path) -> io::Result<()> {
    fs::rename(arriving, file)?;
    sync_folder(file)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
