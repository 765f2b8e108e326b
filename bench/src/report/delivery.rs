//! P3: durable delivery, on each database engine.
//!
//! The law: a figure stands with its yardstick, with what became of every message, and with how busy the cores were.

use super::{Engine, Page};
use crate::delivery::{Highest, Steady};
use crate::figures::Summary;
use crate::outcome::Outcome;
use crate::part::Part;
use crate::plot::{self, Bar, Line};

pub(super) fn say(page: &mut Page, engines: &[Engine]) {
    for engine in engines {
        page.say(format!("\n## P3: durable delivery, {}\n", engine.name));
        page.excuse(&engine.steady);
        if let Part::Measured(steady) = &engine.steady {
            say_steady(page, steady);
        }
        page.say(format!("\n### The highest steady rate, {}\n", engine.name));
        page.excuse(&engine.highest);
        if let Part::Measured(highest) = &engine.highest {
            say_highest(page, highest);
        }
    }
    let bars: Vec<Bar> = engines.iter().flat_map(bars).collect();
    if !bars.is_empty() {
        let drawing = plot::bars("Delivery at 1,000/s to 5 agents", " ms", &bars);
        page.show("delivery", "Delivery and its yardsticks", drawing);
    }
    let lines: Vec<Line> = engines.iter().filter_map(line).collect();
    if !lines.is_empty() {
        let drawing = plot::lines(
            "The tail as the rate goes up",
            "messages a second",
            "delivery p99, ms",
            Some(crate::plan::HIGHEST_P99_MS),
            &lines,
        );
        page.show("rate", "The tail as the rate goes up", drawing);
    }
}

fn bars(engine: &Engine) -> Vec<Bar> {
    let Some(Steady {
        outcome,
        yardsticks,
        ..
    }) = engine.steady.measured()
    else {
        return Vec::new();
    };
    let (name, sum) = (engine.name, yardsticks.sum_ms);
    vec![
        Bar::new(format!("{name}, p50"), outcome.delivery.p50_ms)
            .against(2.0 * sum, Some(1.2 * sum)),
        Bar::new(format!("{name}, p99"), outcome.delivery.p99_ms)
            .against(5.0 * sum, Some(2.0 * sum)),
        Bar::yardstick("echo + commit, p50", sum),
        Bar::yardstick("commit, p99", yardsticks.commit.p99_ms),
    ]
}

fn line(engine: &Engine) -> Option<Line> {
    let mut points: Vec<(f64, f64)> = engine
        .highest
        .measured()?
        .steps
        .iter()
        .map(|step| (f64::from(step.outcome.rate), step.outcome.delivery.p99_ms))
        .collect();
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    Some(Line {
        name: engine.name.to_owned(),
        points,
    })
}

fn say_steady(page: &mut Page, steady: &Steady) {
    let Steady {
        outcome,
        yardsticks,
        p50_ratio,
        p99_ratio,
        void,
        void_before,
    } = steady;
    page.say(format!(
        "{} messages a second, open loop, to {} agents, from the intended moment of sending to the arrival at each agent, after the commit.\n\n| | p50 ms | p99 ms | p99.9 ms | worst ms |\n|---|---|---|---|---|",
        outcome.rate,
        outcome.delivered.len()
    ));
    for (name, summary) in [
        ("delivery, each agent", &outcome.delivery),
        ("delivery, the last of the agents", &outcome.last_delivery),
        ("acknowledgement", &outcome.acknowledgement),
        ("the generator's own lateness", &outcome.lateness),
        ("yardstick: WebSocket echo", &yardsticks.echo),
        ("yardstick: one commit", &yardsticks.commit),
    ] {
        page.say(row(name, summary));
    }
    page.say(format!(
        "\nAgainst echo p50 + commit p50 = {:.3} ms: p50 {p50_ratio:.2} times, p99 {p99_ratio:.2} times.\n{}\nCores kept busy: {}.",
        yardsticks.sum_ms,
        accounts(outcome),
        outcome.cores
    ));
    if *void {
        page.say("**Void**: the generator was late by more than a quarter of the delivery's p99, so these figures are its own more than the server's.");
    }
    if *void_before > 0 {
        page.say(format!(
            "Runs thrown away before this one because the generator was late: {void_before}."
        ));
    }
}

fn say_highest(page: &mut Page, highest: &Highest) {
    page.say("| messages/s | delivery p50 ms | p99 ms | lateness p99 ms | cores kept busy | |\n|---|---|---|---|---|---|");
    for step in &highest.steps {
        let Outcome {
            rate,
            delivery,
            lateness,
            cores,
            ..
        } = &step.outcome;
        let verdict = match (step.held, step.void) {
            (true, _) => "held".to_owned(),
            (false, true) => "void: the generator was late".to_owned(),
            (false, false) => format!("did not hold: {}", accounts(&step.outcome)),
        };
        page.say(format!(
            "| {rate} | {:.2} | {:.2} | {:.2} | {cores} | {verdict} |",
            delivery.p50_ms, delivery.p99_ms, lateness.p99_ms
        ));
    }
    if highest.is_open_ended {
        page.say(
            "\nThe search ended because it was told to, not because the server was at its end.",
        );
    }
}

fn row(name: &str, summary: &Summary) -> String {
    let Summary {
        p50_ms,
        p99_ms,
        p999_ms,
        worst_ms,
        ..
    } = summary;
    format!("| {name} | {p50_ms:.3} | {p99_ms:.3} | {p999_ms:.3} | {worst_ms:.3} |")
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
