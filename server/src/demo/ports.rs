//! The ports of the demonstration.
//!
//! The law: both are taken before anything is touched, so a busy one costs nothing but a sentence.

use crate::serve::listen;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};
use tokio::net::TcpListener;

/// Where the chat finds what a host site has around it.
#[derive(Clone, Copy, Debug)]
pub struct HostPorts {
    pub shop: u16,
    pub mail: u16,
}

/// Why a port cannot be ours.
#[derive(Debug, thiserror::Error)]
pub enum PortRefused {
    #[error("Port {port} is busy: stop what listens there, or choose another with {flag}.")]
    Busy { port: u16, flag: &'static str },
    #[error("Port {port} cannot be used: {error}. Choose another with {flag}.")]
    Unusable {
        port: u16,
        flag: &'static str,
        error: io::Error,
    },
}

/// Any port that is free, for the mailbox.
pub fn take_any_port() -> Result<(TcpListener, u16), PortRefused> {
    take_port(0, "--shop-port")
}

/// A socket that listens on this machine only, and the port that it got.
pub fn take_port(port: u16, flag: &'static str) -> Result<(TcpListener, u16), PortRefused> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => PortRefused::Busy { port, flag },
        _ => PortRefused::Unusable { port, flag, error },
    };
    let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).map_err(refused)?;
    let taken = listener.local_addr().map_err(refused)?.port();
    Ok((listener, taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_busy_port_is_named_in_one_sentence() {
        let (_held, port) = take_port(0, "--shop-port").unwrap();
        assert_ne!(port, 0);
        let refused = take_port(port, "--shop-port").unwrap_err().to_string();
        assert_eq!(
            refused,
            format!(
                "Port {port} is busy: stop what listens there, or choose another with --shop-port."
            )
        );
    }
}
