//! `cargo xtask protocol`: writes `docs/protocol.md` from the samples that the wire's own tests keep.
//! Law: nothing on that page is written by hand but its sentences: bodies are the snapshots of `shared/tests`, routes
//! the snapshot of who may call what, meanings the comments beside the types. A sample without a place is a mistake.

/// What each sample is an example of.
mod places;
/// Reading snapshots and comments.
mod sources;

use crate::shell;
use anyhow::{Result, ensure};
use places::{EXCHANGES, Exchange, SIGHTS};
use sources::{Item, Route, Samples};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

const PAGE: &str = "docs/protocol.md";
/// The sentences, with a place for each table.
const FRAME: &str = include_str!("protocol/frame.md");

/// `cargo xtask protocol`.
pub fn run(_arguments: &[String]) -> Result<()> {
    fs::write(shell::root().join(PAGE), page()?)?;
    println!("{PAGE} says what the wire looks like now.");
    Ok(())
}

/// The page as it should be.
fn page() -> Result<String> {
    let mut samples = Samples::read()?;
    let routes = sources::routes()?;
    let exchanges = exchanges(&mut samples, &routes)?;
    let events = said(&mut samples, "Event", "event")?;
    let signals = said(&mut samples, "Signal", "signal")?;
    let problems = problems(&mut samples)?;
    let unplaced: BTreeSet<&str> = samples.unused();
    ensure!(
        unplaced.is_empty(),
        "no place on the page is named for the samples {unplaced:?}: see xtask/src/protocol/places.rs"
    );
    let page = FRAME
        .replace("{{exchanges}}", &exchanges)
        .replace("{{routes}}", &route_table(&routes))
        .replace("{{events}}", &events)
        .replace("{{signals}}", &signals)
        .replace("{{closings}}", &closings()?)
        .replace("{{problems}}", &problems);
    ensure!(!page.contains("{{"), "a place of the page was not filled");
    Ok(page)
}

/// What is said to each route, and what it answers.
fn exchanges(samples: &mut Samples, routes: &[Route]) -> Result<String> {
    let mut text = String::new();
    for Exchange {
        route,
        says,
        answers,
    } in EXCHANGES
    {
        ensure!(
            routes.iter().any(|known| known.name == *route),
            "there is no route `{route}`"
        );
        writeln!(text, "### `{route}`\n")?;
        if let Some(sample) = says {
            writeln!(text, "Says:\n\n{}", samples.shown(sample)?)?;
        }
        for (sentence, sample) in *answers {
            writeln!(text, "{sentence}:\n\n{}", samples.shown(sample)?)?;
        }
    }
    for (sentence, sample) in SIGHTS {
        writeln!(text, "### {sentence}\n\n{}", samples.shown(sample)?)?;
    }
    Ok(text.trim_end().to_owned())
}

/// Every variant of an enum of the socket, with its comment and its sample.
fn said(samples: &mut Samples, name: &str, prefix: &str) -> Result<String> {
    let mut text = String::new();
    for Item { name, comment } in sources::variants("shared/src/realtime.rs", name)? {
        let snake = sources::snake_case(&name);
        writeln!(text, "### `{snake}`\n")?;
        if !comment.is_empty() {
            writeln!(text, "{comment}\n")?;
        }
        writeln!(text, "{}", samples.shown(&format!("{prefix}_{snake}"))?)?;
    }
    Ok(text.trim_end().to_owned())
}

fn route_table(routes: &[Route]) -> String {
    let mut text = String::from("| route | who may call it |\n|---|---|\n");
    for route in routes {
        text.push_str(&format!("| `{}` | {} |\n", route.name, route.callers));
    }
    text.trim_end().to_owned()
}

fn closings() -> Result<String> {
    let mut text = String::from("| code | meaning |\n|---|---|\n");
    for (code, comment) in sources::close_codes()? {
        writeln!(text, "| {code} | {comment} |")?;
    }
    Ok(text.trim_end().to_owned())
}

fn problems(samples: &mut Samples) -> Result<String> {
    let mut text = format!(
        "{}\n{}\n| code | status | meaning |\n|---|---|---|\n",
        samples.shown("problem")?,
        samples.shown("problem_slow_down")?
    );
    for Item { name, comment } in sources::variants("shared/src/problem.rs", "ProblemCode")? {
        let (status, meaning) = comment.split_once(':').unwrap_or((&comment, ""));
        ensure!(
            status.parse::<u16>().is_ok(),
            "the comment of {name} does not begin with its status"
        );
        let code = sources::snake_case(&name);
        writeln!(text, "| `{code}` | {status} | {} |", meaning.trim())?;
    }
    Ok(text.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_the_wire_looks_like_now() {
        let written = fs::read_to_string(shell::root().join(PAGE)).unwrap();
        assert!(
            written == page().unwrap(),
            "{PAGE} is not what the samples, the routes and the comments say: run `cargo xtask protocol`"
        );
    }

    #[test]
    fn a_sample_without_a_place_is_a_mistake() {
        let mut samples = Samples::read().unwrap();
        assert!(samples.shown("nothing_of_that_name").is_err());
        samples.shown("problem").unwrap();
        let unused = samples.unused();
        assert!(!unused.contains("problem") && unused.contains("problem_slow_down"));
    }
}
