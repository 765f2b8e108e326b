//! P3: the steady run with its yardsticks, and the search for the highest rate.
//!
//! The law: ratios are against yardsticks of the same run, and a void run gives no figure without saying so.

use crate::http::Connection;
use crate::load::{self, Load};
use crate::outcome::Outcome;
use crate::people::{self, Guest, Person};
use crate::plan::{HIGHEST_P99_MS, Plan};
use crate::program::{Program, Server};
use crate::verdict::{Better, Target, Verdict};
use crate::yardstick::{YardstickSummary, Yardsticks};
use anyhow::{Context, Result};
use serde::Serialize;
use tokio::task::JoinSet;

/// Guests who come in at once.
const DOORS: usize = 16;

/// Everybody who takes part.
pub struct Crowd {
    pub guests: Vec<Guest>,
    pub agents: Vec<Person>,
}

/// The steady run.
#[derive(Clone, Serialize)]
pub struct Steady {
    pub outcome: Outcome,
    pub yardsticks: YardstickSummary,
    /// Delivery p50 over the sum of the yardsticks' p50.
    pub p50_ratio: f64,
    /// Delivery p99 over the same sum.
    pub p99_ratio: f64,
    pub void: bool,
    /// Runs thrown away before this one because the generator was late.
    pub void_before: u32,
}

/// The search for the highest rate.
#[derive(Clone, Serialize)]
pub struct Highest {
    /// The highest rate that held; 0: not even the first did.
    pub rate: u32,
    /// Whether the search ended because it was told to, not because the server was at its end.
    pub is_open_ended: bool,
    /// Whether the search ended at a step that says more about the generator than about the server.
    pub is_void: bool,
    /// In the order in which they were tried.
    pub steps: Vec<Step>,
}

#[derive(Clone, Serialize)]
pub struct Step {
    pub held: bool,
    /// It did not hold, and the generator was late itself: this says nothing about the server.
    pub void: bool,
    pub outcome: Outcome,
}

const P50: Target = Target {
    part: "P3",
    what: "Delivery at 1,000/s to 5 agents, p50 over echo + commit",
    unit: " ×",
    better: Better::Lower,
    first: 2.0,
    goal: Some(1.2),
    closes: "A message waits for the batch before it and then for its statements, each a hop between threads or a way over a socket (75–100 µs): the writer on a thread of its own, without the hops, was seen at half of that.",
};

const P99: Target = Target {
    what: "the same, p99",
    first: 5.0,
    goal: Some(2.0),
    closes: "The tail is the disk's: a commit that waits for its sync holds up everybody who came meanwhile. Compare it with the commit's own p99 in the same run.",
    ..P50
};

const HIGHEST: Target = Target {
    what: "Highest steady rate to 5 agents, p99 ≤ 10 ms, nothing lost",
    unit: "/s",
    better: Better::Higher,
    first: 3_000.0,
    goal: Some(10_000.0),
    closes: "Above it the cores are the limit: parsing, limits, encoding and five sockets for each message. Cheaper calls, or a second machine for the generator.",
    ..P50
};

impl Steady {
    pub fn verdicts(&self, engine: &str) -> Vec<Verdict> {
        let lost = !self.outcome.nothing_lost();
        let verdict =
            |target: Target, ratio| target.verdict(engine, ratio).void_if(self.void || lost);
        vec![verdict(P50, self.p50_ratio), verdict(P99, self.p99_ratio)]
    }
}

impl Highest {
    pub fn verdict(&self, engine: &str) -> Verdict {
        // What held, held; only a search that the generator ended says nothing about where the end is.
        let held_nothing = self.rate == 0 && self.is_void;
        HIGHEST
            .verdict(engine, f64::from(self.rate))
            .void_if(held_nothing)
    }
}

impl Crowd {
    /// Lets in so many agents, whom the program was set up with, and guests.
    pub async fn gather(program: &Program, agents: usize, guests: usize) -> Result<Self> {
        let site_id = people::site_id(program)?;
        let mut door = Connection::open(program.address()).await?;
        let mut crowd = Self {
            guests: Vec::new(),
            agents: Vec::new(),
        };
        for number in 0..agents {
            let agent = people::agent(&mut door, program, &site_id, number).await?;
            crowd.agents.push(agent);
        }
        crowd.grow(program, guests).await?;
        Ok(crowd)
    }

