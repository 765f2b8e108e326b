//! The demonstration's directory: what lies in it, how it begins anew, and the key in it.
//!
//! The law: nothing is removed that a demonstration did not make. A directory with a database in it and no mark of
//! ours belongs to somebody's true installation, and is left alone.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Says whose directory it is, and how far the start has come.
const MARK: &str = "porchlight-demo";
/// The start has not finished.
const BEGUN: &str = "begun\n";
/// Everything is set up and seeded.
const SEEDED: &str = "seeded\n";
/// The key that shop and chat share: `KID=BASE64URL`.
const KEY: &str = "identity-key";
/// The key with which the shop's server calls the chat's.
const HOST_KEY: &str = "host-key";
/// The chat's database.
const CHAT: &str = "porchlight.sqlite";
/// The shop's database.
const SHOP: &str = "shop.sqlite";

/// What a start finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet, or nothing any more.
    New,
    /// What an earlier start set up.
    Seeded,
}

/// Why the directory cannot be used. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryRefused {
    #[error("The data directory {} holds an installation that is no demonstration: give the demo its own --data-dir.", .0.display())]
    NotOurs(PathBuf),
    #[error("The data directory {} cannot be used: {}.", .0.display(), .1)]
    Unusable(PathBuf, io::Error),
}

/// The directory, while its lock is held by whoever opened it.
pub struct DataDirectory {
    path: PathBuf,
}

impl DataDirectory {
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn shop_file(&self) -> PathBuf {
        self.path.join(SHOP)
    }

    /// Looks what is there. What a start left half done is removed, and so is everything where `fresh` says so.
    pub fn prepare(&self, is_fresh: bool) -> Result<Found, DirectoryRefused> {
        let mark = match fs::read_to_string(self.path.join(MARK)) {
            Ok(mark) => Some(mark),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(self.unusable(error)),
        };
        match mark.as_deref() {
            None if self.path.join(CHAT).exists() => {
                return Err(DirectoryRefused::NotOurs(self.path.clone()));
            }
            Some(SEEDED) if !is_fresh => return Ok(Found::Seeded),
            _ => {}
        }
        self.clear()
            .and_then(|()| fs::write(self.path.join(MARK), BEGUN))
            .map_err(|error| self.unusable(error))?;
        Ok(Found::New)
    }

    /// Remembers that everything is set up, so that the next start continues.
    pub fn mark_seeded(&self) -> Result<(), DirectoryRefused> {
        fs::write(self.path.join(MARK), SEEDED).map_err(|error| self.unusable(error))
    }

    /// The shared key as `KID=BASE64URL`, made from `secret` at the first start. Only its owner may read the file.
    pub fn identity_key(
        &self,
        secret: impl FnOnce() -> String,
    ) -> Result<String, DirectoryRefused> {
        if let Some(key) = self.find_secret(KEY)? {
            return Ok(key);
        }
        let key = format!("shop={}", secret());
        self.keep_secret(KEY, &key)?;
        Ok(key)
    }

    /// The key of the shop's server, where an earlier start made one.
    pub fn find_host_key(&self) -> Result<Option<String>, DirectoryRefused> {
        self.find_secret(HOST_KEY)
    }

    /// Keeps the key of the shop's server. Only its owner may read the file.
    pub fn keep_host_key(&self, key: &str) -> Result<(), DirectoryRefused> {
        self.keep_secret(HOST_KEY, key)
    }

    fn find_secret(&self, file: &str) -> Result<Option<String>, DirectoryRefused> {
        match fs::read_to_string(self.path.join(file)) {
            Ok(secret) => Ok(Some(secret.trim().into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.unusable(error)),
        }
    }

    fn keep_secret(&self, file: &str, secret: &str) -> Result<(), DirectoryRefused> {
        write_private(&self.path.join(file), secret).map_err(|error| self.unusable(error))
    }

    fn clear(&self) -> io::Result<()> {
        for file in [CHAT, SHOP] {
            for ending in ["", "-wal", "-shm", "-journal"] {
                remove_if_there(&self.path.join(format!("{file}{ending}")))?;
            }
        }
        [KEY, HOST_KEY]
            .iter()
            .try_for_each(|file| remove_if_there(&self.path.join(file)))
    }

    fn unusable(&self, error: io::Error) -> DirectoryRefused {
        DirectoryRefused::Unusable(self.path.clone(), error)
    }
}

/// Takes `KID=BASE64URL` apart, as the shop needs it.
pub fn read_key(key: &str) -> Option<(String, [u8; 32])> {
    let (key_id, secret) = key.split_once('=')?;
    let secret = URL_SAFE_NO_PAD.decode(secret).ok()?;
    Some((key_id.into(), secret.try_into().ok()?))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file: File = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_continues_and_a_fresh_or_interrupted_one_begins_anew() {
        let directory = tempfile::tempdir().unwrap();
        let demo = DataDirectory::new(directory.path().into());
        let shop = directory.path().join(SHOP);
        assert_eq!(demo.prepare(false).unwrap(), Found::New);
        fs::write(&shop, "half").unwrap();
        assert_eq!(
            demo.prepare(false).unwrap(),
            Found::New,
            "the first start did not finish"
        );
        assert!(!shop.exists());
        fs::write(&shop, "whole").unwrap();
        demo.mark_seeded().unwrap();
        assert_eq!(demo.prepare(false).unwrap(), Found::Seeded);
        assert!(shop.exists());
        assert_eq!(demo.prepare(true).unwrap(), Found::New);
        assert!(!shop.exists());
    }

    #[test]
    fn a_true_installation_is_never_cleared() {
        let directory = tempfile::tempdir().unwrap();
        let database = directory.path().join(CHAT);
        fs::write(&database, "customers").unwrap();
        let refused = DataDirectory::new(directory.path().into())
            .prepare(true)
            .unwrap_err();
        assert!(matches!(refused, DirectoryRefused::NotOurs(_)));
        assert_eq!(fs::read_to_string(database).unwrap(), "customers");
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_made_once_and_readable_by_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let demo = DataDirectory::new(directory.path().into());
        let secret = URL_SAFE_NO_PAD.encode([7; 32]);
        let key = demo.identity_key(|| secret.clone()).unwrap();
        assert_eq!(
            demo.identity_key(|| unreachable!("there is a key"))
                .unwrap(),
            key
        );
        assert_eq!(read_key(&key), Some(("shop".into(), [7; 32])));
        let mode = fs::metadata(directory.path().join(KEY))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
