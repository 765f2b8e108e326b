//! Connections, durability settings and their check.
//!
//! The law: nobody is acknowledged on a database that might forget. The settings are set on every connection and read
//! back before the first command.

use super::{Damage, Database, Engine, fault::without_values};
use sqlx::{
    AnyConnection, AnyPool, ConnectOptions, Connection, Row,
    any::{AnyConnectOptions, AnyPoolOptions},
    migrate::{MigrateError, Migrator},
};
use std::{path::PathBuf, str::FromStr, time::Duration};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Connections that read at once. SQLite's readers do not wait for each other; more than this waits for the disk.
const READERS: u32 = 8;
/// How long a read waits for one of them.
const ACQUIRE: Duration = Duration::from_secs(5);

/// After this a connection may have died unnoticed.
const UNUSED: Duration = Duration::from_secs(1);

/// Set on every SQLite connection. No `mmap_size`: a failing disk would then end the process instead of a statement.
/// `secure_delete`: what is erased is overwritten, and does not lie about in the file's free pages.
/// `wal_autocheckpoint`: the write-ahead log is folded beside the writer (`fold.rs`); only where a load never pauses does
/// the writer itself fold what little is left, once the log is as long as it may stay (64 MB in pages of 4 KiB).
const SQLITE_SETTINGS: &str = "
    pragma busy_timeout = 5000;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma temp_store = memory;
    pragma cache_size = -4000;
    pragma journal_size_limit = 67108864;
    pragma wal_autocheckpoint = 16000";

/// Set on every Postgres connection. Our statements look up a few rows by their keys. A statement that was prepared
/// while a table was small keeps the plan it got then, and reading whole tables was that plan (seen: the writer went
/// from 1 ms to 12 ms a batch within 20,000 messages). Compiling a plan costs more than any of them takes, and so does
/// planning anew for each value. Nor is any of them worth starting further processes for: a plan for a limit that is not
/// known expects a tenth of the table, and did (seen: 28 ms for an inbox of 100,000 that takes 3).
const POSTGRES_SETTINGS: &str = "
    set enable_seqscan = off;
    set enable_hashjoin = off;
    set enable_mergejoin = off;
    set plan_cache_mode = force_generic_plan;
    set max_parallel_workers_per_gather = 0;
    set jit = off";

/// Why a database was not opened: one sentence for the operator.
#[derive(Debug, thiserror::Error)]
pub enum OpenRefused {
    #[error("The database must be `sqlite:PATH` or `postgres://…`.")]
    UnknownEngine,
    #[error("The database cannot be opened: {0}.")]
    Unreachable(String),
    #[error("{0}")]
    Damaged(Damage),
    #[error("The database's tables cannot be brought up to date: {0}.")]
    Migration(MigrateError),
    #[error(
        "SQLite's `{setting}` is `{found}` and must be `{wanted}`: an acknowledged message could be lost."
    )]
    SqliteForgets {
        setting: &'static str,
        found: String,
        wanted: &'static str,
    },
    #[error("Postgres has `{0}` off: an acknowledged message could be lost; turn it on.")]
    PostgresForgets(&'static str),
}

impl From<sqlx::Error> for OpenRefused {
    fn from(error: sqlx::Error) -> Self {
        Self::Unreachable(match &error {
            // A wrong password or a missing file: the engine's own words name no row.
            sqlx::Error::Database(fault) => fault.message().to_owned(),
            other => without_values(other),
        })
    }
}

pub(super) async fn open(url: &str) -> Result<Database, OpenRefused> {
    sqlx::any::install_default_drivers();
    let (engine, options) = options(url)?;
    if let Some(file) = sqlite_file(url) {
        // A pool tries again and again, and would only say that it took too long.
        Damage::look_at(&file).await.map_err(OpenRefused::Damaged)?;
    }
    let writing = pool(engine, 1).connect_with(options.clone()).await?;
    MIGRATIONS
        .run(&writing)
        .await
        .map_err(|error| unmigrated(url, error))?;
    let readers = pool(engine, READERS).connect_with(options).await?;
    for pool in [&writing, &readers] {
        check(engine, pool).await?;
    }
    touch(&readers)
        .await
        .map_err(|error| match Damage::behind(url, &error) {
            Some(damage) => OpenRefused::Damaged(damage),
            None => error.into(),
        })?;
    Ok(Database {
        engine,
        readers,
        writing,
    })
}

fn unmigrated(url: &str, error: MigrateError) -> OpenRefused {
    let damage = match &error {
        MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) => {
            Damage::behind(url, cause)
        }
        _ => None,
    };
    damage.map_or(OpenRefused::Migration(error), OpenRefused::Damaged)
}

/// Whether this Porchlight has the migration of this number.
pub(super) fn knows_migration(version: i64) -> bool {
    MIGRATIONS
        .iter()
        .any(|migration| migration.version == version)
}

/// Whether none comes after the migration of this number.
pub(super) fn is_newest_migration(version: i64) -> bool {
    MIGRATIONS
        .iter()
        .all(|migration| migration.version <= version)
}

/// The file of a `sqlite:` URL. `None`: the URL is another engine's.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

