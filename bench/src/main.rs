//! `porchlight-bench`: measures a release build of the server and writes down what it found.
//!
//! The law: times never fail anything; only a server that loses or refuses, and a part that could not be measured, make
//! this end badly, and only after everything else was measured and written down.

use anyhow::{Result, bail};
use clap::Parser;
use porchlight_bench::delivery::{self, Crowd};
use porchlight_bench::machine::{self, Machine};
use porchlight_bench::part::{Part, attempt};
use porchlight_bench::plan::{AGENTS, Options, Plan};
use porchlight_bench::postgres::TemporaryDatabase;
use porchlight_bench::program::{Program, Server};
use porchlight_bench::report::{Engine, Report};
use porchlight_bench::{echo, fan_out, footprint, growth, opening, people, process, storm};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// More than this, and somebody else is measured too.
const BUSY_CORES: f64 = 0.3;

/// How long one part may take: several times what it takes where it works.
const PATIENCE: Duration = Duration::from_secs(600);

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

/// What is measured, and where.
struct Bench<'a> {
    options: &'a Options,
    plan: Plan,
    folder: PathBuf,
    /// That may be open at once.
    files: u64,
}

impl Bench<'_> {
    async fn everything(&self, busy: f64) -> Report {
        let start = attempt("The start", PATIENCE, self.start()).await;
        let weights = attempt("What a visitor downloads", PATIENCE, self.weights()).await;
        let opening = self.opening().await;
        let (sqlite, idle, storm) = self.sqlite().await;
        let mut engines = vec![sqlite];
        if let Some(server_url) = &self.options.postgres {
            engines.push(self.postgres(server_url).await);
        }
        Report {
            machine: Machine::here(&self.folder, busy),
            extent: self.options.extent(),
            weights,
            opening,
            engines,
            idle,
            storm,
            start,
        }
    }

    fn program(&self, name: &str, database: Option<&str>) -> Result<Program> {
        Program::new(&self.options.server, &self.folder.join(name), database)
    }

    async fn start(&self) -> Result<footprint::Start> {
        let program = self.program("fresh", None)?;
        let start = footprint::start(&program, &self.plan, &self.options.server).await?;
        println!(
            "  {:.0} ms to the first answer, {} bytes of memory",
            start.median_ms, start.resident_bytes
        );
        Ok(start)
    }

    async fn weights(&self) -> Result<footprint::Weights> {
        let weights = footprint::weights(&self.program("weights", None)?).await?;
        println!(
            "  {} bytes a page view, {} at the first opening",
            weights.page_view, weights.first_open
        );
        Ok(weights)
    }

    async fn opening(&self) -> Part<opening::Opening> {
        let Some(stories) = &self.options.stories else {
            return Part::Skipped(
                "no Chromium, or no folder of stories to drive it, was given".to_owned(),
            );
        };
        let (server, folder) = (&self.options.server, &self.folder);
        attempt(
            "The opening in a browser",
            PATIENCE,
            opening::opening(server, folder, stories, &self.plan),
        )
        .await
    }

    /// Everything on SQLite, and what does not depend on the engine with the people who are there by then.
    async fn sqlite(&self) -> (Engine, Part<footprint::Idle>, Part<storm::Storm>) {
        let mut crowd = None;
        let engine = self.engine("SQLite", None, &mut crowd).await;
        let Some((program, crowd)) = crowd else {
            let nobody = "nobody had been let in".to_owned();
            return (engine, Part::Failed(nobody.clone()), Part::Failed(nobody));
        };
        let idle = attempt("Idle connections", PATIENCE, async {
            let idle = footprint::idle(&program, &crowd, &self.plan, self.files).await?;
            println!(
                "  {} bytes each, of {}",
                idle.bytes_per_socket, idle.sockets
            );
            Ok(idle)
        });
        let idle = idle.await;
        let storm = storm::storm(&program, &crowd, self.plan.returning);
        let storm = attempt("Everybody back at once", PATIENCE, storm).await;
        (engine, idle, storm)
    }

    async fn postgres(&self, server_url: &str) -> Engine {
        let mut databases = Vec::new();
        for _ in 0..4 {
            match TemporaryDatabase::create(server_url).await {
                Ok(database) => databases.push(database),
                Err(reason) => return Engine::failed("Postgres", &format!("{reason:#}")),
            }
        }
        let urls: Result<Vec<String>> = databases.iter().map(TemporaryDatabase::url).collect();
        let engine = match urls {
            Ok(urls) => self.engine("Postgres", Some(&urls), &mut None).await,
            Err(reason) => Engine::failed("Postgres", &format!("{reason:#}")),
        };
        for database in databases {
            if let Err(reason) = database.drop_it().await {
                println!("  A database of the bench was left behind: {reason:#}");
            }
        }
        engine
    }

    /// Delivery, further agents and growth. `urls`: four empty Postgres databases. `crowd` gets who was let in.
    async fn engine(
        &self,
        name: &'static str,
        urls: Option<&[String]>,
        crowd: &mut Option<(Program, Crowd)>,
    ) -> Engine {
        let url = |number: usize| urls.and_then(|urls| urls.get(number)).map(String::as_str);
        let folder = |part: &str| format!("{name}-{part}").to_lowercase();
        let (steady, highest) = self
            .delivery(name, &folder("delivery"), url(0), crowd)
            .await;
        let agents = folder("agents");
        let fan_out = self.fan_out(&agents, url(1));
        let fan_out = attempt(
            format!("What further agents cost on {name}"),
            PATIENCE,
            fan_out,
        )
        .await;
        let growth = attempt(
            format!("A short history and a long one on {name}"),
            PATIENCE,
            async {
                let few = self.program(&folder("few"), url(2))?;
                let many = self.program(&folder("many"), url(3))?;
                growth::growth(&few, &many, &self.plan).await
            },
        );
        Engine {
            name,
            steady,
            highest,
            fan_out,
            growth: growth.await,
        }
    }

    async fn delivery(
        &self,
        name: &'static str,
        folder: &str,
        postgres: Option<&str>,
        gathered: &mut Option<(Program, Crowd)>,
    ) -> (Part<delivery::Steady>, Part<delivery::Highest>) {
        let prepared = attempt(
            format!("Letting people in on {name}"),
            PATIENCE,
            self.gather(folder, postgres),
        );
        let (server, mut crowd) = match prepared.await {
            Part::Measured(prepared) => prepared,
            Part::Failed(why) | Part::Skipped(why) => {
                return (Part::Failed(why.clone()), Part::Failed(why));
            }
        };
        let steady = delivery::steady(&server, &crowd, &self.plan, postgres);
        let steady = attempt(
            format!("Delivery at {}/s on {name}", self.plan.steady.rate),
            PATIENCE,
            steady,
        )
        .await;
        let highest = delivery::highest(&server, &mut crowd, &self.plan);
        let highest = attempt(format!("The highest rate on {name}"), PATIENCE, highest).await;
        *gathered = Some((server.program().clone(), crowd));
        (steady, highest)
    }

    async fn gather(&self, folder: &str, postgres: Option<&str>) -> Result<(Server, Crowd)> {
        let program = self.program(folder, postgres)?;
        people::set_up(&program, AGENTS)?;
        let server = program.start().await?;
        let crowd = Crowd::gather(&program, AGENTS, self.plan.steady.guests()).await?;
        Ok((server, crowd))
    }

    async fn fan_out(&self, folder: &str, postgres: Option<&str>) -> Result<fan_out::FanOut> {
        let most = fan_out::AGENTS.into_iter().max().unwrap_or_default();
        let program = self.program(folder, postgres)?;
        people::set_up(&program, most)?;
        let server = program.start().await?;
        let mut crowd = Crowd::gather(&program, most, self.plan.fan_out.guests()).await?;
        fan_out::fan_out(&server, &mut crowd, &self.plan).await
    }
}
