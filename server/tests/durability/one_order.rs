//! R3: one order, without gaps, the same for everybody: fifty who write at once, twenty who keep losing the connection.
//!
//! The law: who resumes behind the last position they know has missed nothing, so no position may appear behind a later
//! one.

use crate::world::{World, chance, is_long};
use anyhow::{Result, ensure};
use fastrand::Rng;
use porchlight_bench::http::{Connection, Encoding};
use porchlight_bench::people::Person;
use porchlight_bench::program::Program;
use porchlight_bench::socket::Socket;
use shared::conversation::{SendMessage, Sent, Thread};
use shared::ids::{ConversationId, MessageId, Position};
use shared::realtime::Event;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::timeout;

const AGENTS: usize = 10;
/// Of each agent; together fifty.
const HANDS: usize = 5;
/// By each hand; within the limit of 20 in 10 s of its agent.
const SENDS: usize = 3;
/// Of each agent; together twenty.
const SCREENS: usize = 2;

/// One place in the order, as somebody saw it.
type Place = (Position, MessageId);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_one_order_without_gaps_on_sqlite() -> Result<()> {
    write_and_read(World::on_sqlite(AGENTS)?).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_sees_one_order_without_gaps_on_postgres() -> Result<()> {
    match World::on_postgres(AGENTS).await? {
        Some(world) => write_and_read(world).await,
        None => Ok(()),
    }
}

async fn write_and_read(world: World) -> Result<()> {
    let mut chance = chance("one order");
    let _server = world.program.start().await?;
    let agents = world.agents(AGENTS).await?;
    for round in 0..if is_long() { 20 } else { 1 } {
        let guest = world.guests(1).await?.remove(0);
        let is_over = Arc::new(AtomicBool::new(false));
        let mut screens = JoinSet::new();
        for number in 0..AGENTS * SCREENS {
            let screen = Screen {
                program: world.program.clone(),
                person: agents[number % AGENTS].clone(),
                conversation_id: guest.conversation_id.clone(),
                shown: Vec::new(),
                chance: chance.fork(),
            };
            screens.spawn(screen.watch(Arc::clone(&is_over)));
        }
        let mut hands = JoinSet::new();
        for agent in agents.iter().cycle().take(AGENTS * HANDS) {
            let (program, agent) = (world.program.clone(), agent.clone());
            let conversation_id = guest.conversation_id.clone();
            hands.spawn(write(program, agent, conversation_id, chance.fork()));
        }
        let mut acknowledged = Vec::new();
        while let Some(places) = hands.join_next().await {
            acknowledged.extend(places??);
        }
        is_over.store(true, Ordering::Relaxed);
        let stored: Vec<Place> = world
            .messages(&agents[0], &guest.conversation_id, Position::NONE)
            .await?
            .into_iter()
            .map(|message| (message.position, message.message_id))
            .collect();
        ensure!(
            stored.len() == acknowledged.len() + 1,
            "{} stored for {} sent",
            stored.len(),
            acknowledged.len()
        );
        ensure!(
            acknowledged.iter().all(|place| stored.contains(place)),
            "a sender was told another place than everybody"
        );
        while let Some(shown) = screens.join_next().await {
            ensure!(
                shown?? == stored,
                "round {round}: a screen shows another order"
            );
        }
        // The limit of messages is counted over 10 s.
        if is_long() {
            tokio::time::sleep(Duration::from_secs(10)).await;
        }
    }
    world.end().await
}

/// Says a few things with pauses of any length; answers where each went.
async fn write(
    program: Program,
    agent: Person,
    conversation_id: ConversationId,
    mut chance: Rng,
) -> Result<Vec<Place>> {
    let mut connection = Connection::open(program.address()).await?;
    let mut places = Vec::new();
    for send in 0..SENDS {
        tokio::time::sleep(Duration::from_millis(chance.u64(0..40))).await;
        let message = SendMessage {
            client_id: porchlight_bench::people::client_id(),
            text: format!("Line {send} of {}", chance.u32(..)),
            reply_to: None,
        };
        let call = agent.sends(
            &program.origin(),
            &conversation_id,
            &message,
            Encoding::Json,
        );
        let sent: Sent = connection.call(&call).await?.read()?;
        places.push((sent.message.position, sent.message.message_id));
    }
    Ok(places)
}

/// An agent's screen whose connection is lost all the time.
struct Screen {
    program: Program,
    person: Person,
    conversation_id: ConversationId,
    shown: Vec<Place>,
    chance: Rng,
}

impl Screen {
    /// Until everything is over, and once more.
    async fn watch(mut self, is_over: Arc<AtomicBool>) -> Result<Vec<Place>> {
        loop {
            let is_last = is_over.load(Ordering::Relaxed);
            let mut socket = Socket::open(&self.program, &self.person, Encoding::Postcard).await?;
            self.resume().await?;
            if is_last {
                return Ok(self.shown);
            }
            let until = Duration::from_millis(self.chance.u64(5..60));
            // The time is up, and the connection is lost in the middle of whatever it was telling.
            let _lost = timeout(until, self.listen(&mut socket)).await;
        }
    }

    async fn listen(&mut self, socket: &mut Socket) -> Result<()> {
        loop {
            if let Event::MessageSent(sent) = socket.next_event().await?
                && sent.conversation_id == self.conversation_id
                && sent.message.position == self.last().next()
            {
                self.shown
                    .push((sent.message.position, sent.message.message_id));
            }
        }
    }

    /// Fetches what is behind the last position, as a frame does. What it gets is taken as it is.
    async fn resume(&mut self) -> Result<()> {
        let path = format!(
            "/api/conversations/{}/messages?after={}&limit=100",
            self.conversation_id,
            self.last().0
        );
        let call = self.person.makes(porchlight_bench::http::Call::get(&path));
        let mut connection = Connection::open(self.program.address()).await?;
        let answer = connection.call(&call.bytes(&self.program.origin())).await?;
        let thread: Thread = answer.read()?;
        let missed = thread.messages.into_iter();
        self.shown
            .extend(missed.map(|message| (message.position, message.message_id)));
        Ok(())
    }

    fn last(&self) -> Position {
        self.shown.last().map_or(Position::NONE, |place| place.0)
    }
}
