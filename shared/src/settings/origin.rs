//! Which sites may embed us: origin patterns, and the `frame-ancestors` directive that is made of them.
//!
//! The law: a pattern is taken apart and written anew from its parts, so nothing that an admin types can break out of the
//! header. Closed when empty.

use crate::limits;
use core::net::Ipv4Addr;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use std::fmt;

/// One entry of the list of allowed origins, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginPattern {
    scheme: Scheme,
    host: HostPattern,
    /// `None`: the scheme's own.
    port: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Https,
    /// Loopback only.
    Http,
}

impl Scheme {
    const fn name(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Http => "http",
        }
    }

    const fn port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
        }
    }
}

/// A host as A-labels, lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
enum HostPattern {
    Exactly(String),
    /// Any name below it, at any depth, never itself.
    Below(String),
}

/// Why a text is no origin pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginFault {
    /// Not `https://`, and not `http://` of this very machine.
    Scheme,
    /// Not a host name.
    Host,
    /// Not 1 to 65535.
    Port,
    /// A path, a query, a user, or anything else behind or in front of the host.
    More,
}

impl OriginPattern {
    /// Reads `https://host[:port]`, `https://*.host[:port]` or `http://localhost[:port]`.
    ///
    /// **Errors**: what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, OriginFault> {
        let lower = text.to_lowercase();
        let (scheme, authority) = match (
            lower.strip_prefix("https://"),
            lower.strip_prefix("http://"),
        ) {
            (Some(authority), _) => (Scheme::Https, authority),
            (_, Some(authority)) => (Scheme::Http, authority),
            (None, None) => return Err(OriginFault::Scheme),
        };
        let breaks_out = |character: char| {
            character.is_whitespace()
                || character.is_control()
                || "/\\?#@;,'\"`<>[](){}|^%&=+!$".contains(character)
        };
        if authority.contains(breaks_out) {
            return Err(OriginFault::More);
        }
        let (host, port) = match authority.split_once(':') {
            None => (authority, None),
            Some((host, port)) => (host, Some(parse_port(port)?)),
        };
        let host = match host.strip_prefix("*.") {
            // A star over a whole top-level domain would be the whole world.
            Some(parent) => HostPattern::Below(
                host_name(parent)
                    .filter(|host| host.contains('.'))
                    .ok_or(OriginFault::Host)?,
            ),
            None => HostPattern::Exactly(host_name(host).ok_or(OriginFault::Host)?),
        };
        if scheme == Scheme::Http
            && !matches!(&host, HostPattern::Exactly(host) if is_loopback(host))
        {
            return Err(OriginFault::Scheme);
        }
        Ok(Self {
            scheme,
            host,
            port: port.filter(|port| *port != scheme.port()),
        })
    }

    /// Whether it stands for many origins.
    pub fn has_star(&self) -> bool {
        matches!(self.host, HostPattern::Below(_))
    }

    /// Whether an `Origin` that a browser sent is one of these.
    pub fn allows(&self, origin: &str) -> bool {
        // A star in an origin is no host, and a browser writes origins in the one form that `Display` writes.
        let Ok(Self {
            scheme,
            host: HostPattern::Exactly(host),
            port,
        }) = Self::parse(origin)
        else {
            return false;
        };
        let is_host = match &self.host {
            HostPattern::Exactly(own) => *own == host,
            HostPattern::Below(parent) => host
                .strip_suffix(parent.as_str())
                .is_some_and(|below| below.len() > 1 && below.ends_with('.')),
        };
        is_host && self.scheme == scheme && self.port == port
    }
}

impl fmt::Display for OriginPattern {
    /// The one way to write it, which is also a CSP host source.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (star, host) = match &self.host {
            HostPattern::Exactly(host) => ("", host),
            HostPattern::Below(host) => ("*.", host),
        };
        write!(formatter, "{}://{star}{host}", self.scheme.name())?;
        self.port
            .map_or(Ok(()), |port| write!(formatter, ":{port}"))
    }
}

/// The `frame-ancestors` directive, whole.
pub fn frame_ancestors(patterns: &[OriginPattern]) -> String {
    if patterns.is_empty() {
        return "frame-ancestors 'none'".to_owned();
    }
    let mut directive = "frame-ancestors".to_owned();
    for pattern in patterns {
        directive.push(' ');
        directive.push_str(&pattern.to_string());
    }
    directive
}

/// Whether a host is this very machine: for development, where there is no certificate.
pub fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

fn parse_port(text: &str) -> Result<u16, OriginFault> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|port| is_plain && *port != 0)
        .ok_or(OriginFault::Port)
}

/// A host name as A-labels, or an IPv4 address in its usual form. IPv6 addresses have no place in a CSP.
pub fn host_name(text: &str) -> Option<String> {
    if text.is_empty() || text.len() > limits::EMAIL_BYTES || text.ends_with('.') {
        return None;
    }
    let host = Uts46::new()
        .to_ascii(
            text.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?
        .into_owned();
    let last = host.rsplit('.').next()?;
    let looks_numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    let is_good = if looks_numeric {
        host.parse::<Ipv4Addr>().is_ok()
    } else {
        !host.ends_with('.')
    };
    is_good.then_some(host)
}

/// The rows of the table of bad origins.
#[cfg(test)]
mod tests;
