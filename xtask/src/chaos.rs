//! `cargo xtask chaos`: the long forms of the experiments with faults, one after the other.
//! Law: the same tests as in `cargo xtask test`, only more of everything; every one prints its seed, and the machine is
//! theirs alone.

use crate::shell::{self, Stopwatch};
use crate::test::postgres::TemporaryPostgres;
use crate::{tools, widget_build};
use anyhow::Result;
use std::process::Command;

/// What makes the tests longer. Those that are not named here are as long as always.
const LONGER: &[(&str, &str)] = &[
    // Kills, backups, restarts, bad networks, slow readers, storms.
    ("PORCHLIGHT_TEST_LONG", "1"),
    // Interleavings of conversion.
    ("PORCHLIGHT_TEST_STORIES", "5000"),
    // Of each reader of bytes.
    ("PORCHLIGHT_TEST_FUZZ_SECONDS", "60"),
];

/// What is run: the test's file, and a word in the names of those that are meant.
const EXPERIMENTS: &[(&str, &str, &[&str])] = &[
    (
        "Kills, full disks, backups, deploys, bad networks",
        "durability",
        &[],
    ),
    (
        "Conversion by many at once, and resuming",
        "scenarios",
        &["races", "resume"],
    ),
    ("Bytes that nobody would send", "fuzz", &[]),
];

/// `cargo xtask chaos`; words behind it choose among the tests by their names.
pub fn run(arguments: &[String]) -> Result<()> {
    tools::ensure(tools::FOR_RUST_TESTS)?;
    widget_build::build_all()?;
    let postgres = TemporaryPostgres::start()?;
    let whole = Stopwatch::start();
    for (heading, file, words) in EXPERIMENTS {
        println!("\n— {heading}");
        let words = words.iter().copied().map(str::to_owned);
        let chosen: Vec<String> = if arguments.is_empty() {
            words.collect()
        } else {
            arguments.to_vec()
        };
        let mut cargo = experiment(file, &chosen);
        shell::run(cargo.env("PORCHLIGHT_TEST_POSTGRES", postgres.url()))?;
    }
    println!("\nEverything held, in {}.", whole.spoken());
    Ok(())
}

fn experiment(file: &str, words: &[String]) -> Command {
    let mut cargo = shell::command("cargo");
    cargo.args(["test", "--quiet", "--package", "porchlight", "--test", file]);
    // One at a time: a neighbour would be a fault that nobody asked for. What they print holds their seeds.
    cargo.args(["--", "--test-threads=1", "--nocapture"]);
    cargo.args(words).envs(LONGER.iter().copied());
    cargo
}
