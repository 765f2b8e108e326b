//! The task that drains the queue: takes what waits, up to a batch, into one transaction.

use super::{
    command::{Command, Job, Outcome, Tx},
    latest::LatestActivity,
    messages::{self, Accepted, Sending},
};
use crate::{
    clock::Clock,
    conversation::announce::Fact,
    database::{
        AnyConnection, Database, Engine, fold::Folding, is_damaged, is_outdone, is_passing,
        without_values,
    },
    error::Refusal,
    metrics::Commits,
    mint::Mint,
};
use shared::{
    limits::WRITER_BATCH,
    problem::{Problem, ProblemCode},
};
use sqlx::{Any, AnyPool, Connection, pool::PoolConnection};
use tokio::sync::{mpsc, oneshot};

/// Until the database may have room again.
const RETRY_AFTER_S: u32 = 2;

/// The writer's connection, held between batches.
type Kept = Option<PoolConnection<Any>>;

type SendJob = (Sending, oneshot::Sender<Result<Accepted, Refusal>>);

/// What storing a message takes, besides a connection.
pub(super) struct Tools {
    pub engine: Engine,
    pub clock: Clock,
    pub mint: Mint,
    pub latest: LatestActivity,
}

pub(super) struct Task {
    tools: Tools,
    pool: AnyPool,
    /// SQLite's.
    folding: Option<Folding>,
    facts: mpsc::Sender<Vec<Fact>>,
    commits: Commits,
}

/// One transaction's worth.
#[derive(Default)]
struct Batch {
    commands: Vec<Box<dyn Command>>,
    sends: Vec<SendJob>,
}

impl Batch {
    fn of(jobs: impl IntoIterator<Item = Job>) -> Self {
        let mut batch = Self::default();
        for job in jobs {
            match job {
                Job::General(command) => batch.commands.push(command),
                Job::Send(send) => batch.sends.push(*send),
                Job::Last => {}
            }
        }
        batch
    }

    fn len(&self) -> usize {
        self.commands.len() + self.sends.len()
    }

    /// Itself as batches of one.
    fn apart(self) -> impl Iterator<Item = Self> {
        let commands = self.commands.into_iter().map(|command| Self {
            commands: vec![command],
            sends: Vec::new(),
        });
        let sends = self.sends.into_iter().map(|send| Self {
            commands: Vec::new(),
            sends: vec![send],
        });
        commands.chain(sends)
    }

    fn fail(self, refusal: impl Fn() -> Refusal) {
        for command in self.commands {
            command.fail(refusal());
        }
        for send in self.sends {
            let _gone = send.1.send(Err(refusal()));
        }
    }
}

/// What a batch came to, before its commit.
struct Ran {
    facts: Vec<Fact>,
    sent: Vec<Result<Accepted, Refusal>>,
}

impl Task {
    pub fn new(
        database: &Database,
        clock: Clock,
        mint: Mint,
        facts: mpsc::Sender<Vec<Fact>>,
        commits: Commits,
    ) -> Self {
        let tools = Tools {
            engine: database.engine,
            clock,
            mint,
            latest: LatestActivity::default(),
        };
        Self {
            tools,
            pool: database.writing.clone(),
            folding: (database.engine == Engine::Sqlite)
                .then(|| Folding::begin(database.readers.clone())),
            facts,
            commits,
        }
    }

    pub async fn drain(self, mut jobs: mpsc::Receiver<Job>) {
        let mut kept = None;
        let mut waiting = Vec::with_capacity(WRITER_BATCH);
        // No artificial delay: whatever arrived during one commit shares the next.
        while jobs.recv_many(&mut waiting, WRITER_BATCH).await > 0 {
            if waiting.iter().any(|job| matches!(job, Job::Last)) {
                // What slipped in behind it is still taken; whoever comes now is refused.
                jobs.close();
            }
            self.settle(&mut kept, Batch::of(waiting.drain(..))).await;
        }
    }

    /// Stores a batch and answers everybody in it.
    async fn settle(&self, kept: &mut Kept, mut batch: Batch) {
        if batch.len() == 1 {
            return self.settle_single(kept, batch).await;
        }
        match self.attempt(kept, &mut batch).await {
            Ok(ran) => self.answer(batch, ran).await,
            Err(error) if !is_away(&error) => {
                tracing::warn!(error = %without_values(&error), commands = batch.len(), "a batch failed; its commands go one by one");
                for single in batch.apart() {
                    self.settle_single(kept, single).await;
                }
            }
            Err(error) => self.refuse(batch, &error),
        }
    }

