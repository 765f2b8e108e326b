//! `porchlight-bench`: measures a release build of the server and writes down what it found.
//!
//! The law: times never fail anything; only a server that loses or refuses makes this end badly.

use anyhow::{Context, Result, ensure};
use clap::Parser;
use porchlight_bench::delivery::{self, Crowd};
use porchlight_bench::engine::Engine;
use porchlight_bench::machine::Machine;
use porchlight_bench::plan::{AGENTS, Options, Plan};
use porchlight_bench::postgres::TemporaryDatabase;
use porchlight_bench::program::Program;
use porchlight_bench::report::Report;
use porchlight_bench::{echo, footprint, people};
use std::path::Path;

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
    let report = measure_all(options, &plan, folder.path()).await?;
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

async fn measure_all(options: &Options, plan: &Plan, folder: &Path) -> Result<Report> {
    let binary_bytes = std::fs::metadata(&options.server)
        .with_context(|| format!("there is no {}", options.server.display()))?
        .len();
    let program = Program::new(&options.server, &folder.join("sqlite"), None)?;
    people::set_up(&program, AGENTS)?;
    let first_folder = Program::new(&options.server, &folder.join("first"), None)?;
    let first = first_folder.start().await?.first_answer();
    println!("The start");
    let start = footprint::start(&program, first, plan, binary_bytes).await?;
    println!(
        "  {:.0} ms to the first answer, {} bytes of memory",
        start.median_ms, start.resident_bytes
    );

    let server = program.start().await?;
    let weights = footprint::weights(&program)
        .await
        .map_err(|reason| format!("{reason:#}"));
    let mut crowd = Crowd::gather(&program, plan).await?;
    println!("Delivery at {}/s on SQLite", plan.steady.rate);
    let steady = delivery::steady(&server, &crowd, plan, None).await?;
    println!("The highest rate on SQLite");
    let highest = delivery::highest(&server, &mut crowd, plan).await?;
    let mut engines = vec![Engine {
        name: "SQLite",
        steady,
        highest,
    }];
    drop(server);
    println!("Idle connections");
    let idle = footprint::idle(&program, &crowd, plan).await?;
    println!("  {} bytes each", idle.bytes_per_socket);
    if let Some(url) = &options.postgres {
        engines.push(postgres(options, plan, folder, url).await?);
    }
    Ok(Report {
        machine: Machine::here(folder),
        weights,
        start,
        idle,
        engines,
    })
}

async fn postgres(options: &Options, plan: &Plan, folder: &Path, url: &str) -> Result<Engine> {
    let database = TemporaryDatabase::create(url).await?;
    let url = database.url()?;
    let program = Program::new(&options.server, &folder.join("postgres"), Some(&url))?;
    people::set_up(&program, AGENTS)?;
    let server = program.start().await?;
    let mut crowd = Crowd::gather(&program, plan).await?;
    println!("Delivery at {}/s on Postgres", plan.steady.rate);
    let steady = delivery::steady(&server, &crowd, plan, Some(&url)).await?;
    println!("The highest rate on Postgres");
    let highest = delivery::highest(&server, &mut crowd, plan).await?;
    drop(server);
    database.drop_it().await?;
    Ok(Engine {
        name: "Postgres",
        steady,
        highest,
    })
}
