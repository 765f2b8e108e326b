//! Where something may be sent, when it is tried again, and which events anybody wants to hear of.
//!
//! The law: only addresses of the public network are called, whichever way they are written. The list is of what may be,
//! not of what may not.

use shared::{
    host::WebhookEvent,
    limits,
    problem::{Field, Problem, ProblemCode},
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Which events somebody wants to hear of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted(u8);

impl Wanted {
    pub fn of(events: impl IntoIterator<Item = WebhookEvent>) -> Self {
        Self(
            events
                .into_iter()
                .fold(0, |wanted, event| wanted | Self::bit(event)),
        )
    }

    pub const fn wants(self, event: WebhookEvent) -> bool {
        self.0 & Self::bit(event) != 0
    }

    pub const fn is_nothing(self) -> bool {
        self.0 == 0
    }

    const fn bit(event: WebhookEvent) -> u8 {
        1 << event as u8
    }
}

/// Whether this very machine may be called, in the clear: where the operator says so, for tests and demonstrations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loopback {
    #[default]
    Refused,
    Allowed,
}

/// Where a call goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// An address that was looked at.
    Address(IpAddr),
    /// A name, whose addresses are looked at when they are known.
    Name(String),
}

/// Reads an address of a webhook, and what it leads to. Whatever a browser reads as an IP address is one here:
/// `https://2130706433` is `127.0.0.1`.
///
/// **Errors**: `url_shape`; `address_private`.
pub fn read_url(text: &str, loopback: Loopback) -> Result<(Url, Receiver), Problem> {
    let shape = Problem::about(ProblemCode::UrlShape, Field::WebhookUrl);
    let private = Problem::about(ProblemCode::AddressPrivate, Field::WebhookUrl);
    let is_plain = text.len() <= limits::WEBHOOK_URL_BYTES
        && !text
            .chars()
            .any(|character| character.is_control() || character.is_whitespace());
    let url = Url::parse(text).ok().filter(|_| is_plain).ok_or(shape)?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(shape);
    }
    let host = url.host().ok_or(shape)?.to_owned();
    if url.scheme() == "http" && loopback == Loopback::Allowed {
        return match host {
            Host::Ipv4(address) if address.is_loopback() => {
                Ok((url, Receiver::Address(address.into())))
            }
            _ => Err(shape),
        };
    }
    if url.scheme() != "https" {
        return Err(shape);
    }
    let receiver = match host {
        Host::Domain(name) => Receiver::Name(name),
        Host::Ipv4(address) => Receiver::Address(may_call(address.into()).ok_or(private)?),
        Host::Ipv6(address) => Receiver::Address(may_call(address.into()).ok_or(private)?),
    };
    Ok((url, receiver))
}

fn may_call(address: IpAddr) -> Option<IpAddr> {
    is_public(address).then_some(address)
}

/// The addresses that a name has, if they may be called: one that may not makes the name nobody's.
///
/// **Errors**: `address_private`, also for a name that has none.
pub fn may_call_all(addresses: &[IpAddr]) -> Result<(), ProblemCode> {
    if !addresses.is_empty() && addresses.iter().copied().all(is_public) {
        Ok(())
    } else {
        Err(ProblemCode::AddressPrivate)
    }
}

/// Whether an address is of the public network. **Source**: IANA's registries of special-purpose addresses.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        // This network, private, shared by carriers, this machine, this link, private.
        [0 | 10 | 127, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            // Protocol assignments, documentation, relays of 6to4, benchmarks.
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
            // Many at once, and reserved.
            | [224..=255, ..]
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // A gateway to IPv4 (RFC 6052): as public as what it leads to.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // Protocol assignments and tunnels (2001::/23), documentation, 6to4, documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Everything else that is public is of 2000::/3: no local, mapped, translated, many-at-once address.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The HTTP status.
    Answered(u16),
    /// There was no answer.
    Failed(Failure),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The address, or the name's, is one of a private network.
    AddressPrivate,
    /// The name has no address.
    NameUnknown,
    Connection,
    Timeout,
    /// What it is about is not there any more, so that it is not tried again.
    NothingToTell,
}

impl Failure {
    /// As admins read it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AddressPrivate => "address_private",
            Self::NameUnknown => "name_unknown",
            Self::Connection => "connection",
            Self::Timeout => "timeout",
            Self::NothingToTell => "nothing_to_tell",
        }
    }
}

/// What is done after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Delivered,
    /// Once more, so much later. **Units**: milliseconds.
    Again {
        after_ms: i64,
    },
    GivenUp,
    /// The receiver wants nothing more, ever.
    Ended,
}

impl Next {
    /// What figures call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Again { .. } => "failed",
            Self::GivenUp => "given_up",
            Self::Ended => "ended",
        }
    }
}

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long after a failed try the next one comes. **Source**: the retry schedule that Standard Webhooks recommends.
pub const AGAIN_AFTER_MS: [i64; 9] = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
];

/// A retry comes later by up to one part in so many: receivers that come back are not hit by everything at once.
pub const JITTER: i64 = 10;

/// What is done after a call. `tries` counts it; `chance` is from 0 to 1,000.
pub fn plan_next(outcome: Outcome, tries: usize, chance: u32) -> Next {
    match outcome {
        Outcome::Answered(200..=299) => Next::Delivered,
        Outcome::Answered(410) => Next::Ended,
        Outcome::Failed(Failure::NothingToTell) => Next::GivenUp,
        Outcome::Answered(_) | Outcome::Failed(_) => {
            let after_ms = tries
                .checked_sub(1)
                .and_then(|past| AGAIN_AFTER_MS.get(past));
            after_ms.map_or(Next::GivenUp, |after_ms| Next::Again {
                after_ms: after_ms + after_ms / JITTER * i64::from(chance) / 1_000,
            })
        }
    }
}

/// Which events a webhook may be told: at least one, each once.
///
/// **Errors**: `out_of_range`; `duplicate`.
pub fn may_tell(events: &[WebhookEvent]) -> Result<(), Problem> {
    if events.is_empty() {
        return Err(Problem::about(
            ProblemCode::OutOfRange,
            Field::WebhookEvents,
        ));
    }
    let is_twice = |place: usize| events[..place].contains(&events[place]);
    if (0..events.len()).any(is_twice) {
        return Err(Problem::about(ProblemCode::Duplicate, Field::WebhookEvents));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
