//! P1, P2, P4, P6: bytes that a visitor downloads, memory of idle connections, the start.
//!
//! The law: bytes are counted as they travel, memory is the kernel's count.

use crate::delivery::Crowd;
use crate::http::{Call, Connection, Encoding};
use crate::plan::Plan;
use crate::process;
use crate::program::{Program, Server};
use crate::socket::Socket;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

/// What a visitor downloads. **Units**: bytes, as the server sends them to a browser that takes brotli.
#[derive(Clone, Serialize)]
pub struct Weights {
    /// P1: the loader.
    pub page_view: usize,
    /// P2: the frame's page and everything it names.
    pub first_open: usize,
    pub files: Vec<(String, usize)>,
}

/// P6. Memory is without any connection. **Units**: milliseconds and bytes.
#[derive(Clone, Serialize)]
pub struct Start {
    /// With an empty database to be created.
    pub first_ms: f64,
    /// The middle one of the further starts.
    pub median_ms: f64,
    pub worst_ms: f64,
    pub resident_bytes: u64,
    pub private_bytes: u64,
    pub binary_bytes: u64,
}

/// P4. **Units**: bytes of the server's own memory.
#[derive(Clone, Serialize)]
pub struct Idle {
    pub sockets: usize,
    pub bytes_per_socket: u64,
}

/// Asks as a browser would at a page view, and at the first opening.
pub async fn weights(program: &Program) -> Result<Weights> {
    let _server = program.start().await?;
    let mut connection = Connection::open(program.address()).await?;
    let (page_view, _) = download(&mut connection, program, "/embed.js", "br").await?;
    let (mut first_open, _) = download(&mut connection, program, "/widget", "br").await?;
    let (_, page) = download(&mut connection, program, "/widget", "identity").await?;
    let page = String::from_utf8(page).context("the frame's page is not text")?;
    let mut files = vec![
        ("/embed.js".to_owned(), page_view),
        ("/widget".to_owned(), first_open),
    ];
    for asset in page
        .split('"')
        .filter(|quoted| quoted.starts_with("/assets/"))
    {
        if files.iter().all(|(known, _)| known != asset) {
            let (bytes, _) = download(&mut connection, program, asset, "br").await?;
            first_open += bytes;
            files.push((asset.to_owned(), bytes));
        }
    }
    Ok(Weights {
        page_view,
        first_open,
        files,
    })
}

async fn download(
    connection: &mut Connection,
    program: &Program,
    path: &str,
    encoding: &str,
) -> Result<(usize, Vec<u8>)> {
    let call = Call::get(path)
        .header("accept-encoding", encoding)
        .bytes(&program.origin());
    let answer = connection
        .call(&call)
        .await
        .with_context(|| format!("{path} was not answered"))?;
    ensure!(
        answer.status == 200,
        "{path} was answered with status {}",
        answer.status
    );
    Ok((answer.body.len(), answer.body))
}

/// Starts it with nothing there yet, and then again and again.
pub async fn start(program: &Program, plan: &Plan, binary: &Path) -> Result<Start> {
    let binary_bytes = std::fs::metadata(binary)?.len();
    let first = program.start().await?.first_answer();
    let mut times = Vec::new();
    let (mut resident_bytes, mut private_bytes) = (0, 0);
    for _ in 0..plan.starts {
        let server = program.start().await?;
        times.push(server.first_answer());
        // The connection of the question has gone by then.
        tokio::time::sleep(Duration::from_millis(200)).await;
        resident_bytes = process::resident_memory(server.process_id())?;
        private_bytes = process::private_memory(server.process_id())?;
    }
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    Ok(Start {
        first_ms: milliseconds(first),
        median_ms: milliseconds(times[times.len() / 2]),
        worst_ms: milliseconds(times[times.len() - 1]),
        resident_bytes,
        private_bytes,
        binary_bytes,
    })
}

/// Opens sockets for guests on a server that was just started, and weighs it before and after.
pub async fn idle(program: &Program, crowd: &Crowd, plan: &Plan) -> Result<Idle> {
    let server = program.start().await?;
    let sockets = plan
        .sockets
        .min(crowd.guests.len() * shared::limits::SOCKETS_PER_SESSION);
    // What the first ones cost once (tables, buffers, settings read) is not a connection's.
    let mut open = open_sockets(&server, crowd, 0..sockets / 20).await?;
    let before = settled_memory(&server).await?;
    let counted = open.len()..sockets;
    let further = open_sockets(&server, crowd, counted.clone()).await?;
    let after = settled_memory(&server).await?;
    open.extend(further);
    let count = u64::try_from(counted.len().max(1)).context("a count fits")?;
    Ok(Idle {
        sockets: open.len(),
        bytes_per_socket: after.saturating_sub(before) / count,
    })
}

async fn open_sockets(
    server: &Server,
    crowd: &Crowd,
    numbers: std::ops::Range<usize>,
) -> Result<Vec<Socket>> {
    let mut open = Vec::new();
    for number in numbers {
        let guest = &crowd.guests[number % crowd.guests.len()];
        open.push(Socket::open(server.program(), &guest.person, Encoding::Postcard).await?);
    }
    Ok(open)
}

async fn settled_memory(server: &Server) -> Result<u64> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    process::private_memory(server.process_id())
}
