//! The one writer: commands from a queue into shared transactions (D4).
//!
//! The laws: an answer is given only after the commit that holds it; what a commit changed is told to the readers in
//! the order of the commits; one bad command never sinks the others of its batch; a full queue refuses loudly.

/// One command's place in the queue, and its answer.
mod command;
/// When something was said last: the order of lists.
mod latest;
/// Sending a message: the hot path.
pub mod messages;
/// The hot path's statements, in the words of both engines.
mod statements;
/// The task that drains the queue.
mod task;

pub use command::Tx;

use crate::{
    clock::Clock, conversation::announce::Fact, error::Refusal, metrics::Commits, mint::Mint,
};
use command::{General, Job};
use futures_util::future::BoxFuture;
use messages::{Accepted, Sending};
use shared::problem::{Problem, ProblemCode};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Commands that may wait. Beyond it the sender is told to come again, which costs less than waiting would.
const QUEUE: usize = 1_024;

/// The writer's front door. Clones lead to the same queue.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Job>,
    commits: Commits,
}

impl Writer {
    /// Starts the task. It ends, with everything answered, once every `Writer` is dropped or [`Writer::close`]d.
    ///
    /// `facts` is told what each commit changed.
    pub fn start(
        database: &super::Database,
        clock: Clock,
        mint: Mint,
        facts: mpsc::Sender<Vec<Fact>>,
    ) -> (Self, JoinHandle<()>) {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let commits = Commits::default();
        let task = task::Task::new(database, clock, mint, facts, commits.clone());
        (Self { queue, commits }, tokio::spawn(task.drain(jobs)))
    }

    /// Runs `command` inside a transaction that may hold other commands too, and answers after its commit.
    ///
    /// `command` may be run again when the batch around it fails, so it decides from what it reads inside, and has no
    /// other effect than its statements and [`Tx::tell`]. A refusal writes nothing.
    ///
    /// ```ignore
    /// let renamed = writer.run((person_id, name), |tx, (person_id, name)| Box::pin(rename(tx, person_id, name))).await?;
    /// ```
    ///
    /// **Errors**: what `command` refuses with; `not_stored` when it could not be stored.
    pub async fn run<Input, Output, Command>(
        &self,
        input: Input,
        command: Command,
    ) -> Result<Output, Refusal>
    where
        Input: Send + Sync + 'static,
        Output: Send + 'static,
        Command: for<'a> Fn(&'a mut Tx<'_>, &'a Input) -> BoxFuture<'a, Result<Output, Refusal>>
            + Send
            + Sync
            + 'static,
    {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job::General(Box::new(General::new(input, command, answer))))?;
        answered.await.unwrap_or_else(|_| Err(not_stored()))
    }

    /// Stores a message, or finds the one that the same command stored before.
    ///
    /// **Errors**: what `conversation::rules::may_send` says; `id_reused`; `not_stored`.
    pub async fn send(&self, sending: Sending) -> Result<Accepted, Refusal> {
        let (answer, answered) = oneshot::channel();
        self.enqueue(Job::Send(Box::new((sending, answer))))?;
        answered.await.unwrap_or_else(|_| Err(not_stored()))
    }

    /// What it counts.
    pub fn commits(&self) -> &Commits {
        &self.commits
    }

    /// Commands that wait now.
    pub fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// Whether the last batch was stored, as far as that was up to the database.
    pub fn is_storing(&self) -> bool {
        self.commits.is_storing()
    }

    /// Whether it still takes commands.
    pub fn is_open(&self) -> bool {
        !self.queue.is_closed()
    }

    /// Takes nothing more; what is queued is still stored and answered. Resolves when the queue has closed.
    pub async fn finish(&self) {
        // Its last place: whoever comes after it finds the queue closed.
        let _closed_already = self.queue.send(Job::Last).await;
    }

    fn enqueue(&self, job: Job) -> Result<(), Refusal> {
        self.queue.try_send(job).map_err(|_| not_stored())
    }
}

fn not_stored() -> Refusal {
    Problem::retry_after(ProblemCode::NotStored, 1).into()
}

#[cfg(test)]
mod tests;
