//! The product without a server: the same tables, by the same functions, for commands of the terminal and for seeds.
//!
//! The law: no lock is taken, because a server may run on the same database; it notices by the policy's version.

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
use tokio::{sync::mpsc, task::JoinHandle};

/// An open database, and a writer for a few commands.
pub struct Office {
    pub database: Database,
    pub writer: Writer,
    pub clock: Clock,
    pub mint: Mint,
    writing: JoinHandle<()>,
}

/// Why a change was not made.
pub enum Unchanged {
    /// One of the product's own rules said no, in a sentence for the operator.
    Refused(String),
    NotStored(Refusal),
}

impl Office {
    /// Opens the installation; makes its tables where there are none.
    pub async fn open(database_url: &str, clock: Clock) -> Result<Self, OpenRefused> {
        let database = Database::open(database_url).await?;
        let mint = Mint::from_entropy(clock.clone());
        // Nobody is connected here: what is changed is told to nobody.
        let (facts, _) = mpsc::channel(1);
        let (writer, writing) = Writer::start(&database, clock.clone(), mint.clone(), facts);
        Ok(Self {
            database,
            writer,
            clock,
            mint,
            writing,
        })
    }

    /// Runs one change in one transaction.
    pub async fn change<Input, Output, Fault, Change>(
        &self,
        input: Input,
        change: Change,
    ) -> Result<Output, Unchanged>
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
            Ok(Err(fault)) => Err(Unchanged::Refused(fault.to_string())),
            Err(refusal) => Err(Unchanged::NotStored(refusal)),
        }
    }

    /// Waits until everything is on the disk, and lets go.
    pub async fn close(self) {
        drop(self.writer);
        // The task has nothing to say; it ends when the last writer is gone.
        let _ended = self.writing.await;
        self.database.close().await;
    }
}
