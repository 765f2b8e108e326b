//! Where the commands of the terminal work: the same tables, by the same functions, as a running server.
//!
//! The law: no lock is taken, because a server may run on the same database; it notices by the policy's version.

use super::Stop;
use super::arguments::PlaceArguments;
use crate::clock::Clock;
use crate::config::read_database;
use crate::database::Database;
use crate::database::writer::{Tx, Writer};
use crate::error::Refusal;
use crate::mint::Mint;
use crate::safety::audit::By;
use futures_util::future::BoxFuture;
use shared::ids::{NotAnId, Time};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// An open database, and a writer for a few commands.
pub struct Office {
    database: Database,
    writer: Writer,
    writing: JoinHandle<()>,
    clock: Clock,
    mint: Mint,
}

impl Office {
    /// Opens the installation; makes its tables where there are none.
    pub async fn open(place: &PlaceArguments) -> Result<Self, Stop> {
        let written = place.database.as_deref().filter(|url| !url.is_empty());
        let url = read_database(written, &place.data_dir)?;
        if written.is_none() {
            std::fs::create_dir_all(&place.data_dir).map_err(|_| {
                Stop::Failed(format!(
                    "The data directory {} cannot be made.",
                    place.data_dir.display()
                ))
            })?;
        }
        let database = Database::open(&url)
            .await
            .map_err(|refused| Stop::Failed(refused.to_string()))?;
        let clock = Clock::system();
        let mint = Mint::from_entropy(clock.clone());
        // Nobody is connected to a command: what it changed is told to nobody.
        let (facts, _) = mpsc::channel(1);
        let (writer, writing) = Writer::start(&database, clock.clone(), mint.clone(), facts);
        Ok(Self {
            database,
            writer,
            writing,
            clock,
            mint,
        })
    }

    /// Runs one change in one transaction. What the change says no to is a sentence for the operator.
    pub async fn change<Input, Output, Fault, Change>(
        &self,
        input: Input,
        change: Change,
    ) -> Result<Output, Stop>
    where
        Input: Send + Sync + 'static,
        Output: Send + 'static,
        Fault: std::fmt::Display + Send + 'static,
        Change: for<'a> Fn(
                &'a mut Tx<'_>,
                &'a By,
                &'a Input,
            ) -> BoxFuture<'a, Result<Result<Output, Fault>, Refusal>>
            + Send
            + Sync
            + 'static,
    {
        let by = By {
            actor: None,
            mint: self.mint.clone(),
            now: self.clock.now(),
        };
        let outcome = self
            .writer
            .run((by, input), move |tx, (by, input)| change(tx, by, input))
            .await;
        match outcome {
            Ok(Ok(output)) => Ok(output),
            Ok(Err(fault)) => Err(Stop::Refused(fault.to_string())),
            Err(refusal) => Err(Stop::from(refusal)),
        }
    }

    /// A token for a link.
    pub fn token(&self) -> String {
        self.mint.token()
    }

    /// A new id of whichever kind is asked for.
    pub fn id<Id: TryFrom<String, Error = NotAnId>>(&self) -> Id {
        self.mint.id()
    }

    /// The moment.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The database, for reading.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Lets go of the database.
    pub async fn close(self) {
        drop(self.writer);
        // The task has nothing to say; it ends when the last writer is gone.
        let _ended = self.writing.await;
        self.database.close().await;
    }
}
