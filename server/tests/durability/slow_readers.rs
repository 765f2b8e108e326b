//! R8: a connection has a fixed amount of memory; who does not read is cut off, and nobody else waits.
//!
//! The law: the same load without them, beside them, and on a quiet machine without them again, in one run: what differs
//! between the two without them is the machine. The kernel says who is still connected. Seen red with a queue without
//! bounds, which whoever reads too little all the time fills for ever, and with a server that also waits for ever for
//! whoever takes nothing.

use crate::fault_proxy::{Fault, FaultProxy};
use crate::world::{World, is_long};
use anyhow::{Result, ensure};
use porchlight_bench::clock;
use porchlight_bench::http::Encoding;
use porchlight_bench::load::{self, Load};
use porchlight_bench::people::Person;
use porchlight_bench::process;
use porchlight_bench::program::Server;
use porchlight_bench::socket::Socket;
use shared::ids::Position;
use std::time::{Duration, Instant};

/// By when a reader who does not read is cut off.
const CUT_OFF: Duration = Duration::from_secs(60);
/// That a whole run may cost because of them. **Units**: bytes.
const MEMORY: u64 = 100 * 1024 * 1024;

/// The ways in which somebody reads too slowly.
const SLOW: [Fault; 3] = [Fault::Drip, Fault::Trickle, Fault::Frozen];

struct Plan {
    healthy: usize,
    /// At one byte a second; as many read a little all the time, and as many do not read at all.
    dripping: usize,
    load: Load,
    /// How much later the healthy may get everything: a factor, and milliseconds on top.
    later: (f64, f64),
}

impl Plan {
    /// The short form shares its cores with other tests, so it asks only whether anybody waited for the slow ones.
    fn of_this_run() -> Self {
        let load = |rate, measured_s| Load {
            rate,
            warm_up_s: 1,
            measured_s,
        };
        if is_long() {
            Self {
                healthy: 100,
                dripping: 20,
                load: load(100, 60),
                later: (1.1, 1.0),
            }
        } else {
            Self {
                healthy: 8,
                dripping: 4,
                load: load(150, 14),
                later: (2.0, 250.0),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_read_is_cut_off_and_nobody_waits_for_them() -> Result<()> {
    let plan = Plan::of_this_run();
    let people = plan.healthy + SLOW.len() * plan.dripping;
    let world = World::on_sqlite(people)?;
    let server = world.program.start().await?;
    let mut agents = world.agents(people).await?;
    let slow = agents.split_off(plan.healthy);
    let guests = world.guests(plan.load.guests()).await?;
    let alone = load::run(&server, plan.load, &guests, &agents).await?;
    ensure!(
        alone.nothing_lost(),
        "something was lost before anybody was slow"
    );

    let before = process::resident_memory(server.process_id())?;
    let mut connected = Vec::new();
    for (people, fault) in slow.chunks(plan.dripping).zip(SLOW) {
        connected.push(Slow::connect(&server, people, fault).await?);
    }
    let began = clock::now();
    let beside = load::run(&server, plan.load, &guests, &agents).await?;
    ensure!(
        beside.nothing_lost() && beside.lost_sockets.is_empty(),
        "the healthy lost something: {:?} {:?}",
        beside.delivered,
        beside.lost_sockets
    );
    let grown = process::resident_memory(server.process_id())?.saturating_sub(before);
    println!(
        "Healthy readers: p50 {:.2} → {:.2} ms, p99 {:.2} → {:.2} ms; memory grew by {} KiB.",
        alone.delivery.p50_ms,
        beside.delivery.p50_ms,
        alone.delivery.p99_ms,
        beside.delivery.p99_ms,
        grown / 1024
    );
    ensure!(grown < MEMORY, "memory grew by {grown} bytes");
    for slow in &connected {
        slow.are_cut_off(&server, began).await?;
    }
    println!("Cut off within {:.0} s.", began.elapsed().as_secs_f64());
    let mut without = alone.delivery.p99_ms;
    if is_long() {
        let again = load::run(&server, plan.load, &guests, &agents).await?;
        println!("Without them again: p99 {:.2} ms.", again.delivery.p99_ms);
        without = without.max(again.delivery.p99_ms);
    }
    let (factor, slack) = plan.later;
    ensure!(
        beside.delivery.p99_ms <= without * factor + slack,
        "the healthy waited for the slow"
    );
    come_back(&world, &server, slow.first().into_iter().chain(slow.last())).await?;
    world.end().await
}

/// Agents behind a network that hardly carries anything.
struct Slow {
    proxy: FaultProxy,
    /// Held open on this side: it is the server that ends it.
    _sockets: Vec<Socket>,
}

impl Slow {
    async fn connect(server: &Server, people: &[Person], fault: Fault) -> Result<Self> {
        let proxy = FaultProxy::start(server.program().address()).await?;
        let mut sockets = Vec::new();
        for person in people {
            let program = server.program();
            sockets.push(Socket::open_at(proxy.address(), program, person, Encoding::Json).await?);
        }
        proxy.set(fault);
        ensure!(
            proxy.held_by(server.program().address())? == people.len(),
            "the slow ones are not connected"
        );
        Ok(Self {
            proxy,
            _sockets: sockets,
        })
    }

    async fn are_cut_off(&self, server: &Server, began: Instant) -> Result<()> {
        loop {
            let held = self.proxy.held_by(server.program().address())?;
            if held == 0 {
                return Ok(());
            }
            ensure!(
                began.elapsed() < CUT_OFF,
                "{held} who do not read are still connected"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

/// What they missed is all there: they are as well informed as if they had read.
async fn come_back(
    world: &World,
    server: &Server,
    people: impl Iterator<Item = &Person>,
) -> Result<()> {
    for person in people {
        Socket::open(server.program(), person, Encoding::Json).await?;
        let inbox: shared::inbox::InboxPage = world
            .get(person, "/api/inbox?filter=all&limit=100")
            .await?
            .read()?;
        for row in inbox.conversations.iter().take(3) {
            let messages = world
                .messages(person, &row.conversation_id, Position::NONE)
                .await?;
            ensure!(
                messages.last().map(|last| last.position) == Some(row.last_position),
                "who came back does not see everything"
            );
        }
    }
    Ok(())
}
