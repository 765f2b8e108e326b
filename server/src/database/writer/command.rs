//! One command's place in the queue, and its answer.

use super::{
    messages::{self, Accepted, Sending},
    task::Tools,
};
use crate::{conversation::announce::Fact, database::AnyConnection, error::Refusal, mint::Mint};
use futures_util::future::BoxFuture;
use tokio::sync::oneshot;

/// A command's turn inside the writer's transaction.
pub struct Tx<'c> {
    connection: &'c mut AnyConnection,
    tools: &'c Tools,
    facts: Vec<Fact>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(connection: &'c mut AnyConnection, tools: &'c Tools) -> Self {
        Self {
            connection,
            tools,
            facts: Vec::new(),
        }
    }

    /// What store functions take.
    pub fn connection(&mut self) -> &mut AnyConnection {
        self.connection
    }

    /// Where new ids come from.
    pub fn mint(&self) -> Mint {
        self.tools.mint.clone()
    }

    /// Stores one message among this command's other changes. Telling the readers is the command's affair.
    ///
    /// **Errors**: those of [`super::Writer::send`].
    pub async fn send(&mut self, sending: &Sending) -> Result<Accepted, Refusal> {
        let mut stored = messages::store(self.connection, self.tools, &[sending]).await?;
        stored
            .pop()
            .unwrap_or(Err(Refusal::Broken("one sending has one answer")))
    }

    /// Says what this command changed. The readers are told after the commit, and never if there is none.
    pub fn tell(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    pub(super) fn into_facts(self) -> Vec<Fact> {
        self.facts
    }
}

/// What waits in the queue.
pub(super) enum Job {
    General(Box<dyn Command>),
    Send(Box<(Sending, oneshot::Sender<Result<Accepted, Refusal>>)>),
    /// Nothing comes after it.
    Last,
}

/// Whether a command's statements stay in the transaction.
pub(super) enum Outcome {
    Done,
    /// It said no: its statements are undone, the others stay.
    Refused,
    /// The database failed under it.
    Failed(sqlx::Error),
}

/// A command of any kind: runs, perhaps again, and is answered once.
pub(super) trait Command: Send {
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> BoxFuture<'a, Outcome>;
    /// Hands out what the last run came to.
    fn answer(self: Box<Self>);
    /// Answers that it could not be stored.
    fn fail(self: Box<Self>, refusal: Refusal);
}

pub(super) struct General<Input, Output, Function> {
    input: Input,
    function: Function,
    output: Option<Result<Output, Refusal>>,
    answer: oneshot::Sender<Result<Output, Refusal>>,
}

impl<Input, Output, Function> General<Input, Output, Function> {
    pub fn new(
        input: Input,
        function: Function,
        answer: oneshot::Sender<Result<Output, Refusal>>,
    ) -> Self {
        Self {
            input,
            function,
            output: None,
            answer,
        }
    }
}

impl<Input, Output, Function> Command for General<Input, Output, Function>
where
    Input: Send + Sync + 'static,
    Output: Send + 'static,
    Function: for<'a> Fn(&'a mut Tx<'_>, &'a Input) -> BoxFuture<'a, Result<Output, Refusal>>
        + Send
        + Sync
        + 'static,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            match (self.function)(tx, &self.input).await {
                Ok(output) => {
                    self.output = Some(Ok(output));
                    Outcome::Done
                }
                Err(Refusal::Database(error)) => Outcome::Failed(error),
                Err(refusal) => {
                    self.output = Some(Err(refusal));
                    Outcome::Refused
                }
            }
        })
    }

    fn answer(self: Box<Self>) {
        let output = self.output.unwrap_or(Err(Refusal::Broken(
            "a command is run before it is answered",
        )));
        // Whoever asked may have gone; what was stored stays stored.
        let _gone = self.answer.send(output);
    }

    fn fail(self: Box<Self>, refusal: Refusal) {
        let _gone = self.answer.send(Err(refusal));
    }
}
