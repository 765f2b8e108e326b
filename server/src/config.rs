//! What an operator decides before the start.

use ipnet::IpNet;
use std::{net::SocketAddr, path::PathBuf};

/// Everything that `serve` and `demo` need to know. Checked: it holds no nonsense.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The chat's own origin as browsers write it: `https://chat.example`, without a trailing slash.
    pub public_origin: String,
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Holds the lock file, and the SQLite file unless the URL says otherwise.
    pub data_dir: PathBuf,
    /// Peers whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}
