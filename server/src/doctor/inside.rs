//! The database, its backups, the disk they are on, the clock they are written by.

use super::{Finding, Patient};
use crate::database::{
    Standing,
    backup::{
        checkup::check_live,
        record::{LastBackup, written},
    },
    find_standing, sqlite_file,
};
use shared::ids::Time;
use std::path::{Path, PathBuf};

pub(super) const DATABASE: &str = "database";
const DISK: &str = "disk";
const BACKUP: &str = "backup";
const CLOCK: &str = "clock";
const FILES: &str = "files";

/// Below it a busy day could fill the disk. **Units**: bytes.
const LITTLE_ROOM: u64 = 256 * 1024 * 1024;
const DAY_MS: i64 = 86_400_000;
/// Older backups are of little help. **Units**: milliseconds.
const OLD_MS: i64 = 2 * DAY_MS;
/// Nobody makes backups any more. **Units**: milliseconds.
const FORGOTTEN_MS: i64 = 7 * DAY_MS;
/// Clocks of two machines differ by this and no more. **Units**: milliseconds.
const APART_MS: i64 = 60_000;

pub(super) async fn examine(patient: &Patient) -> Vec<Finding> {
    let url = &patient.config.database_url;
    let now = patient.clock.now();
    let mut findings = Vec::new();
    match find_standing(url).await {
        Ok(standing) => {
            findings.push(judge_standing(&standing));
            if let Standing::Current { newest } = standing {
                findings.push(judge_clock(now, newest));
            }
        }
        Err(refused) => findings.push(Finding::wrong(DATABASE, refused.to_string())),
    }
    let file = sqlite_file(url);
    if let Some(file) = file.as_deref().filter(|file| file.is_file()) {
        findings.extend(examine_file(file).await);
        findings.push(judge_backup(LastBackup::find(file), now));
    }
    findings.extend(examine_disk(&patient.config.data_dir, file));
    findings
}

fn judge_standing(standing: &Standing) -> Finding {
    match standing {
        Standing::Missing => Finding::wrong(
            DATABASE,
            "There is no database yet, or another one was meant: start the server once, or give its --data-dir or --database.",
        ),
        Standing::Older => Finding::wrong(
            DATABASE,
            "The tables are older than this Porchlight: make a backup, then start the new server, which brings them up to date.",
        ),
        Standing::Newer => Finding::wrong(
            DATABASE,
            "The tables are newer than this Porchlight: run the newer one, or restore the backup from before the update.",
        ),
        Standing::Current { .. } => Finding::fine(
            DATABASE,
            "The database answers, keeps what it acknowledges, and has this Porchlight's tables.",
        ),
    }
}

async fn examine_file(file: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(fault) = check_live(file).await {
        findings.push(Finding::wrong(
            DATABASE,
            format!("The database file {} is not whole: {fault}; put a backup in its place with `porchlight restore FILE`.", file.display()),
        ));
    }
    if is_readable_by_others(file) {
        findings.push(Finding::advice(
            FILES,
            format!(
                "Others on this machine can read {}, which holds everybody's words: chmod 600 it, or chmod 700 its folder.",
                file.display()
            ),
        ));
    }
    findings
}

/// The file and every folder above it let others in.
fn is_readable_by_others(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).map(|found| found.permissions().mode());
    let is_readable = mode(file).is_ok_and(|mode| mode & 0o004 != 0);
    let file = std::path::absolute(file).unwrap_or_else(|_| file.into());
    let mut folders = file.ancestors().skip(1);
    is_readable && folders.all(|folder| mode(folder).is_ok_and(|mode| mode & 0o001 != 0))
}

fn judge_clock(now: Time, newest: Time) -> Finding {
    if newest.0 > now.0 + APART_MS {
        return Finding::wrong(
            CLOCK,
            format!(
                "The clock says {}, and the newest message is of {}: set the clock, by NTP for example.",
                written(now),
                written(newest)
            ),
        );
    }
    Finding::fine(CLOCK, format!("The clock says {}.", written(now)))
}

