//! P5: the same questions of a short history and of a long one.
//!
//! The laws: the two are asked in turns, so that whatever else the machine does happens to both; the short one is asked
//! twice in each turn, and where even these two differ, the run is void.

/// A server with a history.
mod house;

use crate::clock;
use crate::figures::{Latencies, Summary};
use crate::people::Guest;
use crate::plan::Plan;
use crate::program::Program;
use crate::verdict::{Better, Target, Verdict};
use anyhow::{Result, ensure};
use house::{House, PAGE};
use serde::Serialize;

/// What grows, on one engine.
#[derive(Serialize)]
pub struct Growth {
    pub few_conversations: i64,
    pub many_conversations: i64,
    pub short_thread: i64,
    pub long_thread: i64,
    pub comparisons: Vec<Comparison>,
    /// The server's own memory after the same calls, and after the whole of the long thread was read. **Units**: bytes.
    pub memory_few: u64,
    pub memory_many: u64,
}

/// One question, asked of both.
#[derive(Serialize)]
pub struct Comparison {
    pub question: &'static str,
    pub about: About,
    pub small: Summary,
    pub large: Summary,
    /// Median over median.
    pub ratio: f64,
    /// The small one's median over its own second median.
    pub control: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Thread,
    Inbox,
}

const THREAD: Target = Target {
    part: "P5",
    what: "Opening a thread of 100,000 messages over one of 100",
    unit: " ×",
    better: Better::Lower,
    first: 1.5,
    goal: None,
    closes: "A statement walks the thread: look at its plan.",
};

const INBOX: Target = Target {
    what: "The inbox at 100,000 conversations over 1,000",
    closes: "A statement walks the conversations: look at its plan.",
    ..THREAD
};

/// **Source** of the bound: the page caches of nine SQLite connections, 4 MB each (`server/src/database/open.rs`).
const MEMORY: Target = Target {
    what: "Memory that a hundred times the history adds",
    unit: " MB",
    first: 40.0,
    closes: "Something keeps what it read.",
    ..THREAD
};

impl Comparison {
    /// The same question of the same history took another time, and that much could have made the difference.
    pub fn is_void(&self) -> bool {
        let noise = self.control.max(1.0 / self.control);
        noise > 1.25 && self.ratio <= THREAD.first * noise * noise
    }
}

impl Growth {
    /// How much more the long history takes. **Units**: megabytes.
    pub fn memory_growth_mb(&self) -> f64 {
        let bytes = self.memory_many.saturating_sub(self.memory_few);
        crate::figures::megabytes(bytes)
    }

    pub fn verdicts(&self, engine: &str) -> Vec<Verdict> {
        let worst = |about: About| {
            let of = self
                .comparisons
                .iter()
                .filter(move |one| one.about == about);
            of.max_by(|one, other| one.ratio.total_cmp(&other.ratio))
        };
        let mut verdicts = Vec::new();
        for (target, about) in [(THREAD, About::Thread), (INBOX, About::Inbox)] {
            if let Some(worst) = worst(about) {
                let case = format!("{engine}, the worst of its questions");
                verdicts.push(target.verdict(case, worst.ratio).void_if(worst.is_void()));
            }
        }
        verdicts.push(MEMORY.verdict(engine, self.memory_growth_mb()));
        verdicts
    }
}

/// Fills two databases and asks both. `few` and `many` are servers that were never started.
pub async fn growth(few: &Program, many: &Program, plan: &Plan) -> Result<Growth> {
    let begun = clock::now();
    let few_house = House::build(few, plan.few_conversations, plan).await?;
    let many_house = House::build(many, plan.many_conversations, plan).await?;
    println!("  filled in {:.1} s", begun.elapsed().as_secs_f64());
    let mut comparisons = Vec::new();
    for question in QUESTIONS {
        let comparison = question.ask(&few_house, &many_house, plan.rounds).await?;
        println!(
            "  {}: {:.2} ms and {:.2} ms, {:.2} times (the same twice: {:.2} times)",
            comparison.question,
            comparison.small.p50_ms,
            comparison.large.p50_ms,
            comparison.ratio,
            comparison.control
        );
        comparisons.push(comparison);
    }
    let pages = usize::try_from(plan.long_thread / PAGE)?;
    few_house.read_through(&few_house.short, pages).await?;
    many_house.read_through(&many_house.long, pages).await?;
    Ok(Growth {
        few_conversations: plan.few_conversations,
        many_conversations: plan.many_conversations,
        short_thread: plan.short_thread,
        long_thread: plan.long_thread,
        comparisons,
        memory_few: few_house.memory().await?,
        memory_many: many_house.memory().await?,
    })
}

