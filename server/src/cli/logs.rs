//! What the server writes to standard error.
//!
//! The law: a log holds ids, routes and codes. Other people's code may say only what worries it, whatever the level:
//! at their chattiest, libraries print messages and headers.

use super::Stop;
use super::arguments::LogArguments;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts writing, as much as `usual` where nobody says. A second call changes nothing.
///
/// **Errors**: a sentence for a level or a format that is none.
pub fn start(arguments: &LogArguments, usual: &str) -> Result<(), Stop> {
    let said = arguments.level.as_deref().filter(|level| !level.is_empty());
    let level = match said.unwrap_or(usual).to_ascii_lowercase().as_str() {
        "error" => "error",
        "warn" => "warn",
        "info" => "info",
        "debug" => "debug",
        _ => {
            return Err(Stop::Refused(
                "--log is error, warn, info or debug.".to_owned(),
            ));
        }
    };
    let filter = EnvFilter::new(format!("warn,porchlight={level}"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        // A line that cannot be written is lost, as on a full disk. Complaining of it in the same place would panic.
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    let started = match arguments.format.to_ascii_lowercase().as_str() {
        "text" | "" => lines.with_ansi(std::io::stderr().is_terminal()).try_init(),
        "json" => lines.json().flatten_event(true).try_init(),
        _ => return Err(Stop::Refused("--log-format is text or json.".to_owned())),
    };
    if started.is_err() {
        tracing::debug!("somebody writes the log already");
    }
    Ok(())
}
