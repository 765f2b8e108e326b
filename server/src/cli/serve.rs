//! `porchlight serve` and `porchlight demo`: from what was typed to a running server.

use super::arguments::{DemoArguments, ServeArguments};
use super::{Stop, logs, say};
use crate::account::set_up::offer_setup_link;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Written, read_metrics_address};
use crate::database::{DataLock, LockRefused, sqlite_file};
use crate::demo::{self, DemoOptions, read_now};
use crate::mint::Mint;
use crate::serve::{Server, asked_to_stop, listen};
use crate::webhook::rules::Loopback;
use shared::limits;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Runs the chat until it is asked to stop.
pub async fn run(arguments: ServeArguments) -> Result<(), Stop> {
    let config = read(&arguments)?;
    let metrics = arguments
        .metrics
        .as_deref()
        .filter(|text| !text.is_empty())
        .map(read_metrics_address)
        .transpose()?;
    logs::start(&arguments.log, "info")?;
    let _locks = lock(&config)?;
    let clock = Clock::system();
    let mint = Mint::from_entropy(clock.clone());
    let listener = listen_on(config.listen)?;
    let metrics = metrics.map(listen_on).transpose()?;
    let (public_origin, has_keys) = (
        config.public_origin.clone(),
        !config.identity_keys.is_empty(),
    );
    let asked_to_stop = asked_to_stop();
    let server = Server::start(config, clock, mint, listener)
        .await
        .map_err(|why| Stop::Failed(why.to_string()))?;
    if let Some(listener) = metrics {
        tracing::info!(metrics = ?listener.local_addr().ok(), "showing figures");
        server.show_metrics(listener);
    }
    print_setup_link(server.app()).await?;
    tracing::info!(public_origin, site_id = %server.app().policy().site_id, "serving");
    if !has_keys && server.app().policy().identity_keys.is_empty() {
        tracing::info!(
            "no identity key is there: people sign in with accounts, and no host site vouches for anybody"
        );
    }
    asked_to_stop.await;
    server.stop().await;
    Ok(())
}

fn listen_on(address: SocketAddr) -> Result<TcpListener, Stop> {
    listen(address)
        .map_err(|error| Stop::Failed(format!("{address} cannot be listened on: {error}.")))
}

/// Whoever starts a server without an admin is the operator: they learn how to become one, and nobody else does. To
/// standard output, which is no log.
async fn print_setup_link(app: &App) -> Result<(), Stop> {
    if let Some(url) = offer_setup_link(app).await? {
        say(&format!(
            "There is no admin yet. Set Porchlight up here, within {} minutes: {url}",
            limits::SETUP_LINK_MINUTES
        ));
    }
    Ok(())
}

/// Runs the demonstration until it is asked to stop.
pub async fn run_demo(arguments: DemoArguments) -> Result<(), Stop> {
    // People read its few lines; a server's own would stand between them.
    logs::start(&arguments.log, "warn")?;
    let options = DemoOptions {
        chat_port: read_port("--chat-port", &arguments.chat_port)?,
        shop_port: read_port("--shop-port", &arguments.shop_port)?,
        data_dir: arguments.data_dir,
        is_fresh: arguments.fresh,
        now: arguments
            .now
            .as_deref()
            .map(read_now)
            .transpose()
            .map_err(|sentence| Stop::Refused(format!("--now is wrong: {sentence}.")))?,
    };
    if options.chat_port == options.shop_port && options.chat_port != 0 {
        return Err(Stop::Refused(
            "--chat-port and --shop-port have to differ.".to_owned(),
        ));
    }
    demo::run(options)
        .await
        .map_err(|why| Stop::Failed(why.to_string()))
}

fn read_port(flag: &str, text: &str) -> Result<u16, Stop> {
    text.parse()
        .map_err(|_| Stop::Refused(format!("{flag} is a number from 0 to 65535.")))
}

/// An empty variable of the environment is one that nobody set.
pub(super) fn read(arguments: &ServeArguments) -> Result<Config, Stop> {
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
        webhook_loopback: if arguments.webhook_loopback {
            Loopback::Allowed
        } else {
            Loopback::Refused
        },
    };
    Ok(Config::read(&written)?)
}

fn filled(texts: &[String]) -> impl Iterator<Item = &str> {
    texts
        .iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
}

/// One server for a SQLite file: the locks of the data directory and of the file's own, where that is another.
/// Postgres looks after itself.
fn lock(config: &Config) -> Result<Vec<DataLock>, Stop> {
    match sqlite_file(&config.database_url) {
        Some(file) => lock_file(&file, &config.data_dir),
        None => Ok(Vec::new()),
    }
}

/// As a server would lock it.
pub(super) fn lock_file(file: &Path, data_dir: &Path) -> Result<Vec<DataLock>, Stop> {
    let own = match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => PathBuf::from("."),
    };
    let refused = |refused: LockRefused| Stop::Failed(refused.to_string());
    let mut locks = vec![DataLock::take(data_dir).map_err(refused)?];
    // Only now: the lock has made the data directory where there was none.
    if is_elsewhere(&own, data_dir) {
        locks.push(DataLock::take(&own).map_err(refused)?);
    }
    Ok(locks)
}

/// A folder that is not there yet is another than one that is.
fn is_elsewhere(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one != other,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_number() {
        assert_eq!(read_port("--chat-port", "0").unwrap(), 0);
        for bad in ["", "-1", "65536", "http"] {
            assert!(read_port("--chat-port", bad).is_err(), "{bad}");
        }
    }
}
