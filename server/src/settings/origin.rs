//! Which sites may embed us: origin patterns, and the `frame-ancestors` directive that is made of them.
//!
//! The law: a pattern is taken apart and written anew from its parts, so nothing that an admin types can break out of the
//! header. Closed when empty.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use shared::limits;
use std::fmt;
use std::net::Ipv4Addr;

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

/// Why a text is no origin pattern: the end of a sentence that begins with the entry.
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

impl fmt::Display for OriginFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Scheme => "has to begin with https:// (http:// is for localhost only)",
            Self::Host => "has no valid host name",
            Self::Port => "has no valid port",
            Self::More => "may hold nothing but scheme, host and port, as in https://shop.example or https://*.example.com",
        })
    }
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
                parse_host(parent)
                    .filter(|host| host.contains('.'))
                    .ok_or(OriginFault::Host)?,
            ),
            None => HostPattern::Exactly(parse_host(host).ok_or(OriginFault::Host)?),
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
fn parse_host(text: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, OriginFault> {
        OriginPattern::parse(text).map(|pattern| pattern.to_string())
    }

    #[test]
    fn an_origin_has_one_way_to_be_written() {
        for (typed, written) in [
            ("https://shop.example", "https://shop.example"),
            ("HTTPS://Shop.Example:443", "https://shop.example"),
            ("https://shop.example:8443", "https://shop.example:8443"),
            ("https://*.example.com", "https://*.example.com"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://shop.localhost:8081", "http://shop.localhost:8081"),
            ("http://127.0.0.1", "http://127.0.0.1"),
            ("http://localhost:80", "http://localhost"),
            ("https://192.0.2.7", "https://192.0.2.7"),
        ] {
            assert_eq!(parse(typed).as_deref(), Ok(written), "{typed}");
        }
    }

    #[test]
    fn r05_only_https_or_this_very_machine() {
        for bad in [
            "file://",
            "file:///etc/passwd",
            "chrome-extension://x",
            "http://shop.example",
            "http://0.0.0.0",
            "http://128.0.0.1",
            "javascript:alert(1)",
            "//shop.example",
            "shop.example",
            "null",
            "*",
            "'self'",
            "data:",
            "",
            "https:/shop.example",
            " https://shop.example",
        ] {
            assert_eq!(parse(bad), Err(OriginFault::Scheme), "{bad}");
        }
    }

    #[test]
    fn r09_nothing_breaks_out_of_the_header() {
        for bad in [
            "https://shop.example/",
            "https://shop.example/path",
            "https://shop.example?q",
            "https://shop.example#f",
            "https://user@shop.example",
            "https://user:pw@shop.example",
            "https://shop.example https://evil.example",
            "https://a; script-src *",
            "https://a;script-src",
            "https://a,https://b",
            "https://a\nX-Evil: 1",
            "https://a\r\n",
            "https://a\t",
            "https://a\u{a0}b",
            "https://shop.example\\evil",
            "https://[::1]",
            "https://a'none'",
            "https://%61.example",
        ] {
            assert_eq!(parse(bad), Err(OriginFault::More), "{bad:?}");
        }
        for bad in [
            "https://",
            "https://.",
            "https://shop.example.",
            "https://-shop.example",
            "https://shop..example",
            "https://*",
            "https://*.com",
            "http://*.localhost",
            "https://*.",
            "https://*.*.example.com",
            "https://a.*.example.com",
            "https://a*.example.com",
            "https://1.2.3",
            "https://0x7f.1",
            "https://2130706433",
            "https://256.1.1.1",
            "https://a\u{200b}。",
            "https://a／b.example",
        ] {
            assert_eq!(parse(bad), Err(OriginFault::Host), "{bad:?}");
        }
        for bad in [
            "https://a:0",
            "https://a:65536",
            "https://a:",
            "https://a:80:80",
            "https://a:+80",
            "https://a:*",
            "https://a:-1",
        ] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn r03_r07_a_pattern_allows_what_it_says_and_nothing_else() {
        let allows =
            |pattern: &str, origin: &str| OriginPattern::parse(pattern).unwrap().allows(origin);
        assert!(allows("https://chat.example", "https://chat.example"));
        for origin in [
            "https://chat.example.evil.com",
            "https://evilchat.example",
            "https://chat.example@evil.com",
            "https://chat.example.",
            "http://chat.example",
            "https://chat.example:8443",
            "https://a.chat.example",
            "https://*.example",
            "null",
            "",
        ] {
            assert!(!allows("https://chat.example", origin), "{origin}");
        }
        assert!(allows("https://*.example.com", "https://a.example.com"));
        assert!(allows("https://*.example.com", "https://a.b.example.com"));
        for origin in [
            "https://example.com",
            "https://aexample.com",
            "https://.example.com",
            "https://a.example.com.evil.org",
            "https://*.example.com",
        ] {
            assert!(!allows("https://*.example.com", origin), "{origin}");
        }
        assert!(allows("http://localhost:3000", "http://localhost:3000"));
        assert!(!allows("http://localhost:3000", "http://localhost:3001"));
    }

    #[test]
    fn nobody_is_allowed_until_somebody_is_listed() {
        assert_eq!(frame_ancestors(&[]), "frame-ancestors 'none'");
        let patterns = ["https://shop.example", "https://*.example.com"]
            .map(|text| OriginPattern::parse(text).unwrap());
        assert_eq!(
            frame_ancestors(&patterns),
            "frame-ancestors https://shop.example https://*.example.com"
        );
    }
}