pub(super) fn options(url: &str) -> Result<(Engine, AnyConnectOptions), OpenRefused> {
    let engine = match url.split(':').next() {
        Some("sqlite") => Engine::Sqlite,
        Some("postgres" | "postgresql") => Engine::Postgres,
        _ => return Err(OpenRefused::UnknownEngine),
    };
    let url = match engine {
        Engine::Sqlite => sqlite_url(url.trim_start_matches("sqlite:")),
        Engine::Postgres => url.to_owned(),
    };
    let options = AnyConnectOptions::from_str(&url).map_err(|_| OpenRefused::UnknownEngine)?;
    // The product logs no statement. Its own tests read which ones a batch consists of (`writer/tests/guards.rs`).
    let is_logged = cfg!(test);
    Ok(if is_logged {
        (engine, options)
    } else {
        (engine, options.disable_statement_logging())
    })
}

/// A path is a path, whatever characters are in it. `rwc`: made where it is missing.
fn sqlite_url(path: &str) -> String {
    let mut url = String::from("sqlite:");
    for character in path.chars() {
        match character {
            '%' => url.push_str("%25"),
            '?' => url.push_str("%3f"),
            '#' => url.push_str("%23"),
            ' ' => url.push_str("%20"),
            plain => url.push(plain),
        }
    }
    url + "?mode=rwc"
}

fn pool(engine: Engine, connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(move |connection, kept| {
            Box::pin(still_there(engine, connection, kept.idle_for))
        })
        // A connection to a file does not age.
        .max_lifetime((engine == Engine::Postgres).then_some(Duration::from_secs(1800)))
        .idle_timeout(None)
        .after_connect(move |connection, _| Box::pin(set_up(engine, connection)))
}

/// A file does not go away while nobody looks; a server may have been restarted, and asking costs a round trip: only
/// whoever was not used a moment ago is asked.
async fn still_there(
    engine: Engine,
    connection: &mut AnyConnection,
    idle_for: Duration,
) -> Result<bool, sqlx::Error> {
    if engine == Engine::Postgres && idle_for > UNUSED {
        connection.ping().await?;
    }
    Ok(true)
}

async fn set_up(engine: Engine, connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let settings = match engine {
        Engine::Sqlite => SQLITE_SETTINGS,
        Engine::Postgres => POSTGRES_SETTINGS,
    };
    sqlx::raw_sql(settings).execute(connection).await?;
    Ok(())
}

/// Reads where each of the great tables begins, so that a file with holes is refused now and not at somebody's message.
/// Reading all of it takes too long for a start; `porchlight doctor` does that.
async fn touch(readers: &AnyPool) -> Result<(), sqlx::Error> {
    sqlx::query(
        "select (select count(*) from site),
            (select max(person_id) from person),
            (select max(conversation_id) from conversation),
            (select max(message_id) from message),
            (select max(token_hash) from session)",
    )
    .execute(readers)
    .await?;
    Ok(())
}

/// Reads the durability settings back.
async fn check(engine: Engine, pool: &AnyPool) -> Result<(), OpenRefused> {
    let mut connection = pool.acquire().await?;
    match engine {
        Engine::Sqlite => {
            for (setting, question, wanted) in [
                ("journal_mode", "pragma journal_mode", "wal"),
                ("synchronous", "pragma synchronous", "2"),
                ("foreign_keys", "pragma foreign_keys", "1"),
            ] {
                let row = sqlx::query(question).fetch_one(&mut *connection).await?;
                let found = row
                    .try_get::<String, _>(0)
                    .or_else(|_| row.try_get::<i64, _>(0).map(|n| n.to_string()))?;
                if found != wanted {
                    return Err(OpenRefused::SqliteForgets {
                        setting,
                        found,
                        wanted,
                    });
                }
            }
        }
        Engine::Postgres => {
            for (setting, question) in [
                ("fsync", "show fsync"),
                ("synchronous_commit", "show synchronous_commit"),
            ] {
                let found: String = sqlx::query_scalar(question)
                    .fetch_one(&mut *connection)
                    .await?;
                if found == "off" {
                    return Err(OpenRefused::PostgresForgets(setting));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_file_is_migrated_and_durable() {
        let directory = tempfile::tempdir().unwrap();
        // A path is a path, whatever characters are in it.
        let folder = directory.path().join("50% off? #1 é");
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("porchlight.sqlite");
        let url = format!("sqlite:{}", file.display());
        let database = open(&url).await.unwrap();
        assert!(file.is_file());
        let mut connection = database.read().await.unwrap();
        let row = sqlx::query("select count(*) from conversation")
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        assert_eq!(row.get::<i64, _>(0), 0);
        // A second start finds its tables.
        drop(connection);
        database.close().await;
        open(&url).await.unwrap();
    }

    #[test]
    fn the_file_of_a_sqlite_url_is_found() {
        for (url, file) in [
            ("sqlite:data/a.sqlite", Some("data/a.sqlite")),
            ("sqlite:///var/lib/a.sqlite", Some("/var/lib/a.sqlite")),
            ("sqlite:odd?name", Some("odd?name")),
            ("postgres://localhost/a", None),
        ] {
            assert_eq!(sqlite_file(url), file.map(PathBuf::from), "{url}");
        }
    }

    #[tokio::test]
    async fn another_kind_of_url_is_refused_in_one_sentence() {
        for url in ["mysql://root@localhost/x", "porchlight.sqlite", ""] {
            assert_eq!(
                open(url).await.unwrap_err().to_string(),
                "The database must be `sqlite:PATH` or `postgres://…`."
            );
        }
    }
}
