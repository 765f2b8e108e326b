//! What an operator decides before the start.
//!
//! The law: every value is checked here, before anything is opened, and a wrong one is answered with one sentence that
//! says what would be right. A secret is never repeated in it.

use crate::identity::keys::IdentityKeys;
use crate::webhook::{names::Names, rules::Loopback};
use ipnet::IpNet;
use shared::settings::origin::{OriginFault, OriginPattern, is_loopback};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

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
    /// Keys of the host site. None: nobody can be vouched for, and the start says so.
    pub identity_keys: Arc<IdentityKeys>,
    /// Whether webhooks may call this very machine: for tests and demonstrations.
    pub webhook_loopback: Loopback,
    /// Which addresses the names of webhooks have.
    pub names: Names,
}

/// One sentence for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault(pub String);

impl std::fmt::Display for ConfigFault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for ConfigFault {}

fn fault<T>(sentence: impl Into<String>) -> Result<T, ConfigFault> {
    Err(ConfigFault(sentence.into()))
}

/// What an operator wrote, by flag or by environment.
#[derive(Default)]
pub struct Written<'a> {
    pub listen: &'a str,
    pub public_url: Option<&'a str>,
    pub database: Option<&'a str>,
    pub data_dir: PathBuf,
    pub trusted_proxies: Vec<&'a str>,
    /// `KID=BASE64URL` each.
    pub identity_keys: Vec<&'a str>,
    pub webhook_loopback: Loopback,
}

impl Config {
    /// Checks everything.
    ///
    /// **Errors**: the first sentence that an operator has to read.
    pub fn read(written: &Written<'_>) -> Result<Self, ConfigFault> {
        let listen: SocketAddr = match written.listen.parse() {
            Ok(listen) => listen,
            Err(_) => return fault("--listen is an address with a port, as in 127.0.0.1:8080."),
        };
        let public_origin = match written.public_url {
            Some(url) => read_public_origin(url)?,
            None if listen.ip().is_loopback() => format!("http://localhost:{}", listen.port()),
            None => {
                return fault(
                    "--public-url is missing: it is where browsers reach the chat, as in https://chat.example.",
                );
            }
        };
        let proxies: Result<Vec<IpNet>, ConfigFault> = written
            .trusted_proxies
            .iter()
            .map(|text| read_network(text))
            .collect();
        let identity_keys = match IdentityKeys::parse(written.identity_keys.iter().copied()) {
            Ok(keys) => keys,
            Err(key_fault) => return fault(key_fault.to_string()),
        };
        Ok(Self {
            listen,
            public_origin,
            database_url: read_database(written.database, &written.data_dir)?,
            data_dir: written.data_dir.clone(),
            trusted_proxies: proxies?,
            identity_keys: Arc::new(identity_keys),
            webhook_loopback: written.webhook_loopback,
            names: Names::System,
        })
    }
}

/// The database's URL: the one that was written, or a file in the data directory.
pub fn read_database(
    written: Option<&str>,
    data_dir: &std::path::Path,
) -> Result<String, ConfigFault> {
    let Some(url) = written else {
        return Ok(format!(
            "sqlite:{}",
            data_dir.join("porchlight.sqlite").display()
        ));
    };
    let is_known = ["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|start| url.strip_prefix(start).is_some_and(|rest| !rest.is_empty()));
    if is_known {
        Ok(url.to_owned())
    } else {
        fault("--database is sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME.")
    }
}

/// Where figures are shown: a port, which is this machine's alone, or an address with a port.
pub fn read_metrics_address(text: &str) -> Result<SocketAddr, ConfigFault> {
    let own = text
        .parse()
        .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    match own.or_else(|_| text.parse()) {
        Ok(address) => Ok(address),
        Err(_) => {
            fault("--metrics is a port, as in 9464, or an address with one, as in 10.0.0.5:9464.")
        }
    }
}

/// An origin from an URL that holds nothing else. `http` is for this very machine only.
pub fn read_public_origin(url: &str) -> Result<String, ConfigFault> {
    let url = url.strip_suffix('/').unwrap_or(url);
    if let Some(origin) = read_ipv6_loopback(url) {
        return Ok(origin);
    }
    match OriginPattern::parse(url) {
        Ok(pattern) if !pattern.has_star() => Ok(pattern.to_string()),
        Err(OriginFault::Scheme) if url.starts_with("http://") => fault(
            "--public-url has to be https:// unless it is this very machine (localhost, 127.0.0.1 or [::1]).",
        ),
        _ => {
            fault("--public-url is the chat's address without a path, as in https://chat.example.")
        }
    }
}

/// `http://[::1]:8080`, which no CSP can name and a browser on this machine can still open.
fn read_ipv6_loopback(url: &str) -> Option<String> {
    let (scheme, authority) = url
        .split_once("://")
        .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))?;
    let port = authority.strip_prefix("[::1]")?;
    let is_port = port.is_empty()
        || port
            .strip_prefix(':')?
            .parse::<u16>()
            .is_ok_and(|port| port != 0);
    is_port.then(|| format!("{scheme}://[::1]{port}"))
}

