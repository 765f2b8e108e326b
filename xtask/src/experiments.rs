//! Experiments with faults that are longer than in `cargo xtask test`: the same tests, only more of everything.
//! Law: what is about to run is said first, with the one seed that repeats it; what it took is said at the end.

use crate::shell::{self, Stopwatch};
use crate::test::postgres::TemporaryPostgres;
use crate::{tools, widget_build};
use anyhow::{Context, Result};
use std::hash::{BuildHasher, Hasher, RandomState};

/// What is run together.
pub struct Experiment {
    pub heading: &'static str,
    /// The file of tests.
    pub file: &'static str,
    /// Words in the names of those that are meant; without any, all.
    pub words: &'static [&'static str],
    /// What makes them longer.
    pub longer: &'static [(&'static str, &'static str)],
    /// Tests at once: one, where a neighbour would be a fault that nobody asked for.
    pub at_once: u32,
}

/// Runs them one after the other, with a database server of their own. `chosen`: words in the names of those that are
/// meant instead.
pub fn run(experiments: &[Experiment], chosen: &[String]) -> Result<()> {
    tools::ensure(tools::FOR_RUST_TESTS)?;
    // The same choice of packages and the same pages as in the tests, so that nothing is compiled a second time.
    widget_build::build_all()?;
    let postgres = TemporaryPostgres::start()?;
    let seed = seed();
    for experiment in experiments {
        println!("  {}", describe(experiment, chosen));
    }
    println!("  Each by PORCHLIGHT_TEST_SEED={seed}, which repeats it.");
    let whole = Stopwatch::start();
    let mut took = Vec::new();
    for experiment in experiments {
        let Experiment { heading, .. } = experiment;
        println!("\n— {heading}");
        let watch = Stopwatch::start();
        let mut cargo = command(experiment, chosen);
        cargo.env("PORCHLIGHT_TEST_POSTGRES", postgres.url());
        let ran = shell::run(cargo.env("PORCHLIGHT_TEST_SEED", &seed));
        ran.with_context(|| format!("“{heading}” by PORCHLIGHT_TEST_SEED={seed}"))?;
        took.push(format!("  {heading}: {}", watch.spoken()));
    }
    println!("\nEverything held, in {}, by seed {seed}:", whole.spoken());
    println!("{}", took.join("\n"));
    Ok(())
}

/// The one that is asked for, or one of chance.
fn seed() -> String {
    let given = std::env::var("PORCHLIGHT_TEST_SEED").ok();
    given.unwrap_or_else(|| RandomState::new().build_hasher().finish().to_string())
}

fn describe(experiment: &Experiment, chosen: &[String]) -> String {
    let settings: Vec<String> = experiment
        .longer
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let words = words(experiment, chosen).join(" ");
    format!(
        "{}: {} {words} ({})",
        experiment.heading,
        experiment.file,
        settings.join(" ")
    )
}

fn words(experiment: &Experiment, chosen: &[String]) -> Vec<String> {
    if chosen.is_empty() {
        experiment
            .words
            .iter()
            .copied()
            .map(str::to_owned)
            .collect()
    } else {
        chosen.to_vec()
    }
}

fn command(experiment: &Experiment, chosen: &[String]) -> std::process::Command {
    let mut cargo = shell::command("cargo");
    cargo.args([
        "test",
        "--quiet",
        "--workspace",
        "--exclude",
        "porchlight-widget",
    ]);
    cargo.args(["--test", experiment.file, "--", "--nocapture"]);
    cargo.arg(format!("--test-threads={}", experiment.at_once));
    cargo.args(words(experiment, chosen));
    cargo.envs(experiment.longer.iter().copied());
    cargo
}
