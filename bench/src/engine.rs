//! The part of the report about durable delivery on one database engine.
//!
//! The law: a figure stands with its yardstick, with what became of every message, and with how busy the cores were.

use crate::delivery::{Highest, Steady};
use crate::figures::Summary;
use crate::outcome::Outcome;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Write;

/// P3 on one database engine.
#[derive(Serialize)]
pub struct Engine {
    pub name: &'static str,
    pub steady: Steady,
    pub highest: Highest,
}

impl Engine {
    /// The steady run.
    pub fn write_steady(&self, page: &mut String) -> Result<()> {
        let Steady {
            outcome,
            yardsticks,
            p50_ratio,
            p99_ratio,
            void,
            void_before,
        } = &self.steady;
        writeln!(page, "\n## Durable delivery, {}\n", self.name)?;
        writeln!(
            page,
            "{} messages a second, open loop, to {} agents, from the intended moment of sending to the arrival at each agent, after the commit.\n",
            outcome.rate,
            outcome.delivered.len()
        )?;
        writeln!(
            page,
            "| | p50 ms | p99 ms | p99.9 ms | worst ms |\n|---|---|---|---|---|"
        )?;
        write_row(page, "delivery, each agent", &outcome.delivery)?;
        write_row(
            page,
            "delivery, the last of the agents",
            &outcome.last_delivery,
        )?;
        write_row(page, "acknowledgement", &outcome.acknowledgement)?;
        write_row(page, "the generator's own lateness", &outcome.lateness)?;
        write_row(page, "yardstick: WebSocket echo", &yardsticks.echo)?;
        write_row(page, "yardstick: one commit", &yardsticks.commit)?;
        writeln!(
            page,
            "\nAgainst echo p50 + commit p50 = {:.3} ms: p50 {p50_ratio:.2} times, p99 {p99_ratio:.2} times.",
            yardsticks.sum_ms
        )?;
        writeln!(page, "{}", accounts(outcome))?;
        writeln!(page, "Cores kept busy: {}.", outcome.cores)?;
        if *void {
            writeln!(
                page,
                "**Void**: the generator was late by more than a quarter of the delivery's p99, so these figures are its own more than the server's."
            )?;
        }
        if *void_before > 0 {
            writeln!(
                page,
                "Runs thrown away before this one because the generator was late: {void_before}."
            )?;
        }
        Ok(())
    }

    /// The search for the highest rate.
    pub fn write_highest(&self, page: &mut String) -> Result<()> {
        writeln!(page, "\n### The highest steady rate, {}\n", self.name)?;
        writeln!(
            page,
            "| messages/s | delivery p50 ms | p99 ms | lateness p99 ms | cores kept busy | |\n|---|---|---|---|---|---|"
        )?;
        for step in &self.highest.steps {
            let Outcome {
                rate,
                delivery,
                lateness,
                cores,
                ..
            } = &step.outcome;
            let verdict = if step.held {
                "held".to_owned()
            } else {
                format!("did not hold: {}", accounts(&step.outcome))
            };
            writeln!(
                page,
                "| {rate} | {:.2} | {:.2} | {:.2} | {cores} | {verdict} |",
                delivery.p50_ms, delivery.p99_ms, lateness.p99_ms
            )?;
        }
        Ok(())
    }
}

fn write_row(page: &mut String, name: &str, summary: &Summary) -> Result<()> {
    let Summary {
        p50_ms,
        p99_ms,
        p999_ms,
        worst_ms,
        ..
    } = summary;
    Ok(writeln!(
        page,
        "| {name} | {p50_ms:.3} | {p99_ms:.3} | {p999_ms:.3} | {worst_ms:.3} |"
    )?)
}

/// What became of what was sent.
fn accounts(outcome: &Outcome) -> String {
    let Outcome {
        sent,
        acknowledged,
        delivered,
        repeated,
        refused,
        lost_sockets,
        ..
    } = outcome;
    let mut sentence = if outcome.nothing_lost() {
        format!(
            "Sent {sent}, acknowledged {acknowledged}, delivered {sent} to each agent, none twice."
        )
    } else {
        format!(
            "Sent {sent}, acknowledged {acknowledged}, delivered {delivered:?}, {repeated} repeated."
        )
    };
    for (status, count) in refused {
        sentence.push_str(&format!(" Answered with status {status}: {count}."));
    }
    if !lost_sockets.is_empty() {
        sentence.push_str(&format!(" Sockets lost: {}.", lost_sockets.len()));
    }
    sentence
}
