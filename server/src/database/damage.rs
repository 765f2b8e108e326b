//! A database file that is damaged, and what helps.
//!
//! The law: a damaged file is refused in a sentence that names the command and, where one is known, the backup; it is
//! never written to, and never replaced by an empty one.

use super::{backup::record::LastBackup, fault::is_damaged, open::sqlite_file};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{
    fmt::{Display, Formatter},
    path::{Path, PathBuf},
};

/// A file that cannot be used, and the newest backup that is remembered beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    file: PathBuf,
    backup: Option<LastBackup>,
}

impl Damage {
    fn of(file: &Path) -> Self {
        Self {
            file: file.into(),
            backup: LastBackup::find(file),
        }
    }

    /// The damage behind an error of the database of this URL. `None`: the file is not to blame.
    pub fn behind(url: &str, error: &sqlx::Error) -> Option<Self> {
        let file = sqlite_file(url)?;
        is_damaged(error).then(|| Self::of(&file))
    }

    /// Reads the first pages, as every use of the file begins.
    ///
    /// **Errors**: the damage. Whatever else is wrong shows itself when the file is opened for use.
    pub(super) async fn look_at(file: &Path) -> Result<(), Self> {
        if !file.is_file() {
            return Ok(());
        }
        let looked = async {
            let mut connection = SqliteConnectOptions::new()
                .filename(file)
                .create_if_missing(false)
                .disable_statement_logging()
                .connect()
                .await?;
            sqlx::query("select count(*) from sqlite_master")
                .execute(&mut connection)
                .await?;
            connection.close().await
        };
        match looked.await {
            Err(error) if is_damaged(&error) => Err(Self::of(file)),
            _ => Ok(()),
        }
    }
}

impl Display for Damage {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "The database file {} is damaged and was left as it is: put a backup in its place with `porchlight restore FILE`; ",
            self.file.display()
        )?;
        match &self.backup {
            Some(backup) => write!(
                formatter,
                "the newest one known here is {}, made at {}.",
                backup.file.display(),
                backup.made_at()
            ),
            None => formatter.write_str(
                "none is known here, so look where `porchlight backup` was told to put them.",
            ),
        }
    }
}
