//! One run of the bench, part by part.
//!
//! The law: the parts run one after the other, because two at once would measure each other.

use crate::delivery::{self, Crowd};
use crate::machine::Machine;
use crate::part::{Part, attempt};
use crate::plan::{AGENTS, Options, Plan, Portion};
use crate::postgres::TemporaryDatabase;
use crate::program::{Program, Server};
use crate::report::{Engine, Report};
use crate::{fan_out, footprint, growth, opening, people, storm};
use anyhow::Result;
use std::fmt::Display;
use std::path::PathBuf;
use std::time::Duration;

/// On a Postgres server: one each for delivery, further agents, the short history and the long one.
const DATABASES: usize = 4;

/// How long one part may take: several times what it takes where it works.
const PATIENCE: Duration = Duration::from_secs(600);

/// What is measured, and where.
pub struct Bench<'a> {
    pub options: &'a Options,
    pub plan: Plan,
    /// For everything that the servers keep.
    pub folder: PathBuf,
    /// That may be open at once.
    pub files: u64,
}

impl Bench<'_> {
    /// Every part that is asked for, one after the other.
    pub async fn everything(&self, busy: f64) -> Report {
        let start = self.part(Portion::Start, "The start", self.start()).await;
        let weights = self.part(Portion::Weights, "What a visitor downloads", self.weights());
        let weights = weights.await;
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

    /// One part, if it is asked for.
    async fn part<T>(
        &self,
        portion: Portion,
        name: impl Display,
        work: impl Future<Output = Result<T>>,
    ) -> Part<T> {
        if !self.options.asks_for(portion) {
            return Part::Skipped("it was not asked for".to_owned());
        }
        attempt(name, PATIENCE, work).await
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
            let why = "there is no Chromium, or no Playwright to drive it";
            return Part::Skipped(why.to_owned());
        };
        let opening = opening::opening(&self.options.server, &self.folder, stories, &self.plan);
        self.part(Portion::Opening, "The opening in a browser", opening)
            .await
    }

    /// Everything on SQLite, and with the people who are there by then, what does not depend on the engine.
    async fn sqlite(&self) -> (Engine, Part<footprint::Idle>, Part<storm::Storm>) {
        let (engine, gathered) = self.engine("SQLite", None).await;
        let (program, crowd) = match gathered {
            Part::Measured(gathered) => gathered,
            Part::Failed(why) => return (engine, Part::Failed(why.clone()), Part::Failed(why)),
            Part::Skipped(why) => return (engine, Part::Skipped(why.clone()), Part::Skipped(why)),
        };
        let idle = self.part(Portion::Connections, "Idle connections", async {
            let idle = footprint::idle(&program, &crowd, self.plan.sockets, self.files).await?;
            println!(
                "  {} bytes each, of {}",
                idle.bytes_per_socket, idle.sockets
            );
            Ok(idle)
        });
        let idle = idle.await;
        let storm = storm::storm(&program, &crowd, self.plan.returning);
        let storm = self.part(Portion::Connections, "Everybody back at once", storm);
        (engine, idle, storm.await)
    }

    async fn postgres(&self, server_url: &str) -> Engine {
        let mut databases = Vec::new();
        for _ in 0..DATABASES {
            match TemporaryDatabase::create(server_url).await {
                Ok(database) => databases.push(database),
                Err(reason) => return Engine::failed("Postgres", &format!("{reason:#}")),
            }
        }
        let urls: Result<Vec<String>> = databases.iter().map(TemporaryDatabase::url).collect();
        let engine = match urls {
            Ok(urls) => self.engine("Postgres", Some(&urls)).await.0,
            Err(reason) => Engine::failed("Postgres", &format!("{reason:#}")),
        };
        for database in databases {
            if let Err(reason) = database.drop_it().await {
                println!("  A database of the bench was left behind: {reason:#}");
            }
        }
        engine
    }

    /// Delivery, further agents and growth, and who was let in. `urls`: empty Postgres databases, [`DATABASES`] of them.
    async fn engine(
        &self,
        name: &'static str,
        urls: Option<&[String]>,
    ) -> (Engine, Part<(Program, Crowd)>) {
        let url = |number: usize| urls.and_then(|urls| urls.get(number)).map(String::as_str);
        let folder = |part: &str| format!("{name}-{part}").to_lowercase();
        let (steady, highest, gathered) = self.delivery(name, url(0)).await;
        let agents = folder("agents");
        let fan_out = self.fan_out(&agents, url(1));
        let fan_out = self.part(
            Portion::Agents,
            format!("What further agents cost on {name}"),
            fan_out,
        );
        let fan_out = fan_out.await;
        let growth = async {
            let few = self.program(&folder("few"), url(2))?;
            let many = self.program(&folder("many"), url(3))?;
            growth::growth(&few, &many, &self.plan).await
        };
        let growth = self.part(
            Portion::Growth,
            format!("A short history and a long one on {name}"),
            growth,
        );
        let engine = Engine {
            name,
            steady,
            highest,
            fan_out,
            growth: growth.await,
        };
        (engine, gathered)
    }

    async fn delivery(
        &self,
        name: &'static str,
        postgres: Option<&str>,
    ) -> (
        Part<delivery::Steady>,
        Part<delivery::Highest>,
        Part<(Program, Crowd)>,
    ) {
        let portion = if self.options.asks_for(Portion::Delivery) || postgres.is_some() {
            Portion::Delivery
        } else {
            // They come back later, though they send nothing now.
            Portion::Connections
        };
        let prepared = format!("Letting people in on {name}");
        let prepared = self
            .part(portion, prepared, self.gather(name, postgres))
            .await;
        let (server, mut crowd) = match prepared {
            Part::Measured(prepared) => prepared,
            Part::Failed(why) => {
                let failed = why.clone();
                return (
                    Part::Failed(why),
                    Part::Failed(failed.clone()),
                    Part::Failed(failed),
                );
            }
            Part::Skipped(why) => {
                let skipped = why.clone();
                return (
                    Part::Skipped(why),
                    Part::Skipped(skipped.clone()),
                    Part::Skipped(skipped),
                );
            }
        };
        let steady = delivery::steady(&server, &crowd, &self.plan, postgres);
        let heading = format!("Delivery at {}/s on {name}", self.plan.steady.rate);
        let steady = self.part(Portion::Delivery, heading, steady).await;
        let highest = delivery::highest(&server, &mut crowd, &self.plan);
        let heading = format!("The highest rate on {name}");
        let highest = self.part(Portion::Delivery, heading, highest).await;
        let gathered = Part::Measured((server.program().clone(), crowd));
        (steady, highest, gathered)
    }

    async fn gather(&self, name: &str, postgres: Option<&str>) -> Result<(Server, Crowd)> {
        let folder = format!("{name}-delivery").to_lowercase();
        let program = self.program(&folder, postgres)?;
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
