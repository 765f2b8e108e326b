//! P1, P2, P4, P6: bytes that a visitor downloads, memory of idle connections, the start.
//!
//! The law: bytes are counted as they travel, memory is the kernel's count.

use crate::delivery::Crowd;
use crate::figures::{kibibytes, megabytes};
use crate::http::{Call, Connection, Encoding};
use crate::plan::Plan;
use crate::process;
use crate::program::{Program, Server};
use crate::socket::Socket;
use crate::verdict::{Better, Target, Verdict};
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

/// What a visitor downloads. **Units**: bytes, as the server sends them to a browser that takes brotli.
#[derive(Clone, Serialize)]
pub struct Weights {
    /// P1: the loader.
    pub page_view: usize,
    /// P1: the loader of a site that shows it on some pages only.
    pub page_view_with_rules: usize,
    /// P2: the frame's page and everything it names.
    pub first_open: usize,
    pub files: Vec<File>,
}

/// One file.
#[derive(Clone, Serialize)]
pub struct File {
    pub path: String,
    pub brotli: usize,
    pub raw: usize,
}

const PAGE_VIEW: Target = Target {
    part: "P1",
    what: "Page view without intent",
    unit: " bytes",
    better: Better::Lower,
    first: 2_000.0,
    goal: Some(2_000.0),
    closes: "Every rule of the launcher's style sheet and every event of the page's API has its price.",
};

const PAGE_VIEW_WITH_RULES: Target = Target {
    what: "the same with URL rules",
    first: 2_400.0,
    closes: "URL rules are matched in the page; matching on the server by `Referer` would cost nothing there, and miss pages that change without loading.",
    ..PAGE_VIEW
};

const FIRST_OPEN: Target = Target {
    part: "P2",
    what: "First opening, everything",
    first: 100_000.0,
    goal: Some(80_000.0),
    closes: "The WASM is nearly all of it: what a guest needs only after the first message can be a second file.",
    ..PAGE_VIEW
};

const START: Target = Target {
    part: "P6",
    what: "Start to first answer, median",
    unit: " ms",
    first: 100.0,
    goal: Some(50.0),
    closes: "Opening and checking the database is most of it.",
    ..PAGE_VIEW
};

const START_MEMORY: Target = Target {
    what: "Memory without connections",
    unit: " MB",
    first: 20.0,
    goal: Some(12.0),
    closes: "Most of it are pages of the program file: a smaller binary.",
    ..START
};

const BINARY: Target = Target {
    what: "Binary with everything inside",
    first: 25.0,
    goal: None,
    closes: "The programs for the browser lie in it three times: as they are, as brotli and as gzip.",
    ..START_MEMORY
};

const IDLE: Target = Target {
    part: "P4",
    what: "Memory of an idle visitor's connection",
    unit: " KiB",
    better: Better::Lower,
    first: 24.0,
    goal: Some(12.0),
    closes: "The buffers of the connection before it became a socket, and the task's own state: let go of the first, make the second smaller.",
};

impl Weights {
    pub fn verdicts(&self) -> Vec<Verdict> {
        vec![
            PAGE_VIEW.verdict("", count(self.page_view)),
            PAGE_VIEW_WITH_RULES.verdict("", count(self.page_view_with_rules)),
            FIRST_OPEN.verdict("", count(self.first_open)),
        ]
    }
}

impl Start {
    pub fn verdicts(&self) -> Vec<Verdict> {
        vec![
            START.verdict("", self.median_ms),
            START_MEMORY.verdict("", megabytes(self.resident_bytes)),
            BINARY.verdict("", megabytes(self.binary_bytes)),
        ]
    }
}

impl Idle {
    pub fn verdict(&self) -> Verdict {
        IDLE.verdict("", kibibytes(self.bytes_per_socket))
    }
}

fn count(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::MAX, f64::from)
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
    /// Open at once.
    pub sockets: usize,
    pub bytes_per_socket: u64,
}

/// Asks as a browser would at a page view, and at the first opening.
pub async fn weights(program: &Program) -> Result<Weights> {
    let server = program.start().await?;
    let mut connection = Connection::open(program.address()).await?;
    let loader = weigh(&mut connection, program, "/embed.js").await?;
    let page_view = loader.brotli;
    let mut files = vec![loader, weigh(&mut connection, program, "/widget").await?];
    let page = download(&mut connection, program, "/widget", "identity").await?;
    let page = String::from_utf8(page).context("the frame's page is not text")?;
    for asset in page
        .split('"')
        .filter(|quoted| quoted.starts_with("/assets/"))
    {
        if files.iter().all(|known| known.path != asset) {
            files.push(weigh(&mut connection, program, asset).await?);
        }
    }
    ensure!(
        files.iter().any(|file| file.path.ends_with(".wasm")),
        "the frame's page names no WASM"
    );
    drop(server);
    Ok(Weights {
        page_view,
        page_view_with_rules: loader_with_rules(program).await?,
        first_open: files[1..].iter().map(|file| file.brotli).sum(),
        files,
    })
}

/// The loader of a site that shows the chat on some pages only.
async fn loader_with_rules(program: &Program) -> Result<usize> {
    program.command_line(&["settings", "set", "include_urls", "/shop/*, /help"])?;
    let _server = program.start().await?;
    let mut connection = Connection::open(program.address()).await?;
    Ok(weigh(&mut connection, program, "/embed.js").await?.brotli)
}

async fn weigh(connection: &mut Connection, program: &Program, path: &str) -> Result<File> {
    Ok(File {
        path: path.to_owned(),
        brotli: download(connection, program, path, "br").await?.len(),
        raw: download(connection, program, path, "identity").await?.len(),
    })
}

async fn download(
    connection: &mut Connection,
    program: &Program,
    path: &str,
    encoding: &str,
) -> Result<Vec<u8>> {
    let call = Call::get(path)
        .header("accept-encoding", encoding)
        .bytes(&program.origin());
    let answer = connection
        .call(&call)
        .await
        .with_context(|| format!("{path} was not answered"))?;
    ensure!(
        answer.status != 503,
        "{path} was answered with status 503: this server was built without the files for browsers; `cargo xtask build` builds it with them"
    );
    ensure!(
        answer.status == 200,
        "{path} was answered with status {}",
        answer.status
    );
    Ok(answer.body)
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
///
/// **Errors**: there are too few guests, or the machine lets nobody open so many `files`.
pub async fn idle(program: &Program, crowd: &Crowd, sockets: usize, files: u64) -> Result<Idle> {
    ensure!(
        sockets <= crowd.guests.len() * shared::limits::SOCKETS_PER_SESSION,
        "too few guests for {sockets} sockets"
    );
    ensure!(
        u64::try_from(sockets)? + 200 <= files,
        "{sockets} sockets, and this machine lets a process have {files} files open: `ulimit -n` allows more"
    );
    let server = program.start().await?;
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