    /// Stores a batch of one. Where another node was quicker, the second try finds what it did.
    async fn settle_single(&self, kept: &mut Kept, mut single: Batch) {
        let mut attempted = self.attempt(kept, &mut single).await;
        if attempted.as_ref().is_err_and(is_outdone) {
            attempted = self.attempt(kept, &mut single).await;
        }
        match attempted {
            Ok(ran) => self.answer(single, ran).await,
            Err(error) => self.refuse(single, &error),
        }
    }

    fn refuse(&self, batch: Batch, error: &sqlx::Error) {
        self.commits
            .refused(batch.len(), is_passing(error) || is_damaged(error));
        tracing::error!(error = %without_values(error), commands = batch.len(), "not stored");
        if is_damaged(error) {
            tracing::error!(
                "the database file is damaged: stop the server, and put a backup in its place with `porchlight restore FILE`"
            );
        }
        let code = if is_passing(error) {
            ProblemCode::NotStored
        } else {
            ProblemCode::Broken
        };
        batch.fail(|| Problem::retry_after(code, RETRY_AFTER_S).into());
    }

    /// Tells the readers first, then the askers: who is answered finds the event already on its way.
    async fn answer(&self, batch: Batch, ran: Ran) {
        if !ran.facts.is_empty() && self.facts.send(ran.facts).await.is_err() {
            tracing::debug!("nobody listens for facts any more");
        }
        for command in batch.commands {
            command.answer();
        }
        for (send, sent) in batch.sends.into_iter().zip(ran.sent) {
            let _gone = send.1.send(sent);
        }
    }

    async fn attempt(&self, kept: &mut Kept, batch: &mut Batch) -> Result<Ran, sqlx::Error> {
        let mut connection = self.begun(kept.take()).await?;
        let attempted = self.attempt_on(&mut connection, batch).await;
        match attempted {
            // Kept: giving it back to the pool costs a test of its health, longer than a statement takes.
            Ok(_) => *kept = Some(connection),
            // A full disk makes SQLite end the transaction by itself, and the library's count of open ones is wrong
            // from then on. What state it is in does not matter if nobody uses it again; its end undoes everything.
            Err(_) => give_up(connection).await,
        }
        attempted
    }

    /// The connection, inside a new transaction. One that died while nobody used it is replaced.
    async fn begun(&self, kept: Kept) -> Result<PoolConnection<Any>, sqlx::Error> {
        let begin = match self.tools.engine {
            // At once, so that nobody else can take the write lock between our first read and our first write.
            Engine::Sqlite => "begin immediate",
            Engine::Postgres => "begin",
        };
        if let Some(mut kept) = kept {
            match sqlx::raw_sql(begin).execute(&mut *kept).await {
                Ok(_) => return Ok(kept),
                Err(_) => give_up(kept).await,
            }
        }
        let mut fresh = self.pool.acquire().await?;
        sqlx::raw_sql(begin).execute(&mut *fresh).await?;
        Ok(fresh)
    }

    async fn attempt_on(
        &self,
        connection: &mut AnyConnection,
        batch: &mut Batch,
    ) -> Result<Ran, sqlx::Error> {
        let begun = self.tools.clock.elapsed();
        let ran = self.run(connection, batch).await?;
        sqlx::raw_sql("commit").execute(connection).await?;
        let took = self.tools.clock.elapsed().saturating_sub(begun);
        self.commits.stored(batch.len(), took);
        if let Some(folding) = &self.folding {
            folding.written();
        }
        Ok(ran)
    }

    async fn run(
        &self,
        connection: &mut AnyConnection,
        batch: &mut Batch,
    ) -> Result<Ran, sqlx::Error> {
        let mut facts = Vec::new();
        for command in &mut batch.commands {
            sqlx::raw_sql("savepoint command")
                .execute(&mut *connection)
                .await?;
            let mut tx = Tx::new(connection, &self.tools);
            let outcome = command.run(&mut tx).await;
            let told = tx.into_facts();
            let end = match outcome {
                Outcome::Done => {
                    facts.extend(told);
                    "release savepoint command"
                }
                Outcome::Refused => "rollback to savepoint command; release savepoint command",
                Outcome::Failed(error) => return Err(error),
            };
            sqlx::raw_sql(end).execute(&mut *connection).await?;
        }
        let sendings: Vec<&Sending> = batch.sends.iter().map(|send| &send.0).collect();
        let sent = messages::store(connection, &self.tools, &sendings).await?;
        facts.extend(
            sent.iter()
                .filter_map(|sent| sent.as_ref().ok().and_then(Accepted::fact)),
        );
        Ok(Ran { facts, sent })
    }
}

async fn give_up(connection: PoolConnection<Any>) {
    // It is broken, or as good as that: whether it ends well makes no difference.
    let _ended = connection.detach().close_hard().await;
}

/// The database itself is away: trying its commands one by one would only make everybody wait longer.
fn is_away(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::Io(_)
            | sqlx::Error::WorkerCrashed
    )
}
