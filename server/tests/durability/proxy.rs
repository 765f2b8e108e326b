//! A TCP proxy that carries every call to the server and swallows some of the answers.
//!
//! The law: an answer is swallowed only once the server has given it whole, so what it did is done.

use anyhow::{Context, Result};
use fastrand::Rng;
use porchlight_bench::http::Connection;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running proxy; dropping it closes its door.
pub struct LossyProxy {
    address: SocketAddr,
    swallowed: Arc<AtomicUsize>,
    door: JoinHandle<()>,
}

impl LossyProxy {
    /// In front of `server`, swallowing this share of the answers.
    pub async fn start(server: SocketAddr, share: f64, mut chance: Rng) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let swallowed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&swallowed);
        let door = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (chance, count) = (chance.fork(), Arc::clone(&count));
                // However a connection ends, its caller sees that it ended.
                tokio::spawn(
                    async move { carry(caller, server, share, chance, &count).await.ok() },
                );
            }
        });
        Ok(Self {
            address,
            swallowed,
            door,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many answers it has swallowed.
    pub fn swallowed(&self) -> usize {
        self.swallowed.load(Ordering::Relaxed)
    }
}

impl Drop for LossyProxy {
    fn drop(&mut self) {
        self.door.abort();
    }
}

async fn carry(
    mut caller: TcpStream,
    server: SocketAddr,
    share: f64,
    mut chance: Rng,
    swallowed: &AtomicUsize,
) -> Result<()> {
    let mut server = Connection::open(server).await?;
    let mut arrived = Vec::new();
    loop {
        let length = loop {
            if let Some(length) = length_of_call(&arrived) {
                break length;
            }
            if caller.read_buf(&mut arrived).await? == 0 {
                return Ok(());
            }
        };
        let call: Vec<u8> = arrived.drain(..length).collect();
        let answer = server.raw_answer(&call).await?;
        if chance.f64() < share {
            swallowed.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        caller
            .write_all(&answer)
            .await
            .context("the caller went away")?;
    }
}

/// How many bytes the first call in here takes. `None`: it is not whole yet.
fn length_of_call(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let body = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    (bytes.len() >= head + body).then_some(head + body)
}

#[test]
fn a_call_is_carried_once_it_is_whole() {
    let call = b"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbodyGET";
    assert_eq!(length_of_call(&call[..30]), None);
    assert_eq!(length_of_call(&call[..41]), None);
    assert_eq!(length_of_call(call), Some(42));
}
