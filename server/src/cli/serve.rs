//! `porchlight serve` and `porchlight demo`: from what was typed to a running server.

use super::Stop;
use super::arguments::{DemoArguments, ServeArguments};
use crate::config::{Config, Written};

/// Runs the chat until it is told to stop.
pub async fn run(arguments: ServeArguments) -> Result<(), Stop> {
    let config = read(&arguments)?;
    Err(Stop::Failed(format!("{} would listen", config.listen)))
}

/// Runs the demonstration until it is told to stop.
pub async fn run_demo(_: DemoArguments) -> Result<(), Stop> {
    Err(Stop::Failed("not yet".into()))
}

/// An empty variable of the environment is one that nobody set.
fn read(arguments: &ServeArguments) -> Result<Config, Stop> {
    let from_file = match &arguments.identity_key_file {
        Some(path) if !path.as_os_str().is_empty() => {
            std::fs::read_to_string(path).map_err(|_| {
                Stop::Refused(format!(
                    "The identity key file {} cannot be read.",
                    path.display()
                ))
            })?
        }
        _ => String::new(),
    };
    let lines = from_file
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let written = Written {
        listen: &arguments.listen,
        public_url: arguments
            .public_url
            .as_deref()
            .filter(|url| !url.is_empty()),
        database: arguments
            .place
            .database
            .as_deref()
            .filter(|url| !url.is_empty()),
        data_dir: arguments.place.data_dir.clone(),
        trusted_proxies: filled(&arguments.trusted_proxies).collect(),
        identity_keys: filled(&arguments.identity_keys).chain(lines).collect(),
    };
    Ok(Config::read(&written)?)
}

fn filled(texts: &[String]) -> impl Iterator<Item = &str> {
    texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
}
