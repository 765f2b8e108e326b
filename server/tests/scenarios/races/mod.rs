//! R6: a conversion is atomic, happens once and can be taken back, whatever happens at the same time.
//!
//! The laws: every conversation has one owner; no message is lost, doubled or reordered; what a guest's cookie may read
//! never grows; ended sessions are dead at once by HTTP and within two seconds on sockets. A thousand interleavings of
//! guests who write, tabs that sign in at once, undo, agents who answer, sockets that drop and servers that are killed;
//! on Postgres with two nodes on one database. Each run prints its seed.

/// What everybody does in one story, all at once.
mod actors;
/// A failure after each statement of a conversion, of its undoing, and of the sign-in around it.
mod failpoints;
/// What the guest's browser does: writes, reads, listens.
mod guest;
/// A hundred open sockets.
mod hundred;
/// What one node does, the other enforces.
mod nodes;
/// What must be true afterwards.
mod oracle;
/// What is stored, as the oracle reads it.
mod rows;
/// One guest's story: who takes part, and what they were told.
mod story;

use crate::harness::{Browser, Engine, Site};
use actors::happens;
use fastrand::Rng;
use futures_util::future::join_all;
use shared::samples::{ADA, LONG, MINA, NOOR, Person, TEO};
use std::time::Duration;
use story::{Story, World};
use tokio::time::timeout;

/// In one run.
const STORIES: u32 = 1_000;
/// Stories that go on at once while nobody is killed.
const CALM: u32 = 100;
/// Stories under one kill.
const UNDER_A_KILL: u32 = 10;
/// Each answers a share of the guests: nobody may write more than 20 messages in 10 seconds.
const AGENTS: [&Person; 5] = [&MINA, &TEO, &ADA, &NOOR, &LONG];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r6_a_thousand_interleavings_on_sqlite() {
    Site::tell(Engine::Sqlite, async |site| race(&[site]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r6_a_thousand_interleavings_on_two_nodes_on_postgres() {
    Site::tell(Engine::Postgres, async |site| {
        let other = site.another_node().await;
        race(&[site, &other]).await;
        other.stop().await;
    })
    .await;
}

/// How many stories: PORCHLIGHT_TEST_STORIES makes it a longer run.
fn stories() -> u32 {
    let given = std::env::var("PORCHLIGHT_TEST_STORIES");
    given
        .ok()
        .and_then(|stories| stories.parse().ok())
        .unwrap_or(STORIES)
}

async fn race(nodes: &[&Site]) {
    let mut chance = crate::harness::chance("races");
    let world = World::open(nodes, &AGENTS).await;
    let mut told: Vec<Story<'_>> = Vec::new();
    let (mut number, mut killed, all) = (0, 0, stories());
    while number < all {
        // Five rounds of seven, so that it falls on one story in five.
        let is_killed = chance.u32(..7) < 5;
        let many = if is_killed { UNDER_A_KILL } else { CALM }.min(all - number);
        let neighbour = told.last();
        let begun = (number..number + many).map(|number| {
            let chance = chance.fork();
            Story::begin(&world, number, neighbour, chance)
        });
        let stories = in_time("the beginnings", join_all(begun)).await;
        let go_on = join_all(stories.iter().map(|story| {
            let what = format!("story {}", story.number);
            let happens = happens(story, chance.fork());
            async move { in_time(&what, happens).await }
        }));
        if is_killed {
            killed += many;
            let kill = in_time("a kill", kill(nodes, chance.fork()));
            tokio::join!(go_on, kill);
        } else {
            go_on.await;
        }
        number += many;
        told.extend(stories);
    }
    let counted = oracle::judge(&world, &told).await;
    println!("{number} stories, {killed} of them under a kill: {counted:?}");
    counted.is_a_race();
}

/// What nobody would wait for any longer says so by its name.
async fn in_time<Output>(what: &str, happens: impl Future<Output = Output>) -> Output {
    match timeout(Duration::from_secs(60), happens).await {
        Ok(output) => output,
        Err(_) => panic!("{what} came to no end"),
    }
}

/// Kills one node, somewhere among what goes on, and perhaps another one after it.
async fn kill(nodes: &[&Site], mut chance: Rng) {
    for _ in 0..chance.u32(1..3) {
        tokio::time::sleep(Duration::from_micros(chance.u64(2_000..60_000))).await;
        nodes[chance.usize(..nodes.len())].is_killed().await;
    }
}

/// Somebody of the staff, signed in.
async fn agent<'a>(site: &'a Site, person: &'static Person) -> Browser<'a> {
    site.signed_in(person).await
}
