//! P5: what a long history costs, and each further agent.

use super::{Engine, Page};
use crate::fan_out::FanOut;
use crate::figures::megabytes;
use crate::growth::{Comparison, Growth};
use crate::part::Part;
use crate::plot::{self, Bar, Line};

pub(super) fn say(page: &mut Page, engines: &[Engine]) {
    for engine in engines {
        page.say(format!("\n## P5: growth, {}\n", engine.name));
        page.excuse(&engine.growth);
        if let Part::Measured(growth) = &engine.growth {
            say_growth(page, engine.name, growth);
        }
        page.say(format!("\n### Each further agent, {}\n", engine.name));
        page.excuse(&engine.fan_out);
        if let Part::Measured(fan_out) = &engine.fan_out {
            say_fan_out(page, fan_out);
        }
    }
    let lines: Vec<Line> = engines.iter().filter_map(line).collect();
    if !lines.is_empty() {
        let drawing = plot::lines(
            "What further agents cost",
            "agents who listen",
            "µs of server time a message",
            None,
            &lines,
        );
        page.show("agents", "What further agents cost", drawing);
    }
}

fn line(engine: &Engine) -> Option<Line> {
    let fan_out = engine.fan_out.measured()?;
    let point = |step: &crate::fan_out::Step| {
        let agents = u32::try_from(step.agents).map_or(0.0, f64::from);
        (agents, step.per_message_us)
    };
    Some(Line {
        name: engine.name.to_owned(),
        points: fan_out.steps.iter().map(point).collect(),
    })
}

fn say_growth(page: &mut Page, engine: &'static str, growth: &Growth) {
    page.say(format!(
        "Threads of {} and {} messages on one server; inboxes of {} and {} conversations on two, half of them unanswered in both.\nAsked in turns over one connection each, calls and answers whole; the small one twice in each turn, which must come to the same.\n\n| | small p50 ms | large p50 ms | large p99 ms | times | the small one again |\n|---|---|---|---|---|---|",
        growth.short_thread, growth.long_thread, growth.few_conversations, growth.many_conversations
    ));
    for comparison in &growth.comparisons {
        let Comparison {
            question,
            small,
            large,
            ratio,
            control,
            ..
        } = comparison;
        let void = if comparison.is_void() { ", void" } else { "" };
        page.say(format!(
            "| {question} | {:.2} | {:.2} | {:.2} | {ratio:.2} | {control:.2}{void} |",
            small.p50_ms, large.p50_ms, large.p99_ms
        ));
    }
    page.say(format!(
        "\nAfter the same calls, and as many pages of a thread, the server with the short history holds {:.1} MB of its own, the one with the long history {:.1} MB.",
        megabytes(growth.memory_few),
        megabytes(growth.memory_many)
    ));
    let bars: Vec<Bar> = growth.comparisons.iter().map(bar).collect();
    let (name, title) = if engine == "SQLite" {
        (
            "growth-sqlite",
            "A hundred times the history, SQLite: times as long",
        )
    } else {
        (
            "growth-postgres",
            "A hundred times the history, Postgres: times as long",
        )
    };
    page.show(name, title, plot::bars(title, " ×", &bars));
}

fn bar(comparison: &Comparison) -> Bar {
    // The drawing has room for so many letters.
    let question = comparison.question;
    let label = match question.char_indices().nth(38) {
        Some((end, _)) => format!("{}…", &question[..end]),
        None => question.to_owned(),
    };
    Bar::new(label, comparison.ratio).against(1.5, None)
}

fn say_fan_out(page: &mut Page, fan_out: &FanOut) {
    page.say(format!(
        "{} messages a second; the kernel's count of the server's processor time, all threads, its own calls included.\n\n| agents who listen | µs a message | messages |\n|---|---|---|",
        fan_out.rate
    ));
    for step in &fan_out.steps {
        page.say(format!(
            "| {} | {:.0} | {} |",
            step.agents, step.per_message_us, step.messages
        ));
    }
    page.say(format!(
        "\nBy the line through them a message costs {:.0} µs, and each agent {:.1} µs more.",
        fan_out.base_us, fan_out.slope_us
    ));
}
