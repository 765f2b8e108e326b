//! Durable delivery under load: guests send at an open rate, every agent receives.
//!
//! The law: messages leave at their intended moments, whatever became of those before.

use crate::clock;
use crate::figures::{Latencies, Summary};
use crate::http::{Connection, Encoding};
use crate::outcome::{Cores, Effort, Outcome};
use crate::pacing::{Arrivals, Schedule};
use crate::people::{self, Guest, Person};
use crate::program::Server;
use crate::socket::Socket;
use anyhow::{Context, Result, ensure};
use shared::conversation::{SendMessage, Sent};
use shared::realtime::Event;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;

/// More guests than this share connections: the bench has only so many.
const CONNECTIONS: usize = 600;

/// How long after the last message to wait for what is still on its way.
const DRAIN: Duration = Duration::from_secs(10);

/// What is asked of the server.
#[derive(Clone, Copy)]
pub struct Load {
    /// **Units**: messages a second.
    pub rate: u32,
    /// Sent at the same rate, not counted.
    pub warm_up_s: u32,
    pub measured_s: u32,
}

impl Load {
    /// Guests enough that nobody sends more than 1.8 messages a second (the limit is 20 in 10 s).
    pub fn guests(self) -> usize {
        usize::try_from(self.rate * 5 / 9 + 1).expect("a rate fits")
    }

    fn skipped(self) -> usize {
        usize::try_from(self.rate * self.warm_up_s).expect("a run fits")
    }

    fn messages(self) -> usize {
        usize::try_from(self.rate * (self.warm_up_s + self.measured_s)).expect("a run fits")
    }
}

/// Sends at the load's rate from the guests to the agents.
pub async fn run(
    server: &Server,
    load: Load,
    guests: &[Guest],
    agents: &[Person],
) -> Result<Outcome> {
    ensure!(
        guests.len() >= load.guests(),
        "too few guests for this rate"
    );
    let run = fastrand::u32(..);
    let calls = calls(server, load, run, &guests[..load.guests()]);
    let (writers, readers) = connections(server, load.guests().min(CONNECTIONS)).await?;
    let mut sockets = Vec::new();
    for agent in agents {
        sockets.push(Socket::open(server.program(), agent, Encoding::Postcard).await?);
    }
    // Everything is up; the clock starts in a moment.
    let schedule = Schedule::new(clock::now() + Duration::from_millis(200), load.rate);
    let watch = Watch::new(&schedule, calls.len(), agents.len());
    let mut tasks = JoinSet::new();
    for reader in readers {
        tasks.spawn(watch.clone().read_answers(reader, run));
    }
    for (agent, socket) in sockets.into_iter().enumerate() {
        tasks.spawn(watch.clone().read_events(socket, agent, run));
    }
    let effort = Effort::begin(server)?;
    let pacer = schedule.run(calls.len(), send_each(calls, writers));
    let lateness = tokio::task::spawn_blocking(move || pacer.join())
        .await?
        .map_err(|_| anyhow::anyhow!("the pacing thread panicked"))??;
    watch.wait_for_the_rest(load.messages()).await;
    let cores = effort.end(server)?;
    tasks.shutdown().await;
    Ok(watch.outcome(
        load,
        &schedule,
        lateness.latencies(load.skipped()).summary(),
        cores,
    ))
}

/// Every call of the run, as bytes: message `n` comes from guest `n mod guests`.
fn calls(server: &Server, load: Load, run: u32, guests: &[Guest]) -> Vec<Box<[u8]>> {
    let origin = server.program().origin();
    let call = |number: usize| {
        let guest = &guests[number % guests.len()];
        let text = format!("{run} {number} When will the lamp arrive that I ordered on Monday?");
        let message = SendMessage {
            client_id: people::client_id(),
            text,
            reply_to: None,
        };
        guest
            .person
            .sends(
                &origin,
                &guest.conversation_id,
                &message,
                Encoding::Postcard,
            )
            .into()
    };
    (0..load.messages()).map(call).collect()
}

/// The number of the message in its text, if it belongs to this run.
fn number_in(text: &str, run: u32) -> Option<usize> {
    let mut words = text.split(' ');
    let of_this_run = words.next()?.parse() == Ok(run);
    words.next()?.parse().ok().filter(|_| of_this_run)
}

