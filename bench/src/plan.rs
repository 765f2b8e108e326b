//! How long and how much: what `porchlight-bench` is asked for.
//!
//! The law: every run is bounded, and `--quick` measures the same things with less patience.

use crate::fan_out;
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
    /// A fifth of the time, for a first impression. Writes nothing unless --docs is given.
    #[arg(long)]
    pub quick: bool,
    /// Everything as small as can be, to see that every part runs to its end. The figures mean nothing.
    #[arg(long, conflicts_with = "quick")]
    pub rehearsal: bool,
    /// Only this, while working on it; say it again for more. Writes nothing unless --docs is given.
    #[arg(long, value_enum)]
    pub only: Vec<Portion>,
    /// The folder of the stories, with Playwright in it: for what is measured in a browser ($CHROMIUM).
    #[arg(long)]
    pub stories: Option<PathBuf>,
    /// Measure on this Postgres server too: the URL of a database that may be connected to.
    #[arg(long, env = "PORCHLIGHT_TEST_POSTGRES")]
    pub postgres: Option<String>,
    /// The folder that gets performance.md and performance.json.
    #[arg(long)]
    pub docs: Option<PathBuf>,
}

/// What can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Portion {
    Start,
    Weights,
    Opening,
    Delivery,
    Agents,
    Growth,
    Connections,
}

impl Options {
    /// Whether this portion is wanted.
    pub fn asks_for(&self, portion: Portion) -> bool {
        self.only.is_empty() || self.only.contains(&portion)
    }

    pub fn plan(&self) -> Plan {
        match (self.rehearsal, self.quick) {
            (true, _) => REHEARSAL,
            (false, true) => QUICK,
            (false, false) => FULL,
        }
    }

    /// What the run is, for whoever reads its figures.
    pub fn extent(&self) -> &'static str {
        match (self.rehearsal, self.quick) {
            (true, _) => "rehearsal",
            (false, true) => "quick",
            (false, false) => "full",
        }
    }

    /// Where to write. Neither a quick run, nor a rehearsal, nor a part of one replaces the figures of a full one.
    pub fn written_to(&self) -> Option<PathBuf> {
        let default =
            (!self.quick && !self.rehearsal && self.only.is_empty()).then(|| PathBuf::from("docs"));
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
    /// Guests who come back at once.
    pub returning: usize,
    pub starts: usize,
    /// Conversations in the short history and in the long one.
    pub few_conversations: i64,
    pub many_conversations: i64,
    /// Messages in the short thread and in the long one.
    pub short_thread: i64,
    pub long_thread: i64,
    /// How often each question is asked.
    pub rounds: usize,
    /// One step of what further agents cost.
    pub fan_out: Load,
    /// Openings in the browser, of each kind.
    pub openings: usize,
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
    returning: 1_000,
    starts: 9,
    few_conversations: 1_000,
    many_conversations: 100_000,
    short_thread: 100,
    long_thread: 100_000,
    rounds: 400,
    fan_out: fan_out::load(300, 10),
    openings: 9,
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
    sockets: 2_000,
    starts: 3,
    rounds: 100,
    fan_out: fan_out::load(300, 3),
    openings: 3,
    ..FULL
};

const REHEARSAL: Plan = Plan {
    steady: Load {
        rate: 50,
        warm_up_s: 1,
        measured_s: 1,
    },
    repeats: 0,
    yardstick_s: 1,
    step: Load {
        rate: 60,
        warm_up_s: 1,
        measured_s: 1,
    },
    highest_rate: 90,
    sockets: 100,
    returning: 50,
    starts: 1,
    few_conversations: 100,
    many_conversations: 1_000,
    short_thread: 100,
    long_thread: 1_000,
    rounds: 8,
    fan_out: fan_out::load(20, 1),
    openings: 1,
};
