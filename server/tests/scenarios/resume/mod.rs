//! R4: say, retry, look, drop, return, sign in, be undone, be erased, be restarted: the state by events is the state by a
//! fresh read.
//!
//! The laws: whoever stays connected never has to fetch, unless they are told that something else changed; whoever comes
//! back says what they know and fetches what they are told is behind; either way they then know exactly what a stranger
//! would read anew. Many stories go on at once and share the waits for the disk; one that breaks is told again by itself,
//! with ever fewer steps, and printed. Seen red with one event in a hundred left out, with a resume that calls every
//! thread current, and with an erasure that leaves the epoch as it was.

/// Where the stories take place, and telling many at once.
mod house;
/// What happens in one story.
mod plan;
/// What somebody knows of a conversation, as their frame would.
mod reader;
/// One conversation and those who take part in it.
mod story;

use crate::harness::{Engine, Site, chance};
use house::House;
use plan::Plan;

/// Without a wish of its own a run tells this many.
const CASES: usize = 96;
/// Stories that go on at once.
const AT_ONCE: usize = 32;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_state_by_events_is_the_state_by_a_fresh_read_on_sqlite() {
    Site::tell(Engine::Sqlite, nothing_is_missed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_state_by_events_is_the_state_by_a_fresh_read_on_postgres() {
    Site::tell(Engine::Postgres, nothing_is_missed).await;
}

/// How many stories: PORCHLIGHT_TEST_CASES makes it a longer run.
fn cases() -> usize {
    let given = std::env::var("PORCHLIGHT_TEST_CASES");
    given
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(CASES)
}

async fn nothing_is_missed(site: &Site) {
    let (all, mut chance) = (cases(), chance("resuming"));
    let house = House::open(site, AT_ONCE, all).await;
    let mut told = 0;
    while told < all {
        let plans: Vec<Plan> = (0..AT_ONCE.min(all - told))
            .map(|_| Plan::by(&mut chance))
            .collect();
        if let Some(broken) = house.tell(&plans).await {
            let simplest = house.simplest(broken).await;
            panic!("{}\nafter {:?}", simplest.why, simplest.plan);
        }
        told += plans.len();
    }
    println!(
        "{told} stories of {} steps: {:?}",
        plan::STEPS,
        house.counted()
    );
}
