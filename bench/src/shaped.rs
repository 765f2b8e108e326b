//! A slow network, made by a TCP proxy in front of a fast one.
//!
//! The laws: all connections share the one link, as they do behind one phone; a byte is never early. A browser's own
//! throttling does not reach a frame from another site, so the network itself is made slow.

use crate::clock;
use anyhow::Result;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What travels at once. **Units**: bytes. Source: what an Ethernet frame leaves for TCP.
const PIECE: usize = 1_460;
/// Pieces of one connection that are on their way; more wait at the sender, so that nobody fills the link for all.
const WINDOW: usize = 32;

/// How slow.
#[derive(Clone, Copy, Debug)]
pub struct Network {
    pub bits_per_second: u32,
    /// There and back.
    pub round_trip: Duration,
}

/// P2's: what measuring tools call a slow 4G.
pub const PHONE: Network = Network {
    bits_per_second: 1_600_000,
    round_trip: Duration::from_millis(150),
};

/// A running proxy; dropping it closes its door.
pub struct ShapedProxy {
    address: SocketAddr,
    door: JoinHandle<()>,
}

impl ShapedProxy {
    /// In front of `server`.
    pub async fn start(server: SocketAddr, network: Network) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (up, down) = (Link::new(network), Link::new(network));
        let door = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (up, down) = (up.clone(), down.clone());
                tokio::spawn(async move {
                    // The handshake takes its round trip before the first byte may leave.
                    tokio::time::sleep(network.round_trip).await;
                    // However a connection ends, both of its ends see that it ended.
                    let _ended = carry_both_ways(caller, server, up, down).await;
                });
            }
        });
        Ok(Self { address, door })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for ShapedProxy {
    fn drop(&mut self) {
        self.door.abort();
    }
}

/// One direction, shared by all connections.
#[derive(Clone)]
struct Link {
    network: Network,
    /// When what was given to it last has left.
    free_at: Arc<Mutex<Instant>>,
}

impl Link {
    fn new(network: Network) -> Self {
        Self {
            network,
            free_at: Arc::new(Mutex::new(clock::now())),
        }
    }

    /// When this many bytes arrive at the other end, if they are given to it now.
    fn arrival(&self, bytes: usize) -> Instant {
        let bits = u32::try_from(bytes * 8).unwrap_or(u32::MAX);
        let takes = Duration::from_secs(1) * bits / self.network.bits_per_second;
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        *free_at = clock::now().max(*free_at) + takes;
        *free_at + self.network.round_trip / 2
    }
}

async fn carry_both_ways(
    caller: TcpStream,
    server: SocketAddr,
    up: Link,
    down: Link,
) -> Result<()> {
    let server = TcpStream::connect(server).await?;
    caller.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (caller_reads, caller_writes) = caller.into_split();
    let (server_reads, server_writes) = server.into_split();
    let (there, back) = tokio::join!(
        carry(caller_reads, server_writes, up),
        carry(server_reads, caller_writes, down)
    );
    there.and(back)
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, link: Link) -> Result<()> {
    let (send, mut waiting) = mpsc::channel::<(Instant, Vec<u8>)>(WINDOW);
    let reading = async move {
        loop {
            let mut piece = vec![0; PIECE];
            let length = from.read(&mut piece).await?;
            if length == 0 {
                return anyhow::Ok(());
            }
            piece.truncate(length);
            let arrival = link.arrival(length);
            if send.send((arrival, piece)).await.is_err() {
                return Ok(());
            }
        }
    };
    let writing = async move {
        while let Some((arrival, piece)) = waiting.recv().await {
            tokio::time::sleep_until(arrival.into()).await;
            to.write_all(&piece).await?;
        }
        to.shutdown().await?;
        anyhow::Ok(())
    };
    let (read, written) = tokio::join!(reading, writing);
    read.and(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers whatever it reads with this many bytes, once, and closes.
    async fn server(bytes: usize) -> SocketAddr {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut question = [0];
                    stream.read_exact(&mut question).await.unwrap();
                    stream.write_all(&vec![7; bytes]).await.unwrap();
                });
            }
        });
        address
    }

    async fn ask(address: SocketAddr) -> (usize, Duration) {
        let begun = clock::now();
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"?").await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        (answer.len(), begun.elapsed())
    }

    #[tokio::test]
    async fn two_connections_share_one_link_and_no_byte_is_early() {
        let network = Network {
            bits_per_second: 1_600_000,
            round_trip: Duration::from_millis(40),
        };
        let proxy = ShapedProxy::start(server(10_000).await, network)
            .await
            .unwrap();
        let (first, second) = tokio::join!(ask(proxy.address()), ask(proxy.address()));
        // A handshake, a question, an answer: two round trips, and 20,000 bytes at 200 bytes a millisecond.
        assert_eq!((first.0, second.0), (10_000, 10_000));
        let longest = first.1.max(second.1);
        assert!(longest >= Duration::from_millis(180), "{longest:?}");
    }
}
