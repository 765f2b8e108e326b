//! What the machine itself costs, measured beside every run: without it, times on a shared machine mean little.
//!
//! The law: an echo through the same WebSocket stack at the same pace, and one commit on the same disk.

use crate::clock;
use crate::echo::EchoServer;
use crate::figures::{Latencies, Summary};
use crate::pacing::{Arrivals, Schedule};
use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use serde::Serialize;
use sqlx::{Connection, Executor};
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpStream;

/// As much as an event with one short message weighs. **Units**: bytes.
const PAYLOAD: usize = 256;

/// At the same pace as the measured run, because a machine that sleeps between two messages wakes slowly.
const ECHO_RATE: u32 = 1_000;

/// Between two commits of the yardstick: long enough that each is alone.
const COMMIT_PAUSE: Duration = Duration::from_millis(4);

/// A row as wide as a stored message.
const INSERT: &str = "insert into yardstick (text) values ('When will the lamp arrive that I ordered on Monday? \
    01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789')";

/// Both yardsticks, taken before and after the run that they belong to.
pub struct Yardsticks {
    echo: Latencies,
    commit: Latencies,
}

/// What they came to.
#[derive(Clone, Serialize)]
pub struct YardstickSummary {
    pub echo: Summary,
    pub commit: Summary,
    /// Echo p50 plus commit p50. **Units**: milliseconds.
    pub sum_ms: f64,
}

impl Yardsticks {
    pub fn new() -> Self {
        Self {
            echo: Latencies::new(),
            commit: Latencies::new(),
        }
    }

    /// Takes both once more. `database` is the Postgres URL; without one, SQLite in `folder`.
    pub async fn take(
        &mut self,
        folder: &Path,
        database: Option<&str>,
        seconds: u32,
    ) -> Result<()> {
        self.echo.add(&echo(seconds).await?)?;
        let commits = seconds * 100;
        self.commit.add(&match database {
            Some(url) => commit_postgres(url, commits).await?,
            None => commit_sqlite(folder, commits).await?,
        })
    }

    pub fn summary(&self) -> YardstickSummary {
        let (echo, commit) = (self.echo.summary(), self.commit.summary());
        YardstickSummary {
            echo,
            commit,
            sum_ms: echo.p50_ms + commit.p50_ms,
        }
    }
}

impl Default for Yardsticks {
    fn default() -> Self {
        Self::new()
    }
}

/// Frames to a second process and back, written and read exactly as the load generator does.
async fn echo(seconds: u32) -> Result<Latencies> {
    let server = EchoServer::start()?;
    let stream = TcpStream::connect(server.address()).await?;
    stream.set_nodelay(true)?;
    let stream = stream.into_std()?;
    let mut writer = stream.try_clone()?;
    let url = format!("ws://{}/", server.address());
    let (mut socket, _) =
        tokio_tungstenite::client_async(url, TcpStream::from_std(stream)?).await?;
    let count = usize::try_from(ECHO_RATE * seconds).context("a yardstick fits")?;
    let schedule = Schedule::new(clock::now() + Duration::from_millis(50), ECHO_RATE);
    let arrivals = Arrivals::new(schedule.start(), count);
    let pacer = schedule.run(count, move |number| Ok(writer.write_all(&frame(number))?));
    for _ in 0..count {
        let message = socket.next().await.context("the echo ended")??;
        let digits = message.into_text()?;
        arrivals.note(digits.trim_end().parse()?);
    }
    pacer
        .join()
        .map_err(|_| anyhow::anyhow!("the pacing thread panicked"))??;
    ensure!(arrivals.count() == count, "the echo lost something");
    let mut latencies = Latencies::new();
    (0..count)
        .filter_map(|number| arrivals.latency(&schedule, number))
        .for_each(|latency| latencies.record_nanoseconds(latency));
    Ok(latencies)
}

/// One masked text frame with the number in it (RFC 6455 section 5.2; a mask of zeros is a mask).
fn frame(number: usize) -> Vec<u8> {
    let length = u16::try_from(PAYLOAD)
        .expect("the payload fits a short frame")
        .to_be_bytes();
    let mut frame = vec![0x81, 0x80 | 126, length[0], length[1], 0, 0, 0, 0];
    frame.extend_from_slice(format!("{number:<PAYLOAD$}").as_bytes());
    frame
}

/// One row as wide as a message, committed alone, in the journal mode and with the promises of the server.
async fn commit_sqlite(folder: &Path, commits: u32) -> Result<Latencies> {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.join("yardstick.sqlite"))
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Full);
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
    connection
        .execute(
            "create table if not exists yardstick (number integer primary key, text text not null)",
        )
        .await?;
    time_each(commits, async || {
        Ok(sqlx::query(INSERT)
            .execute(&mut connection)
            .await
            .map(drop)?)
    })
    .await
}

async fn commit_postgres(url: &str, commits: u32) -> Result<Latencies> {
    let mut connection = sqlx::PgConnection::connect(url).await?;
    connection.execute("create table if not exists yardstick (number bigserial primary key, text text not null)").await?;
    time_each(commits, async || {
        Ok(sqlx::query(INSERT)
            .execute(&mut connection)
            .await
            .map(drop)?)
    })
    .await
}

async fn time_each(commits: u32, mut commit: impl AsyncFnMut() -> Result<()>) -> Result<Latencies> {
    let mut latencies = Latencies::new();
    for _ in 0..commits {
        let begun = clock::now();
        commit().await?;
        latencies.record(begun.elapsed());
        tokio::time::sleep(COMMIT_PAUSE).await;
    }
    Ok(latencies)
}
