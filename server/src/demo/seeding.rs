//! Sets up the product and plays the seeds, through the product's own functions and under a clock of its own.
//!
//! The law: no statement of ours touches the product's tables; what its own commands would refuse cannot be seeded.

use crate::{
    clock::Clock,
    database::{
        Database, OpenRefused,
        writer::{Tx, Writer},
    },
    error::Refusal,
    mint::Mint,
    safety::audit::By,
};
use futures_util::future::BoxFuture;
use shared::ids::Time;
use tokio::{sync::mpsc, task::JoinHandle};

/// Why the demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SeedingRefused {
    #[error(transparent)]
    Database(#[from] OpenRefused),
    #[error("The demonstration could not be stored: {0}.")]
    NotStored(#[from] Refusal),
    /// One of the product's own rules said no.
    #[error("The demonstration could not be set up. {0}")]
    Refused(String),
}

/// The product's database and writer, at whatever time a seed needs.
pub struct Seeding {
    database: Database,
    pub(super) writer: Writer,
    pub(super) mint: Mint,
    clock: Clock,
    writing: JoinHandle<()>,
}

impl Seeding {
    /// Opens the product's database at a moment in the past.
    pub async fn open(database_url: &str, from: Time) -> Result<Self, SeedingRefused> {
        let database = Database::open(database_url).await?;
        let clock = Clock::stepped(from);
        let mint = Mint::from_entropy(clock.clone());
        // Nobody is connected yet: what is stored is told to nobody.
        let (facts, _) = mpsc::channel(1);
        let (writer, writing) = Writer::start(&database, clock.clone(), mint.clone(), facts);
        Ok(Self {
            database,
            writer,
            mint,
            clock,
            writing,
        })
    }

    /// The moment that the seeds have come to.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// Goes on to a later moment. An earlier one is left as it is: time only goes forward.
    pub fn go_to(&self, moment: Time) {
        self.clock.advance((moment.0 - self.clock.now().0).max(0));
    }

    /// Runs one of the product's changes, as the command line does.
    pub async fn change<Input, Output, Fault, Change>(
        &self,
        input: Input,
        change: Change,
    ) -> Result<Output, SeedingRefused>
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
            .await?;
        outcome.map_err(|fault| SeedingRefused::Refused(fault.to_string()))
    }

    /// Waits until everything is on the disk, and lets go.
    pub async fn close(self) {
        drop(self.writer);
        // The task has nothing to say; it ends when the last writer is gone.
        let _ended = self.writing.await;
        self.database.close().await;
    }
}