async fn connections(
    server: &Server,
    count: usize,
) -> Result<(Vec<std::net::TcpStream>, Vec<Connection>)> {
    let mut ends = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (writer, reader) = Connection::open(server.program().address())
            .await?
            .split()?;
        ends.0.push(writer);
        ends.1.push(reader);
    }
    Ok(ends)
}

/// Writes each call in one go; the sockets' buffers are far larger than a call, so it does not wait.
fn send_each(
    calls: Vec<Box<[u8]>>,
    mut writers: Vec<std::net::TcpStream>,
) -> impl FnMut(usize) -> Result<()> + Send {
    move |number| {
        let writer = number % writers.len();
        writers[writer]
            .write_all(&calls[number])
            .context("a call did not fit into its connection")
    }
}

/// Who sees what arrive.
#[derive(Clone)]
struct Watch {
    acknowledged: Arrivals,
    delivered: Vec<Arrivals>,
    refused: Arc<Mutex<BTreeMap<u16, usize>>>,
    lost_sockets: Arc<Mutex<Vec<String>>>,
}

impl Watch {
    fn new(schedule: &Schedule, messages: usize, agents: usize) -> Self {
        let arrivals = || Arrivals::new(schedule.start(), messages);
        Self {
            acknowledged: arrivals(),
            delivered: (0..agents).map(|_| arrivals()).collect(),
            refused: Arc::default(),
            lost_sockets: Arc::default(),
        }
    }

    async fn read_answers(self, mut connection: Connection, run: u32) {
        while let Ok(answer) = connection.answer().await {
            match answer
                .read::<Sent>()
                .ok()
                .and_then(|sent| number_in(&sent.message.text, run))
            {
                Some(number) => self.acknowledged.note(number),
                None => {
                    *self
                        .refused
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .entry(answer.status)
                        .or_default() += 1
                }
            }
        }
    }

    async fn read_events(self, mut socket: Socket, agent: usize, run: u32) {
        loop {
            match socket.next_event().await {
                Ok(Event::MessageSent(sent)) => {
                    if let Some(number) = number_in(&sent.message.text, run) {
                        self.delivered[agent].note(number);
                    }
                }
                Ok(_) => {}
                Err(reason) => {
                    let mut lost = self
                        .lost_sockets
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner);
                    return lost.push(format!("agent {}: {reason}", agent + 1));
                }
            }
        }
    }

    fn is_complete(&self, count: usize) -> bool {
        self.acknowledged.count() == count
            && self
                .delivered
                .iter()
                .all(|delivered| delivered.count() == count)
    }

    async fn wait_for_the_rest(&self, count: usize) {
        let until = clock::now() + DRAIN;
        while !self.is_complete(count) && clock::now() < until {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn outcome(&self, load: Load, schedule: &Schedule, lateness: Summary, cores: Cores) -> Outcome {
        let (mut all, mut last, mut acknowledged) =
            (Latencies::new(), Latencies::new(), Latencies::new());
        for number in load.skipped()..load.messages() {
            let each: Vec<u64> = self
                .delivered
                .iter()
                .filter_map(|delivered| delivered.latency(schedule, number))
                .collect();
            each.iter()
                .for_each(|latency| all.record_nanoseconds(*latency));
            if let Some(latency) = each.iter().max() {
                last.record_nanoseconds(*latency);
            }
            if let Some(latency) = self.acknowledged.latency(schedule, number) {
                acknowledged.record_nanoseconds(latency);
            }
        }
        Outcome {
            rate: load.rate,
            sent: load.messages(),
            acknowledged: self.acknowledged.count(),
            delivered: self.delivered.iter().map(Arrivals::count).collect(),
            repeated: self.acknowledged.repeated()
                + self.delivered.iter().map(Arrivals::repeated).sum::<u64>(),
            refused: self
                .refused
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            lost_sockets: self
                .lost_sockets
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
            delivery: all.summary(),
            last_delivery: last.summary(),
            acknowledgement: acknowledged.summary(),
            lateness,
            cores,
        }
    }
}