fn read_network(text: &str) -> Result<IpNet, ConfigFault> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().map(IpNet::from);
    match text.parse::<IpNet>().or(address) {
        Ok(network) => Ok(network),
        Err(_) => fault("--trusted-proxy is an address or a network, as in 10.0.0.0/8."),
    }
}

/// Whether browsers reach the chat on this very machine only.
pub fn is_local(public_origin: &str) -> bool {
    let authority = public_origin
        .split_once("://")
        .map_or(public_origin, |(_, authority)| authority);
    authority.starts_with("[::1]") || is_loopback(authority.split(':').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<'a>() -> Written<'a> {
        Written {
            listen: "127.0.0.1:8080",
            data_dir: "data".into(),
            ..Written::default()
        }
    }

    fn sentence(written: &Written<'_>) -> String {
        Config::read(written).expect_err("it should be refused").0
    }

    #[test]
    fn without_any_flag_it_runs_on_this_machine() {
        let config = Config::read(&written()).unwrap();
        assert_eq!(config.public_origin, "http://localhost:8080");
        assert_eq!(config.database_url, "sqlite:data/porchlight.sqlite");
        assert!(config.identity_keys.is_empty() && is_local(&config.public_origin));
    }

    #[test]
    fn the_public_url_is_https_unless_it_is_this_machine() {
        let origin = |url| {
            Config::read(&Written {
                public_url: Some(url),
                ..written()
            })
            .map(|config| config.public_origin)
        };
        for (url, read) in [
            ("https://chat.example", "https://chat.example"),
            ("https://Chat.Example:443/", "https://chat.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://chat.localhost:8080", "http://chat.localhost:8080"),
            ("http://127.1.2.3", "http://127.1.2.3"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(origin(url).unwrap(), read, "{url}");
        }
        for url in [
            "http://chat.example",
            "http://192.168.0.1",
            "http://localhost.evil.example",
            "http://[::2]",
        ] {
            assert!(origin(url).is_err(), "{url}");
        }
        assert!(
            origin("http://chat.example")
                .unwrap_err()
                .0
                .contains("https://")
        );
        for url in [
            "chat.example",
            "https://chat.example/path",
            "https://*.chat.example",
            "https://u:p@chat.example",
            "ftp://x",
            "",
        ] {
            assert!(
                origin(url).unwrap_err().0.starts_with("--public-url"),
                "{url}"
            );
        }
    }

    #[test]
    fn a_wrong_value_is_answered_with_one_sentence() {
        assert!(
            sentence(&Written {
                listen: "8080",
                ..written()
            })
            .starts_with("--listen")
        );
        assert!(
            sentence(&Written {
                listen: "0.0.0.0:80",
                ..written()
            })
            .starts_with("--public-url is missing")
        );
        for database in ["mysql://x", "sqlite:", "porchlight.sqlite", ""] {
            assert!(
                sentence(&Written {
                    database: Some(database),
                    ..written()
                })
                .starts_with("--database"),
                "{database}"
            );
        }
        assert!(
            sentence(&Written {
                trusted_proxies: vec!["10.0.0.0/33"],
                ..written()
            })
            .starts_with("--trusted-proxy")
        );
        let weak = sentence(&Written {
            identity_keys: vec!["main=c2hvcnQ"],
            ..written()
        });
        assert!(
            weak.contains("32 random bytes") && !weak.contains("c2hvcnQ"),
            "{weak}"
        );
    }

    #[test]
    fn figures_are_for_this_machine_unless_somebody_says_otherwise() {
        for (text, address) in [
            ("9464", "127.0.0.1:9464"),
            ("10.0.0.5:9464", "10.0.0.5:9464"),
            ("[::1]:0", "[::1]:0"),
        ] {
            assert_eq!(
                read_metrics_address(text).unwrap(),
                address.parse().unwrap()
            );
        }
        for text in ["", "http://localhost:9464", "localhost:9464", "-1", "65536"] {
            let fault = read_metrics_address(text).unwrap_err();
            assert!(fault.0.starts_with("--metrics is a port"), "{text}");
        }
    }

    #[test]
    fn a_proxy_is_a_network_or_an_address() {
        let config = Config::read(&Written {
            trusted_proxies: vec!["10.0.0.0/8", " ::1"],
            ..written()
        })
        .unwrap();
        assert_eq!(config.trusted_proxies.len(), 2);
    }
}