/// Who asks.
#[derive(Clone, Copy)]
enum Asks {
    Guest,
    Agent,
    Colleague,
}

struct Question {
    name: &'static str,
    about: About,
    asks: Asks,
    /// Behind the conversation, for threads.
    path: &'static str,
}

const QUESTIONS: [Question; 6] = [
    Question {
        name: "a thread, by its guest",
        about: About::Thread,
        asks: Asks::Guest,
        path: "",
    },
    Question {
        name: "a thread, by the agent who answers it",
        about: About::Thread,
        asks: Asks::Agent,
        path: "",
    },
    Question {
        name: "a thread, by an agent who never saw it",
        about: About::Thread,
        asks: Asks::Colleague,
        path: "",
    },
    Question {
        name: "a thread, scrolled back",
        about: About::Thread,
        asks: Asks::Guest,
        path: "?before=60",
    },
    Question {
        name: "the inbox",
        about: About::Inbox,
        asks: Asks::Agent,
        path: "/api/inbox",
    },
    Question {
        name: "the inbox, unanswered only",
        about: About::Inbox,
        asks: Asks::Agent,
        path: "/api/inbox?filter=unanswered",
    },
];

impl Question {
    /// The calls for the small and for the large side, ready to travel.
    fn calls(&self, few: &House, many: &House) -> (Vec<u8>, Vec<u8>) {
        let call = |house: &House, guest: &Guest| {
            let person = match self.asks {
                Asks::Guest => &guest.person,
                Asks::Agent => &house.agent,
                Asks::Colleague => &house.colleague,
            };
            let path = match self.about {
                About::Inbox => self.path.to_owned(),
                About::Thread => {
                    format!(
                        "/api/conversations/{}/messages{}",
                        guest.conversation_id, self.path
                    )
                }
            };
            house.call(person, &path)
        };
        match self.about {
            About::Inbox => (call(few, &few.short), call(many, &many.long)),
            // Both on the server with the long history.
            About::Thread => (call(many, &many.short), call(many, &many.long)),
        }
    }

    async fn ask(&self, few: &House, many: &House, rounds: usize) -> Result<Comparison> {
        let (small_call, large_call) = self.calls(few, many);
        let small_house = match self.about {
            About::Inbox => few,
            About::Thread => many,
        };
        let mut to_small = small_house.connection().await?;
        let mut to_again = small_house.connection().await?;
        let mut to_large = many.connection().await?;
        let (mut small, mut again, mut large) =
            (Latencies::new(), Latencies::new(), Latencies::new());
        // The first ones fill caches and prepare statements, which is not what grows.
        for round in 0..rounds + rounds / 4 {
            let counts = round >= rounds / 4;
            for (connection, call, latencies) in [
                (&mut to_small, &small_call, &mut small),
                (&mut to_large, &large_call, &mut large),
                (&mut to_again, &small_call, &mut again),
            ] {
                let begun = clock::now();
                let answer = connection.call(call).await?;
                ensure!(
                    answer.status == 200,
                    "{}: status {}",
                    self.name,
                    answer.status
                );
                if counts {
                    latencies.record(begun.elapsed());
                }
            }
        }
        let (small, again, large) = (small.summary(), again.summary(), large.summary());
        Ok(Comparison {
            question: self.name,
            about: self.about,
            small,
            large,
            ratio: large.p50_ms / small.p50_ms,
            control: again.p50_ms / small.p50_ms,
        })
    }
}