    /// Lets in more guests until there are so many.
    pub async fn grow(&mut self, program: &Program, guests: usize) -> Result<()> {
        let (first, agents) = (self.guests.len(), self.agents.len());
        let mut doors = JoinSet::new();
        for door in 0..DOORS {
            let (address, origin) = (program.address(), program.origin());
            doors.spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut let_in = Vec::new();
                for number in (first + door..guests).step_by(DOORS) {
                    // Agents are the peers before the guests.
                    let_in.push(people::guest(&mut connection, &origin, agents + number).await?);
                }
                anyhow::Ok(let_in)
            });
        }
        while let Some(let_in) = doors.join_next().await {
            self.guests
                .extend(let_in?.context("a guest did not get in")?);
        }
        Ok(())
    }
}

/// 1,000 messages a second to five agents, with the yardsticks before and after.
pub async fn steady(
    server: &Server,
    crowd: &Crowd,
    plan: &Plan,
    postgres: Option<&str>,
) -> Result<Steady> {
    let folder = server.program().folder();
    let mut void_before = 0;
    loop {
        let mut yardsticks = Yardsticks::new();
        yardsticks.take(folder, postgres, plan.yardstick_s).await?;
        let outcome = load::run(server, plan.steady, &crowd.guests, &crowd.agents).await?;
        yardsticks.take(folder, postgres, plan.yardstick_s).await?;
        let yardsticks = yardsticks.summary();
        println!("  delivery: {}", outcome.delivery);
        println!("  the generator's own lateness: {}", outcome.lateness);
        println!("  cores kept busy: {}", outcome.cores);
        println!("  echo: {}", yardsticks.echo);
        println!("  commit: {}", yardsticks.commit);
        let void = outcome.is_void();
        if void && void_before < plan.repeats {
            void_before += 1;
            println!(
                "  VOID: the generator was late by more than a quarter of the p99. Once more."
            );
            continue;
        }
        let p50_ratio = outcome.delivery.p50_ms / yardsticks.sum_ms;
        let p99_ratio = outcome.delivery.p99_ms / yardsticks.sum_ms;
        println!("  against echo + commit: p50 {p50_ratio:.2} times, p99 {p99_ratio:.2} times");
        return Ok(Steady {
            outcome,
            yardsticks,
            p50_ratio,
            p99_ratio,
            void,
            void_before,
        });
    }
}

/// Half as much again until it does not hold, then twice the middle between what held and what did not.
pub async fn highest(server: &Server, crowd: &mut Crowd, plan: &Plan) -> Result<Highest> {
    let (mut steps, mut held, mut failed) = (Vec::new(), 0, None);
    let mut rate = plan.step.rate;
    let mut middles = 0;
    while middles <= 2 {
        let step = try_rate(server, crowd, Load { rate, ..plan.step }).await?;
        if step.held {
            held = rate;
        } else {
            failed = Some(rate);
        }
        steps.push(step);
        let tried = rate;
        rate = match failed {
            Some(failed) => {
                middles += 1;
                middle(held, failed)
            }
            None if held >= plan.highest_rate => break,
            None => (held * 3 / 2).min(plan.highest_rate),
        };
        if rate == tried || rate == 0 {
            break;
        }
    }
    Ok(Highest {
        rate: held,
        is_open_ended: failed.is_none(),
        is_void: steps.iter().any(|step| step.void),
        steps,
    })
}

/// Between what held and what did not, in round numbers.
fn middle(held: u32, failed: u32) -> u32 {
    let middle = u32::midpoint(held, failed);
    if middle >= 1_000 {
        middle / 100 * 100
    } else {
        middle
    }
}

/// One step; what did not hold gets a second chance, because the machine is not ours alone.
async fn try_rate(server: &Server, crowd: &mut Crowd, load: Load) -> Result<Step> {
    crowd.grow(server.program(), load.guests()).await?;
    let mut step = try_once(server, crowd, load).await?;
    if !step.held {
        step = try_once(server, crowd, load).await?;
    }
    Ok(step)
}

async fn try_once(server: &Server, crowd: &Crowd, load: Load) -> Result<Step> {
    let outcome = load::run(server, load, &crowd.guests, &crowd.agents).await?;
    let held = outcome.nothing_lost() && outcome.delivery.p99_ms <= HIGHEST_P99_MS;
    let void = !held && outcome.is_void();
    let verdict = match (held, void) {
        (true, _) => "held",
        (false, false) => "did not hold",
        (false, true) => "VOID, the generator was late",
    };
    println!(
        "  {:>6}/s {verdict}: {}; lateness p99 {:.3} ms",
        load.rate, outcome.delivery, outcome.lateness.p99_ms
    );
    Ok(Step {
        held,
        void,
        outcome,
    })
}
