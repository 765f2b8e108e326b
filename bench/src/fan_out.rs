//! P5: what each further agent costs the server for each message.
//!
//! The law: the processor time is the kernel's count, and the answer is a slope over several numbers of agents, so that
//! what a message costs anyway is not in it.

use crate::delivery::Crowd;
use crate::load::{self, Load};
use crate::plan::Plan;
use crate::process;
use crate::program::Server;
use crate::verdict::{Better, Target, Verdict};
use anyhow::{Context, Result, ensure};
use serde::Serialize;

/// How many agents listen at once.
pub const AGENTS: [usize; 4] = [1, 5, 20, 50];

/// What the agents cost, on one engine.
#[derive(Serialize)]
pub struct FanOut {
    pub rate: u32,
    pub steps: Vec<Step>,
    /// **Units**: microseconds of processor time a message, for each further agent.
    pub slope_us: f64,
    /// What a message costs with nobody listening, by the same line. **Units**: microseconds.
    pub base_us: f64,
}

#[derive(Clone, Copy, Serialize)]
pub struct Step {
    pub agents: usize,
    /// **Units**: microseconds of processor time, of all the server's threads, a message.
    pub per_message_us: f64,
    pub messages: usize,
}

const SLOPE: Target = Target {
    part: "P5",
    what: "Server time that each further agent adds to a message",
    unit: " µs",
    better: Better::Lower,
    first: 8.0,
    goal: None,
    closes: "An event is encoded once and written to each socket by a call of its own: what is left is the kernel's.",
};

impl FanOut {
    pub fn verdict(&self, engine: &str) -> Verdict {
        SLOPE.verdict(engine, self.slope_us)
    }
}

/// Sends at one rate to more and more agents.
pub async fn fan_out(server: &Server, crowd: &mut Crowd, plan: &Plan) -> Result<FanOut> {
    let load = plan.fan_out;
    crowd.grow(server.program(), load.guests()).await?;
    let mut steps = Vec::new();
    for agents in AGENTS {
        let listening = crowd
            .agents
            .get(..agents)
            .context("too few agents signed in")?;
        let before = process::cpu_time(server.process_id())?;
        let outcome = load::run(server, load, &crowd.guests, listening).await?;
        let spent = process::cpu_time(server.process_id())? - before;
        ensure!(
            outcome.nothing_lost(),
            "something was lost, doubled or refused with {agents} agents"
        );
        let step = Step {
            agents,
            per_message_us: spent.as_secs_f64() * 1e6 / count(outcome.sent),
            messages: outcome.sent,
        };
        println!(
            "  {agents:>2} agents: {:.0} µs a message",
            step.per_message_us
        );
        steps.push(step);
    }
    let points: Vec<(f64, f64)> = steps
        .iter()
        .map(|step| (count(step.agents), step.per_message_us))
        .collect();
    let (slope_us, base_us) = line_through(&points);
    println!("  each further agent: {slope_us:.1} µs");
    Ok(FanOut {
        rate: load.rate,
        steps,
        slope_us,
        base_us,
    })
}

/// The load of one step: one guest needs no more than the limits allow.
pub const fn load(rate: u32, measured_s: u32) -> Load {
    Load {
        rate,
        warm_up_s: 0,
        measured_s,
    }
}

/// Slope and height at zero of the line with the least squared distances. Of fewer than two places: flat.
pub fn line_through(points: &[(f64, f64)]) -> (f64, f64) {
    let number = count(points.len()).max(1.0);
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / number;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / number;
    let spread: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    let together: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let slope = if spread > 0.0 { together / spread } else { 0.0 };
    (slope, mean_y - slope * mean_x)
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slope_leaves_out_what_a_message_costs_anyway() {
        let points = [(1.0, 306.0), (5.0, 330.0), (20.0, 420.0), (50.0, 600.0)];
        let (slope, base) = line_through(&points);
        assert!(
            (slope - 6.0).abs() < 1e-9 && (base - 300.0).abs() < 1e-9,
            "{slope} {base}"
        );
        assert_eq!(line_through(&[]), (0.0, 0.0));
        assert_eq!(line_through(&[(3.0, 7.0)]), (0.0, 7.0));
    }
}
