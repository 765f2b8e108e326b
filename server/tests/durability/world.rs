//! A server under test with its people, on either engine.
//!
//! The law: everything it starts or stores is gone with it.

use anyhow::{Context, Result, ensure};
use porchlight_bench::http::{Answer, Call, Connection};
use porchlight_bench::people::{self, Guest, Person};
use porchlight_bench::postgres::TemporaryDatabase;
use porchlight_bench::program::Program;
use shared::conversation::{Message, Thread};
use shared::ids::{ConversationId, Position};
use std::path::Path;
use tempfile::TempDir;

/// A fresh product, set up by its own command line, not yet running.
pub struct World {
    pub program: Program,
    database: Option<TemporaryDatabase>,
    _folder: TempDir,
}

impl World {
    /// With the database embedded.
    pub fn on_sqlite(agents: usize) -> Result<Self> {
        Self::on(None, None, agents)
    }

    /// With a database of its own on the Postgres server of the tests. `None`: there is none here.
    pub async fn on_postgres(agents: usize) -> Result<Option<Self>> {
        let Ok(server_url) = std::env::var("PORCHLIGHT_TEST_POSTGRES") else {
            println!(
                "PORCHLIGHT_TEST_POSTGRES is not set, so nothing was tried on Postgres; `cargo xtask test` sets it."
            );
            return Ok(None);
        };
        let database = TemporaryDatabase::create(&server_url).await?;
        let url = database.url()?;
        Self::on(Some(database), Some(&url), agents).map(Some)
    }

    /// With nothing in it at all, for what a backup brings. The database is embedded.
    pub fn empty() -> Result<Self> {
        Self::without_people(None, None)
    }

    /// With nothing in it at all, on Postgres.
    pub async fn empty_on_postgres() -> Result<Option<Self>> {
        let Ok(server_url) = std::env::var("PORCHLIGHT_TEST_POSTGRES") else {
            return Ok(None);
        };
        let database = TemporaryDatabase::create(&server_url).await?;
        let url = database.url()?;
        Self::without_people(Some(database), Some(&url)).map(Some)
    }

    fn on(database: Option<TemporaryDatabase>, url: Option<&str>, agents: usize) -> Result<Self> {
        let world = Self::without_people(database, url)?;
        people::set_up(&world.program, agents)?;
        Ok(world)
    }

    fn without_people(database: Option<TemporaryDatabase>, url: Option<&str>) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("porchlight-durability-")
            .tempdir()?;
        let program = Program::new(
            Path::new(env!("CARGO_BIN_EXE_porchlight")),
            &folder.path().join("data"),
            url,
        )?;
        Ok(Self {
            program,
            database,
            _folder: folder,
        })
    }

    /// A connection to the running server.
    pub async fn connection(&self) -> Result<Connection> {
        Connection::open(self.program.address()).await
    }

    /// Lets in so many guests, each with a conversation of their own.
    pub async fn guests(&self, count: usize) -> Result<Vec<Guest>> {
        let (mut connection, origin) = (self.connection().await?, self.program.origin());
        let mut guests = Vec::new();
        for number in 0..count {
            guests.push(people::guest(&mut connection, &origin, 100 + number).await?);
        }
        Ok(guests)
    }

    /// Signs in all the agents there are.
    pub async fn agents(&self, count: usize) -> Result<Vec<Person>> {
        let site_id = people::site_id(&self.program)?;
        let mut connection = self.connection().await?;
        let mut agents = Vec::new();
        for number in 0..count {
            agents.push(people::agent(&mut connection, &self.program, &site_id, number).await?);
        }
        Ok(agents)
    }

    /// What somebody gets by asking.
    pub async fn get(&self, person: &Person, path: &str) -> Result<Answer> {
        let call = person.makes(Call::get(path)).bytes(&self.program.origin());
        self.connection().await?.call(&call).await
    }

    /// All messages behind a position, as somebody reads them, checked to be without gaps.
    pub async fn messages(
        &self,
        reader: &Person,
        of: &ConversationId,
        after: Position,
    ) -> Result<Vec<Message>> {
        let mut messages = Vec::new();
        let mut last = after;
        loop {
            let path = format!(
                "/api/conversations/{of}/messages?after={}&limit=100",
                last.0
            );
            let thread: Thread = self
                .get(reader, &path)
                .await?
                .read()
                .context("reading a thread")?;
            if thread.messages.is_empty() {
                let head = thread.conversation.last_position;
                ensure!(
                    head == last,
                    "the head says {head:?} and the last message is {last:?}"
                );
                return Ok(messages);
            }
            for message in thread.messages {
                ensure!(
                    message.position == last.next(),
                    "{:?} follows {last:?}",
                    message.position
                );
                last = message.position;
                messages.push(message);
            }
        }
    }

    /// Leaves nothing behind on the Postgres server. (A test that fails leaves its database for whoever looks.)
    pub async fn end(self) -> Result<()> {
        match self.database {
            Some(database) => database.drop_it().await,
            None => Ok(()),
        }
    }
}

/// Chance for one test; printed, and repeatable by PORCHLIGHT_TEST_SEED as far as the network allows.
pub fn chance(test: &str) -> fastrand::Rng {
    let given = std::env::var("PORCHLIGHT_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..));
    println!("{test}: PORCHLIGHT_TEST_SEED={seed}");
    fastrand::Rng::with_seed(seed)
}

/// Whether the long forms of the experiments are wanted, on a machine that is theirs alone.
pub fn is_long() -> bool {
    std::env::var_os("PORCHLIGHT_TEST_LONG").is_some()
}
