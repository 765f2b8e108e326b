//! Which door a request comes from, as far as the network shows.
//!
//! The law: `X-Forwarded-For` is believed from trusted proxies only, read from the right, and only as far as trusted
//! proxies wrote it. An address is for counting, never for recognising.

use crate::{app::App, safety::limiter::Peer};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use ipnet::IpNet;
use std::{convert::Infallible, net::IpAddr, sync::Arc};

/// The other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour(pub IpAddr);

/// Proxies behind proxies: farther than this nobody is believed.
const HOPS: usize = 16;

impl FromRequestParts<Arc<App>> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        // Requests that no connection brought are tests' own, and all from one door.
        let neighbour = parts
            .extensions
            .get::<Neighbour>()
            .map_or(IpAddr::from([127, 0, 0, 1]), |neighbour| neighbour.0);
        Ok(address(neighbour, &parts.headers, &app.config.trusted_proxies).into())
    }
}

fn address(neighbour: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| {
        let address = address.to_canonical();
        trusted.iter().any(|network| network.contains(&address))
    };
    let mut address = neighbour;
    let written: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for hop in written.iter().rev().take(HOPS) {
        if !is_trusted(address) {
            break;
        }
        // Garbage was written by somebody who is not trusted: the last one who is stands for them.
        let Ok(farther) = hop.trim().parse::<IpAddr>() else {
            break;
        };
        address = farther;
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn seen(neighbour: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        address(neighbour.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        for (neighbour, forwarded, expected) in [
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            // What stands farther left was written by the caller.
            ("10.0.0.1", &["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
            (
                "10.0.0.1",
                &["1.2.3.4", "198.51.100.1, 10.0.0.2"],
                "198.51.100.1",
            ),
            ("10.0.0.1", &["198.51.100.1, garbage"], "10.0.0.1"),
            ("10.0.0.1", &["fe80::1%eth0"], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["2001:db8::1"], "2001:db8::1"),
        ] {
            assert_eq!(
                seen(neighbour, forwarded),
                expected,
                "{neighbour} {forwarded:?}"
            );
        }
    }

    #[test]
    fn a_hundred_hops_are_not_followed() {
        let hops = format!("198.51.100.1{}", ", 10.0.0.3".repeat(100));
        let leaked: &'static str = hops.leak();
        assert_eq!(seen("10.0.0.1", &[leaked]), "10.0.0.3");
    }
}
