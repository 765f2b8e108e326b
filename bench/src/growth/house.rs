//! A server with a history, and who asks it.
//!
//! The law: the history is written before the server starts, so that it answers as one that was restarted.

use crate::delivery::Crowd;
use crate::http::{Call, Connection, Encoding};
use crate::people::{self, Guest, Person};
use crate::plan::Plan;
use crate::process;
use crate::program::{Program, Server};
use crate::seeding::History;
use anyhow::{Context, Result};
use std::time::Duration;

/// A server with a history, and who asks it.
pub(super) struct House {
    server: Server,
    /// Answers everything, and has seen nearly all of it.
    pub agent: Person,
    /// Never looked at any of it.
    pub colleague: Person,
    pub short: Guest,
    pub long: Guest,
}

/// **Source**: `shared::limits::PAGE_ROWS`.
pub(super) const PAGE: i64 = shared::limits::PAGE_ROWS as i64;

impl House {
    pub async fn build(program: &Program, conversations: i64, plan: &Plan) -> Result<Self> {
        people::set_up(program, 2)?;
        let server = program.start().await?;
        let mut crowd = Crowd::gather(program, 2, 2).await?;
        drop(server);
        let (short, long) = crowd
            .guests
            .pop()
            .zip(crowd.guests.pop())
            .context("two guests")?;
        let mut history = History::open(program).await?;
        let agent = history.person(&people::agent_subject(0)).await?;
        history.conversations(conversations, &agent).await?;
        history
            .thread(&short.conversation_id, 'a', plan.short_thread, &agent)
            .await?;
        history
            .thread(&long.conversation_id, 'b', plan.long_thread, &agent)
            .await?;
        history.close().await?;
        let (colleague, agent) = crowd
            .agents
            .pop()
            .zip(crowd.agents.pop())
            .context("two agents")?;
        Ok(Self {
            server: program.start().await?,
            agent,
            colleague,
            short,
            long,
        })
    }

    pub async fn connection(&self) -> Result<Connection> {
        Connection::open(self.server.program().address()).await
    }

    pub fn call(&self, person: &Person, path: &str) -> Vec<u8> {
        person
            .makes(Call::get(path).accept(Encoding::Postcard))
            .bytes(&self.server.program().origin())
    }

    /// Reads so many pages of a thread, from its end to its beginning, and again from its end if it is shorter.
    pub async fn read_through(&self, guest: &Guest, pages: usize) -> Result<()> {
        let mut connection = self.connection().await?;
        let of = &guest.conversation_id;
        let mut before = i64::MAX / 16;
        for _ in 0..pages {
            let path = format!("/api/conversations/{of}/messages?before={before}&limit={PAGE}");
            let answer = connection.call(&self.call(&guest.person, &path)).await?;
            let thread: shared::conversation::Thread = answer.read().context("reading a thread")?;
            before = match thread.messages.first() {
                Some(first) if first.position.0 > 1 => i64::try_from(first.position.0)?,
                _ => i64::MAX / 16,
            };
        }
        Ok(())
    }

    pub async fn memory(&self) -> Result<u64> {
        tokio::time::sleep(Duration::from_millis(500)).await;
        process::private_memory(self.server.process_id())
    }
}
