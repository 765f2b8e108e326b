//! P4: everybody comes back at once.
//!
//! The law: the server is killed and started again, nobody spreads their return, and back means resumed: connected,
//! welcomed, told what is behind, and the thread fetched.

use crate::clock;
use crate::delivery::Crowd;
use crate::figures::{Latencies, Summary};
use crate::http::{Call, Connection, Encoding};
use crate::people::Guest;
use crate::process;
use crate::program::Program;
use crate::socket::Socket;
use crate::verdict::{Better, Target, Verdict};
use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use shared::ids::Revision;
use shared::realtime::{Event, Known, Resume, Signal};
use std::time::Instant;
use tokio::task::JoinSet;

/// What came of it.
#[derive(Serialize)]
pub struct Storm {
    pub sockets: usize,
    /// From the moment when all came back to each one's thread. **Units**: milliseconds.
    pub resumed: Summary,
    /// From the same moment to each one's socket being open.
    pub welcomed: Summary,
    /// Connections that the kernel had to ask for again, on the whole machine: the queue before `accept` was full.
    pub repeated_syns: u64,
    /// Connections that found that queue full.
    pub overflows: u64,
}

const RESUMED: Target = Target {
    part: "P4",
    what: "The last of 1,000 back after a restart",
    unit: " ms",
    better: Better::Lower,
    first: 5_000.0,
    goal: None,
    closes: "Each return reads its session, its role and its thread: fewer statements a return.",
};

const WAITED: Target = Target {
    what: "Of them, connections that found the queue full",
    unit: "",
    first: 0.0,
    closes: "A longer listen backlog, and more of the machine's own (`net.core.somaxconn`).",
    ..RESUMED
};

impl Storm {
    pub fn verdicts(&self) -> Vec<Verdict> {
        // Asked for again for another reason is somebody else's: only an overflow is ours.
        let overflows = u32::try_from(self.overflows).map_or(f64::MAX, f64::from);
        vec![
            RESUMED.verdict("", self.resumed.worst_ms),
            WAITED.verdict("", overflows),
        ]
    }
}

/// Opens so many guests' sockets, kills the server, starts it, and lets all of them come back in one moment.
pub async fn storm(program: &Program, crowd: &Crowd, sockets: usize) -> Result<Storm> {
    ensure!(!crowd.guests.is_empty(), "nobody to come back");
    let guests: Vec<&Guest> = crowd.guests.iter().cycle().take(sockets).collect();
    let mut server = program.start().await?;
    let mut open = Vec::new();
    for guest in &guests {
        open.push(Socket::open(program, &guest.person, Encoding::Postcard).await?);
    }
    server.kill()?;
    drop(open);
    let server = program.start().await?;
    let before = process::listen_counters()?;
    let begun = clock::now();
    let mut returns = JoinSet::new();
    for guest in guests {
        let (program, guest) = (program.clone(), guest.clone());
        returns.spawn(async move { come_back(&program, &guest).await });
    }
    let (mut resumed, mut welcomed) = (Latencies::new(), Latencies::new());
    // Nobody comes back to leave.
    let mut stay = Vec::new();
    while let Some(back) = returns.join_next().await {
        let back = back?.context("somebody did not come back")?;
        welcomed.record(back.welcomed_at - begun);
        resumed.record(back.resumed_at - begun);
        stay.push(back.socket);
    }
    let after = process::listen_counters()?;
    drop(server);
    let storm = Storm {
        sockets,
        resumed: resumed.summary(),
        welcomed: welcomed.summary(),
        repeated_syns: after.repeated_syns.saturating_sub(before.repeated_syns),
        overflows: after.overflows.saturating_sub(before.overflows),
    };
    println!(
        "  back: {}; {} found the queue full",
        storm.resumed, storm.overflows
    );
    Ok(storm)
}

/// Somebody who is back.
struct Back {
    socket: Socket,
    welcomed_at: Instant,
    resumed_at: Instant,
}

/// One frame's return.
async fn come_back(program: &Program, guest: &Guest) -> Result<Back> {
    let mut socket = Socket::open(program, &guest.person, Encoding::Postcard).await?;
    let welcomed_at = clock::now();
    let resume = Signal::Resume(Resume {
        conversations: vec![Known {
            conversation_id: guest.conversation_id.clone(),
            // It missed something: the thread has to be fetched.
            revision: Revision(0),
        }],
    });
    socket.signal(&resume).await?;
    loop {
        match socket.next_event().await? {
            Event::Resumed(resumed) => {
                ensure!(
                    resumed.behind == [guest.conversation_id.clone()],
                    "somebody who missed something was not told so"
                );
                break;
            }
            Event::Refused(problem) => bail!("resuming was refused: {:?}", problem.code),
            _ => {}
        }
    }
    let path = format!(
        "/api/conversations/{}/messages?after=0",
        guest.conversation_id
    );
    let call = guest
        .person
        .makes(Call::get(&path).accept(Encoding::Postcard))
        .bytes(&program.origin());
    let answer = Connection::open(program.address())
        .await?
        .call(&call)
        .await?;
    ensure!(
        answer.status == 200,
        "the thread was answered with status {}",
        answer.status
    );
    Ok(Back {
        socket,
        welcomed_at,
        resumed_at: clock::now(),
    })
}
