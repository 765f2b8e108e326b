//! A TCP proxy whose network can be made bad while connections run through it, byte by byte.
//!
//! The law: a fault holds for every connection, those of before and those that come; lifting it mends what can be mended.

use anyhow::{Context, Result};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the network does to what passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: everything passes.
    Fine,
    /// Everything passes later.
    Late(Duration),
    /// One byte a second.
    Drip,
    /// A little all the time: 8 KiB a second.
    Trickle,
    /// What goes to the server is lost; what comes from it arrives.
    DeafServer,
    /// What comes from the server is lost; what goes to it arrives.
    DeafClient,
    /// Both are lost, and nobody is told.
    Cut,
    /// Nothing is taken from either side, so their buffers fill up.
    Frozen,
    /// Every connection is reset, the new ones too.
    Reset,
}

/// Which way something goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    ToServer,
    ToClient,
}

/// A running proxy; dropping it closes its door and everything that runs through it.
pub struct FaultProxy {
    address: SocketAddr,
    fault: watch::Sender<Fault>,
    /// Our ends of the connections to the server.
    ends: Arc<Mutex<Vec<SocketAddr>>>,
    door: JoinHandle<()>,
}

impl FaultProxy {
    /// In front of `server`, with nothing wrong.
    pub async fn start(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let (fault, faults) = watch::channel(Fault::Fine);
        let ends = Arc::<Mutex<Vec<SocketAddr>>>::default();
        let known = Arc::clone(&ends);
        let door = tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let (faults, known) = (faults.clone(), Arc::clone(&known));
                // However a connection ends, its caller sees that it ended.
                tokio::spawn(async move { carry(caller, server, faults, &known).await.ok() });
            }
        });
        Ok(Self {
            address,
            fault,
            ends,
            door,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// From now on, until something else is said.
    pub fn set(&self, fault: Fault) {
        self.fault.send_replace(fault);
    }

    /// How many of its connections the server holds open, as the kernel says.
    pub fn held_by(&self, server: SocketAddr) -> Result<usize> {
        const ESTABLISHED: &str = "01";
        let table = fs::read_to_string("/proc/net/tcp").context("needs Linux")?;
        let ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        let held = table.lines().filter(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let (own, other, state) = (fields.next(), fields.next(), fields.next());
            own.and_then(port) == Some(server.port())
                && state == Some(ESTABLISHED)
                && ends
                    .iter()
                    .any(|end| other.and_then(port) == Some(end.port()))
        });
        Ok(held.count())
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.set(Fault::Reset);
        self.door.abort();
    }
}

/// The port in `0100007F:1F90`.
fn port(address: &str) -> Option<u16> {
    u16::from_str_radix(address.split_once(':')?.1, 16).ok()
}

async fn carry(
    caller: TcpStream,
    server: SocketAddr,
    faults: watch::Receiver<Fault>,
    ends: &Mutex<Vec<SocketAddr>>,
) -> Result<()> {
    // Small, so that a reader who does not read is soon felt.
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(8 * 1024)?;
    let server = socket.connect(server).await?;
    for stream in [&caller, &server] {
        stream.set_nodelay(true)?;
        // Closing is a reset: no end of ours is mistaken for a polite one.
        stream.set_zero_linger()?;
    }
    ends.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(server.local_addr()?);
    let (from_caller, to_caller) = caller.into_split();
    let (from_server, to_server) = server.into_split();
    // The first that ends drops both: half a connection is a fault of its own, and not one of these.
    tokio::select! {
        ended = pump(Way::ToServer, from_caller, to_server, faults.clone()) => ended,
        ended = pump(Way::ToClient, from_server, to_caller, faults) => ended,
    }
}

async fn pump(
    way: Way,
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut faults: watch::Receiver<Fault>,
) -> Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let fault = *faults.borrow_and_update();
        let room = match fault {
            Fault::Reset => return Ok(()),
            Fault::Frozen => {
                faults.changed().await?;
                continue;
            }
            Fault::Drip => 1,
            Fault::Trickle => 2 * 1024,
            _ => buffer.len(),
        };
        let length = tokio::select! {
            length = from.read(&mut buffer[..room]) => length?,
            changed = faults.changed() => {
                changed?;
                continue;
            }
        };
        if length == 0 {
            return Ok(());
        }
        match fault {
            Fault::Late(delay) => tokio::time::sleep(delay).await,
            Fault::Drip => tokio::time::sleep(Duration::from_secs(1)).await,
            Fault::Trickle => tokio::time::sleep(Duration::from_millis(250)).await,
            _ => {}
        }
        let is_lost = match fault {
            Fault::Cut => true,
            Fault::DeafServer => way == Way::ToServer,
            Fault::DeafClient => way == Way::ToClient,
            _ => false,
        };
        if !is_lost {
            to.write_all(&buffer[..length]).await?;
        }
    }
}
