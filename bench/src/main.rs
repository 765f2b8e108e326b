//! `porchlight-bench`: measures a release build of the server and writes down what it found.
//!
//! The law: times never fail anything; only a server that loses or refuses, and a part that could not be measured, make
//! this end badly, and only after everything else was measured and written down.

use anyhow::{Result, bail};
use clap::Parser;
use porchlight_bench::machine;
use porchlight_bench::plan::Options;
use porchlight_bench::run::Bench;
use porchlight_bench::{echo, process};
use std::process::ExitCode;

/// More than this, and somebody else is measured too.
const BUSY_CORES: f64 = 0.3;

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some(echo::COMMAND) => serve_echo(),
        _ => run(&Options::parse()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n{reason:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve_echo() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(echo::serve())
}

fn run(options: &Options) -> Result<()> {
    // One thread for all that is received: the cores belong to the server.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure(options))
}

async fn measure(options: &Options) -> Result<()> {
    let folder = tempfile::Builder::new()
        .prefix("porchlight-bench-")
        .tempdir()?;
    let files = process::open_many_files()?;
    let busy = machine::busy_cores().await?;
    if busy > BUSY_CORES {
        println!(
            "Others keep {busy:.1} cores of this machine busy; the figures will say more about them than about us."
        );
    }
    let bench = Bench {
        options,
        plan: options.plan(),
        folder: folder.path().to_owned(),
        files,
    };
    let report = bench.everything(busy).await;
    for verdict in report.verdicts() {
        println!("{}", verdict.row());
    }
    match options.written_to() {
        Some(docs) => {
            report.write(&docs)?;
            println!("\nWritten to {}.", docs.join("performance.md").display());
        }
        None => println!("\nThis run writes nothing; say --docs FOLDER to keep its figures."),
    }
    match report.failures() {
        failures if failures.is_empty() => Ok(()),
        failures => bail!(
            "Not everything could be measured:\n  {}",
            failures.join("\n  ")
        ),
    }
}
