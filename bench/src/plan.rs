//! How long and how much: what `porchlight-bench` is asked for.
//!
//! The law: every run is bounded, and `--quick` measures the same things with less patience.

use crate::load::Load;
use clap::Parser;
use std::path::PathBuf;

/// Measures a Porchlight server over loopback, and writes what it found.
#[derive(Parser)]
#[command(name = "porchlight-bench")]
pub struct Options {
    /// The server to measure: a release build.
    #[arg(long)]
    pub server: PathBuf,
    /// A tenth of the time, for a first impression. Writes nothing unless --docs is given.
    #[arg(long)]
    pub quick: bool,
    /// Measure on this Postgres server too: the URL of a database that may be connected to.
    #[arg(long, env = "PORCHLIGHT_TEST_POSTGRES")]
    pub postgres: Option<String>,
    /// The folder that gets performance.md and performance.json.
    #[arg(long)]
    pub docs: Option<PathBuf>,
}

impl Options {
    pub fn plan(&self) -> Plan {
        if self.quick { QUICK } else { FULL }
    }

    /// Where to write. A quick run does not replace the figures of a full one.
    pub fn written_to(&self) -> Option<PathBuf> {
        let default = (!self.quick).then(|| PathBuf::from("docs"));
        self.docs.clone().or(default)
    }
}

/// Agents who receive everything.
pub const AGENTS: usize = 5;

/// **Source**: P3. **Units**: milliseconds.
pub const HIGHEST_P99_MS: f64 = 10.0;

/// How long each part takes.
#[derive(Clone, Copy)]
pub struct Plan {
    /// The steady run.
    pub steady: Load,
    /// How often a void run is repeated.
    pub repeats: u32,
    /// Each of the yardsticks, before and again after.
    pub yardstick_s: u32,
    /// One step of the search for the highest rate; its rate is the first that is tried.
    pub step: Load,
    /// The rate that the search does not go beyond.
    pub highest_rate: u32,
    /// Idle sockets.
    pub sockets: usize,
    pub starts: usize,
}

const FULL: Plan = Plan {
    steady: Load {
        rate: 1_000,
        warm_up_s: 10,
        measured_s: 30,
    },
    repeats: 2,
    yardstick_s: 5,
    step: Load {
        rate: 2_000,
        warm_up_s: 2,
        measured_s: 5,
    },
    highest_rate: 12_000,
    sockets: 5_000,
    starts: 9,
};

const QUICK: Plan = Plan {
    steady: Load {
        rate: 1_000,
        warm_up_s: 2,
        measured_s: 4,
    },
    repeats: 0,
    yardstick_s: 1,
    step: Load {
        rate: 2_000,
        warm_up_s: 1,
        measured_s: 2,
    },
    highest_rate: 6_000,
    sockets: 1_000,
    starts: 3,
};
