//! `porchlight-bench`: measures a release build of the server and writes down what it found.
//!
//! The law: times never fail anything; only a server that loses or refuses makes this end badly.

use anyhow::{Result, ensure};
use clap::Parser;
use porchlight_bench::delivery::{self, Crowd};
use porchlight_bench::engine::Engine;
use porchlight_bench::machine::{self, Machine};
use porchlight_bench::plan::{AGENTS, Options, Plan};
use porchlight_bench::postgres::TemporaryDatabase;
use porchlight_bench::program::Program;
use porchlight_bench::report::Report;
use porchlight_bench::{echo, footprint, people};
use std::path::Path;

/// More than this, and somebody else is measured too.
const BUSY_CORES: f64 = 0.3;

fn main() -> Result<()> {
    if std::env::args().nth(1).as_deref() == Some(echo::COMMAND) {
        return tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?
            .block_on(echo::serve());
    }
    let options = Options::parse();
    // One thread for all that is received: the cores belong to the server.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let plan = options.plan();
    let folder = tempfile::Builder::new()
        .prefix("porchlight-bench-")
        .tempdir()?;
    let busy = machine::busy_cores().await?;
    if busy > BUSY_CORES {
        println!(
            "Others keep {busy:.1} cores of this machine busy; the figures will say more about them than about us."
        );
    }
    let report = measure_all(options, &plan, folder.path(), busy).await?;
    match options.written_to() {
        Some(docs) => {
            report.write(&docs)?;
            println!("\nWritten to {}.", docs.join("performance.md").display());
        }
        None => println!("\nA quick run writes nothing; say --docs FOLDER to keep its figures."),
    }
    for engine in &report.engines {
        ensure!(
            engine.steady.outcome.nothing_lost(),
            "{}: something was lost, doubled or refused in the steady run",
            engine.name
        );
    }
    Ok(())
}

async fn measure_all(options: &Options, plan: &Plan, folder: &Path, busy: f64) -> Result<Report> {
    let fresh = Program::new(&options.server, &folder.join("fresh"), None)?;
    println!("The start");
    let start = footprint::start(&fresh, plan, &options.server).await?;
    println!(
        "  {:.0} ms to the first answer, {} bytes of memory",
        start.median_ms, start.resident_bytes
    );
    let weights = footprint::weights(&fresh)
        .await
        .map_err(|reason| format!("{reason:#}"));
    let program = Program::new(&options.server, &folder.join("sqlite"), None)?;
    let (engine, crowd) = delivery(&program, plan, "SQLite", None).await?;
    println!("Idle connections");
    let idle = footprint::idle(&program, &crowd, plan).await?;
    println!("  {} bytes each", idle.bytes_per_socket);
    let mut engines = vec![engine];
    if let Some(server_url) = &options.postgres {
        let database = TemporaryDatabase::create(server_url).await?;
        let url = database.url()?;
        let program = Program::new(&options.server, &folder.join("postgres"), Some(&url))?;
        engines.push(delivery(&program, plan, "Postgres", Some(&url)).await?.0);
        database.drop_it().await?;
    }
    Ok(Report {
        machine: Machine::here(folder, busy),
        weights,
        start,
        idle,
        engines,
    })
}

/// P3 on one engine, and everybody who took part.
async fn delivery(
    program: &Program,
    plan: &Plan,
    name: &'static str,
    postgres: Option<&str>,
) -> Result<(Engine, Crowd)> {
    people::set_up(program, AGENTS)?;
    let server = program.start().await?;
    let mut crowd = Crowd::gather(program, plan).await?;
    println!("Delivery at {}/s on {name}", plan.steady.rate);
    let steady = delivery::steady(&server, &crowd, plan, postgres).await?;
    println!("The highest rate on {name}");
    let highest = delivery::highest(&server, &mut crowd, plan).await?;
    Ok((
        Engine {
            name,
            steady,
            highest,
        },
        crowd,
    ))
}
