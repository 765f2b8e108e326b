//! The command line: what an operator types.
//!
//! The law: an answer is short and says what is so now; a refusal is one sentence. Exit codes: 0 done, 1 could not,
//! 2 what was typed is wrong.

/// Links with which people choose a password.
mod account;
/// What can be typed, with its help.
mod arguments;
/// `porchlight backup` and `porchlight restore`.
mod backup;
/// `porchlight doctor`.
mod doctor;
/// `porchlight user export`.
mod export;
/// `porchlight group`.
mod group;
/// `porchlight key`.
mod key;
/// What the server writes to standard error.
mod logs;
/// `porchlight serve`: from flags to a configuration.
mod serve;
/// `porchlight settings`.
mod settings;
/// `porchlight user` and `porchlight admin`.
mod user;

use crate::clock::Clock;
use crate::config::{ConfigFault, read_database};
use crate::database::without_values;
use crate::error::Refusal;
use crate::office::{Office, Unchanged};
use arguments::{Arguments, Command, PlaceArguments};
use clap::Parser;
use std::io::Write as _;
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug)]
enum Stop {
    /// What was typed is wrong: exit code 2.
    Refused(String),
    /// It could not be done: exit code 1.
    Failed(String),
    /// Everything was said already: exit code 1.
    Said,
}

impl From<ConfigFault> for Stop {
    fn from(fault: ConfigFault) -> Self {
        Self::Refused(fault.0)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Database(error) => Self::Failed(format!(
                "The database cannot at the moment: {}.",
                without_values(&error)
            )),
            Refusal::Problem(_) | Refusal::Broken(_) => Self::Failed(format!(
                "It could not be stored ({refusal}). Please try again."
            )),
        }
    }
}

impl From<Unchanged> for Stop {
    fn from(unchanged: Unchanged) -> Self {
        match unchanged {
            Unchanged::Refused(sentence) => Self::Refused(sentence),
            Unchanged::NotStored(refusal) => Self::from(refusal),
        }
    }
}

impl Stop {
    fn database(error: impl Into<Refusal>) -> Self {
        Self::from(error.into())
    }
}

/// Reads the arguments and does what they say.
pub fn run() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            return stop(Stop::Failed(format!(
                "This machine does not let Porchlight start: {error}."
            )));
        }
    };
    match runtime.block_on(obey(Arguments::parse().command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => stop(reason),
    }
}

async fn obey(command: Command) -> Result<(), Stop> {
    match command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Demo(arguments) => serve::run_demo(arguments).await,
        Command::Doctor(arguments) => doctor::run(arguments).await,
        Command::Backup(arguments) => backup::run_backup(arguments).await,
        Command::Restore(arguments) => backup::run_restore(arguments).await,
        Command::Settings { place, command } => {
            at(&place, async |office| settings::run(office, command).await).await
        }
        Command::Group { place, command } => {
            at(&place, async |office| group::run(office, command).await).await
        }
        Command::User { place, command } => {
            at(&place, async |office| user::run(office, command).await).await
        }
        Command::Account { place, command } => {
            at(&place, async |office| account::run(office, command).await).await
        }
        Command::Key { place, command } => {
            at(&place, async |office| key::run(office, command).await).await
        }
        Command::Admin { place, command } => {
            at(&place, async |office| {
                user::run_admin(office, command).await
            })
            .await
        }
    }
}

async fn at(
    place: &PlaceArguments,
    work: impl AsyncFnOnce(&Office) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let office = open(place).await?;
    let done = work(&office).await;
    office.close().await;
    done
}

/// Opens the installation that the flags name.
async fn open(place: &PlaceArguments) -> Result<Office, Stop> {
    let written = place.database.as_deref().filter(|url| !url.is_empty());
    let url = read_database(written, &place.data_dir)?;
    if written.is_none() {
        std::fs::create_dir_all(&place.data_dir).map_err(|_| {
            Stop::Failed(format!(
                "The data directory {} cannot be made.",
                place.data_dir.display()
            ))
        })?;
    }
    let opened = Office::open(&url, Clock::system()).await;
    opened.map_err(|refused| Stop::Failed(refused.to_string()))
}

/// Whoever stopped reading, as `head` does, has heard enough.
fn say(line: &str) {
    let _unheard = writeln!(std::io::stdout(), "{line}");
}

fn stop(reason: Stop) -> ExitCode {
    let (sentence, code) = match reason {
        Stop::Refused(sentence) => (sentence, 2),
        Stop::Failed(sentence) => (sentence, 1),
        Stop::Said => return ExitCode::from(1),
    };
    let _unheard = writeln!(std::io::stderr(), "{sentence}");
    ExitCode::from(code)
}
