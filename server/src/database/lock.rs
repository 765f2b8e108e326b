//! One process per data directory.
//!
//! The law: while a server runs, its lock file is held; a second one refuses to start. The operating system lets go
//! of it when the process ends, however it ends.

use std::{
    fs::{File, TryLockError},
    path::{Path, PathBuf},
};

/// Held for as long as the server runs.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

/// Why the data directory is not ours.
#[derive(Debug, thiserror::Error)]
pub enum LockRefused {
    #[error("Another Porchlight is using the data directory {}: stop it first, or give this one its own --data-dir.", .0.display())]
    Taken(PathBuf),
    #[error("The data directory {} cannot be used: {}.", .0.display(), .1)]
    Unusable(PathBuf, std::io::Error),
}

impl DataLock {
    /// Makes the directory where it is missing, and takes its lock.
    pub fn take(data_dir: &Path) -> Result<Self, LockRefused> {
        let unusable = |error| LockRefused::Unusable(data_dir.into(), error);
        std::fs::create_dir_all(data_dir).map_err(unusable)?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(data_dir.join("porchlight.lock"))
            .map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockRefused::Taken(data_dir.into())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_directory_has_one_server() {
        let directory = tempfile::tempdir().unwrap();
        let first = DataLock::take(directory.path()).unwrap();
        let refused = DataLock::take(directory.path()).unwrap_err().to_string();
        assert!(
            refused.starts_with("Another Porchlight is using the data directory"),
            "{refused}"
        );
        drop(first);
        DataLock::take(directory.path()).unwrap();
    }
}
