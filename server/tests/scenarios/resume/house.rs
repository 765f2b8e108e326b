//! Where the stories take place: one server, desks for agents, users who may write to each other.
//!
//! The law: stories share the server and nothing else. Two that go on at once have different desks, and no two ever have
//! the same pair of users.

use super::plan::{Kind, Plan};
use super::story::Story;
use crate::harness::{Browser, EVERYTHING, HostServer, Site, cora};
use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use shared::{
    samples::{ADA, MINA, TEO},
    settings::Switch,
};
use std::{
    any::Any,
    panic::AssertUnwindSafe,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use tokio::sync::Barrier;

/// That a story which breaks is told again for, with fewer steps.
const SIMPLIFYING: Duration = Duration::from_secs(30);
/// Between two steps of a story, as the server sees it. **Units**: milliseconds.
const STEP_MS: i64 = 200;

pub struct House<'a> {
    pub site: &'a Site,
    /// Mina and Teo, each with a session of their own at every desk.
    desks: Vec<[Browser<'a>; 2]>,
    users: Vec<Browser<'a>>,
    /// At `/admin`.
    pub ada: Browser<'a>,
    pub host: HostServer<'a>,
    guests: AtomicUsize,
    pairs: AtomicUsize,
    pub counts: Counts,
}

/// What went on, so that a run in which nothing happened proves nothing.
#[derive(Debug, Default)]
pub struct Counts {
    pub kills: AtomicUsize,
    pub signed_in: AtomicUsize,
    pub undone: AtomicUsize,
    pub erased: AtomicUsize,
}

/// A story that broke.
pub struct Broken {
    pub plan: Plan,
    pub why: String,
}

/// Where everybody waits for the server to be killed.
pub struct Pause(Barrier);

impl<'a> House<'a> {
    /// With room for so many stories at once, and so many in all.
    pub async fn open(site: &'a Site, at_once: usize, stories: usize) -> Self {
        site.starts_apart().await;
        let host = site.host(&EVERYTHING).await;
        let ada = site.admin_of(&ADA).await;
        let mut desks = Vec::new();
        for _ in 0..at_once {
            desks.push([site.signed_in(&MINA).await, site.signed_in(&TEO).await]);
        }
        let group = ada.makes_group("Office").await;
        ada.permits(&group, &group, Switch::On).await.unwrap();
        let mut users = Vec::new();
        // As many pairs as there are stories, and some for those that are told again.
        while pairs_of(users.len()) < stories + 200 {
            for _ in 0..2 {
                let number = 1_000_000 + u32::try_from(users.len()).unwrap();
                let user = site.signed_in(cora(number)).await;
                ada.puts_in(&group, &user.person_id().await).await;
                users.push(user);
            }
        }
        site.settles().await;
        Self {
            site,
            desks,
            users,
            ada,
            host,
            guests: AtomicUsize::new(0),
            pairs: AtomicUsize::new(0),
            counts: Counts::default(),
        }
    }

    /// Tells all of them at once. The first that breaks ends the others.
    pub async fn tell(&self, plans: &[Plan]) -> Option<Broken> {
        let pause = Pause(Barrier::new(plans.len()));
        let telling = plans.iter().enumerate().map(|(place, plan)| {
            let telling = self.tell_one(place, plan, &pause);
            async move {
                let told = AssertUnwindSafe(telling).catch_unwind().await;
                told.err().map(|panic| Broken {
                    plan: plan.clone(),
                    why: words(&*panic),
                })
            }
        });
        let mut telling: FuturesUnordered<_> = telling.collect();
        while let Some(ended) = telling.next().await {
            if ended.is_some() {
                return ended;
            }
        }
        None
    }

    async fn tell_one(&self, place: usize, plan: &Plan, pause: &Pause) {
        let mut story = match plan.kind {
            Kind::Support => {
                Story::with_support(self, self.guest().await, &self.desks[place]).await
            }
            Kind::Direct => Story::among_two(self, self.next_pair()).await,
        };
        for (number, step) in plan.steps.iter().enumerate() {
            if number == plan.killed_before {
                self.is_killed(pause, &mut story).await;
            }
            self.site.clock.advance(STEP_MS);
            story.goes_on(*step, number).await;
        }
        if plan.killed_before >= plan.steps.len() {
            self.is_killed(pause, &mut story).await;
        }
        story.ends().await;
    }

    /// The server is killed under everybody at once, and there is another in its place.
    async fn is_killed(&self, Pause(everybody): &Pause, story: &mut Story<'_>) {
        if everybody.wait().await.is_leader() {
            self.counts.kills.fetch_add(1, Ordering::Relaxed);
            self.site.is_killed().await;
        }
        everybody.wait().await;
        story.is_cut_off();
    }

    /// Leaves out ever smaller stretches, for as long as what is left breaks too.
    pub async fn simplest(&self, mut broken: Broken) -> Broken {
        #[expect(
            clippy::disallowed_methods,
            reason = "looking for less to read takes no longer than this"
        )]
        let began = Instant::now();
        let mut length = broken.plan.steps.len() / 2;
        while length > 0 {
            let mut from = 0;
            while from < broken.plan.steps.len() && began.elapsed() < SIMPLIFYING {
                let shorter = broken.plan.without(from, length);
                match self.tell(std::slice::from_ref(&shorter)).await {
                    Some(still) => broken = still,
                    None => from += length,
                }
            }
            length /= 2;
        }
        broken
    }

    /// Somebody who was never here.
    async fn guest(&self) -> Browser<'a> {
        let number = self.guests.fetch_add(1, Ordering::Relaxed);
        let peer = format!("10.{}.{}.7", number / 256, number % 256);
        self.site
            .browser(cora(u32::try_from(number).unwrap()))
            .behind(peer)
    }

    /// Two users who have not met, in the order of a tournament: neighbours in it have nobody in common.
    fn next_pair(&self) -> [Browser<'a>; 2] {
        let number = self.pairs.fetch_add(1, Ordering::Relaxed);
        let (round, table) = (
            number / (self.users.len() / 2),
            number % (self.users.len() / 2),
        );
        let others = self.users.len() - 1;
        let one = (round + table) % others;
        let other = match table {
            0 => others,
            _ => (round + others - table) % others,
        };
        [self.users[one].clone(), self.users[other].clone()]
    }

    pub fn counted(&self) -> &Counts {
        let Counts {
            kills,
            signed_in,
            undone,
            erased,
        } = &self.counts;
        for count in [kills, signed_in, undone, erased] {
            assert!(
                count.load(Ordering::Relaxed) > 0,
                "too little happened: {:?}",
                self.counts
            );
        }
        &self.counts
    }
}

const fn pairs_of(users: usize) -> usize {
    users * users.saturating_sub(1) / 2
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_else(|| "it broke without a word".into())
}
