//! What came of one run of the load generator.
//!
//! The law: a run counts only if sent = acknowledged = delivered to each agent, and the generator was on time.

use crate::figures::Summary;
use crate::program::Server;
use crate::{clock, process};
use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What came of it.
#[derive(Clone, Serialize)]
pub struct Outcome {
    pub rate: u32,
    pub sent: usize,
    pub acknowledged: usize,
    /// To each agent.
    pub delivered: Vec<usize>,
    /// Events that an agent got twice.
    pub repeated: u64,
    /// Answers other than 200, by status.
    pub refused: BTreeMap<u16, usize>,
    /// Sockets that did not live to the end, with the reason.
    pub lost_sockets: Vec<String>,
    /// Intended send to arrival, over all agents.
    pub delivery: Summary,
    /// Intended send to arrival at the last of the agents.
    pub last_delivery: Summary,
    /// Intended send to acknowledgement.
    pub acknowledgement: Summary,
    pub lateness: Summary,
    pub cores: Cores,
}

/// How many cores were kept busy, on average over the run.
#[derive(Clone, Copy, Serialize)]
pub struct Cores {
    pub server: f64,
    pub generator: f64,
    /// By everything else on the machine: the kernel's share, a database server, whoever shares it with us.
    pub others: f64,
}

impl std::fmt::Display for Cores {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            server,
            generator,
            others,
        } = self;
        write!(
            formatter,
            "server {server:.2}, generator {generator:.2}, everything else {others:.2}"
        )
    }
}

impl Outcome {
    /// Everything sent was acknowledged and reached every agent, once.
    pub fn nothing_lost(&self) -> bool {
        let complete = |count: &usize| *count == self.sent;
        complete(&self.acknowledged) && self.delivered.iter().all(complete) && self.repeated == 0
    }

    /// The generator's own lateness would blur the figure.
    pub fn is_void(&self) -> bool {
        self.lateness.p99_ms > self.delivery.p99_ms / 4.0
    }
}

/// What both sides had used of the processors when the run began.
pub struct Effort {
    server: Duration,
    generator: Duration,
    machine: Duration,
    at: Instant,
}

impl Effort {
    pub fn begin(server: &Server) -> Result<Self> {
        Ok(Self {
            server: process::cpu_time(server.process_id())?,
            generator: process::cpu_time(std::process::id())?,
            machine: process::machine_cpu_time()?,
            at: clock::now(),
        })
    }

    /// What they used since.
    pub fn end(self, server: &Server) -> Result<Cores> {
        let now = Self::begin(server)?;
        let elapsed = self.at.elapsed().as_secs_f64();
        let cores = |before: Duration, after: Duration| (after - before).as_secs_f64() / elapsed;
        let server = cores(self.server, now.server);
        let generator = cores(self.generator, now.generator);
        let machine = cores(self.machine, now.machine);
        Ok(Cores {
            server,
            generator,
            others: (machine - server - generator).max(0.0),
        })
    }
}