fn judge_backup(last: Option<LastBackup>, now: Time) -> Finding {
    let Some(last) = last else {
        return Finding::advice(
            BACKUP,
            "No backup by `porchlight backup` is known here: make one every day.",
        );
    };
    let (made_at, age) = (last.made_at(), now.0 - last.made_at_ms);
    if age > FORGOTTEN_MS {
        return Finding::wrong(
            BACKUP,
            format!(
                "The newest backup known here is of {made_at}: see why `porchlight backup` does not run any more."
            ),
        );
    }
    if !last.file.is_file() {
        return Finding::advice(
            BACKUP,
            format!(
                "The newest backup, of {made_at}, is not at {} any more: make sure that somebody knows where it went.",
                last.file.display()
            ),
        );
    }
    if age > OLD_MS {
        return Finding::advice(
            BACKUP,
            format!("The newest backup is of {made_at}: make one every day."),
        );
    }
    Finding::fine(
        BACKUP,
        format!(
            "The newest backup is of {made_at} and holds {} messages.",
            last.messages
        ),
    )
}

fn examine_disk(data_dir: &Path, file: Option<PathBuf>) -> Option<Finding> {
    let file = file.unwrap_or_else(|| data_dir.into());
    let folder = match file.parent() {
        Some(folder) if file.is_file() => folder,
        _ => data_dir,
    };
    let found = rustix::fs::statvfs(folder).ok()?;
    let size = std::fs::metadata(&file).map_or(0, |found| found.len());
    Some(judge_room(folder, found.f_bavail * found.f_frsize, size))
}

fn judge_room(folder: &Path, room: u64, database: u64) -> Finding {
    let (megabytes, folder) = (room / 1_000_000, folder.display());
    if room < LITTLE_ROOM {
        return Finding::wrong(
            DISK,
            format!(
                "Only {megabytes} MB are free at {folder}: make room before messages have to be refused."
            ),
        );
    }
    if room < database * 2 {
        return Finding::advice(
            DISK,
            format!(
                "{megabytes} MB are free at {folder}, less than two copies of the database: a backup here may not fit for long."
            ),
        );
    }
    Finding::fine(DISK, format!("{megabytes} MB are free at {folder}."))
}

#[cfg(test)]
mod tests {
    use super::super::Verdict::{Advice, Fine, Wrong};
    use super::*;

    #[test]
    fn room_is_judged_before_it_is_gone() {
        const GB: u64 = 1_000_000_000;
        for (room, database, verdict) in [
            (50 * GB, GB, Fine),
            (GB, 0, Fine),
            (GB, GB, Advice),
            (LITTLE_ROOM - 1, 0, Wrong),
            (0, GB, Wrong),
        ] {
            let found = judge_room(Path::new("data"), room, database);
            assert_eq!(
                found.verdict, verdict,
                "{room} {database}: {}",
                found.sentence
            );
        }
    }

    #[test]
    fn a_clock_behind_its_own_messages_is_wrong() {
        let now = Time(1_800_000_000_000);
        for (newest, verdict) in [
            (Time(0), Fine),
            (now, Fine),
            (Time(now.0 + APART_MS), Fine),
            (Time(now.0 + APART_MS + 1), Wrong),
        ] {
            assert_eq!(judge_clock(now, newest).verdict, verdict, "{newest:?}");
        }
    }

    #[test]
    fn backups_grow_old() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.sqlite");
        std::fs::write(&file, "").unwrap();
        let now = Time(1_800_000_000_000);
        let last = |age, file: &Path| {
            Some(LastBackup {
                file: file.into(),
                made_at_ms: now.0 - age,
                messages: 7,
            })
        };
        for (last, verdict) in [
            (None, Advice),
            (last(DAY_MS, &file), Fine),
            (last(DAY_MS, &folder.path().join("gone")), Advice),
            (last(OLD_MS + 1, &file), Advice),
            (last(FORGOTTEN_MS + 1, &file), Wrong),
        ] {
            let found = judge_backup(last.clone(), now);
            assert_eq!(found.verdict, verdict, "{last:?}: {}", found.sentence);
        }
    }
}
