//! R2 and R4 through every kind of bad network: late, dripping, cut on one side or both, frozen, reset.
//!
//! The law: once the network is well again, what was sent is stored once, and a screen that asks for what it missed
//! shows exactly what is stored, in order, nothing twice.

use crate::fault_proxy::{Fault, FaultProxy};
use crate::ledger::{Entry, Stored};
use crate::world::{World, chance, is_long};
use anyhow::{Context, Result, ensure};
use porchlight_bench::http::{Connection, Encoding};
use porchlight_bench::people::{Guest, Person};
use porchlight_bench::socket::Socket;
use shared::conversation::Sent;
use shared::ids::Position;
use shared::realtime::Event;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

const FAULTS: [Fault; 7] = [
    Fault::Late(Duration::from_millis(120)),
    Fault::Drip,
    Fault::DeafServer,
    Fault::DeafClient,
    Fault::Cut,
    Fault::Frozen,
    Fault::Reset,
];
/// Sent while the network is bad, each time.
const SENDS: usize = 4;
/// How long one try waits for its answer.
const TRY: Duration = Duration::from_millis(250);
/// For a network that is well.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn a_bad_network_neither_loses_nor_doubles_and_a_screen_catches_up_on_sqlite() -> Result<()> {
    through_every_fault(World::on_sqlite(1)?).await
}

#[tokio::test]
async fn a_bad_network_neither_loses_nor_doubles_and_a_screen_catches_up_on_postgres() -> Result<()>
{
    match World::on_postgres(1).await? {
        Some(world) => through_every_fault(world).await,
        None => Ok(()),
    }
}

async fn through_every_fault(world: World) -> Result<()> {
    let mut chance = chance("bad network");
    let server = world.program.start().await?;
    let address = world.program.address();
    let mina = world.agents(1).await?.remove(0);
    let guest = world.guests(1).await?.remove(0);
    let proxy = FaultProxy::start(address).await?;
    let mut screen = Screen::open(&world, &proxy, &mina, &guest).await?;
    let mut entries = Vec::new();
    for round in 0..if is_long() { 10 } else { 1 } {
        let mut faults = FAULTS;
        chance.shuffle(&mut faults);
        for fault in faults {
            proxy.set(fault);
            for send in 0..SENDS {
                let text = format!("{round} {fault:?} {send}");
                let mut entry = Entry::new(&guest.person, &guest.conversation_id, text);
                attempt(proxy.address(), &world.program.origin(), &mut entry).await?;
                screen.reads_a_moment().await?;
                entries.push(entry);
                // Within the limit of 20 in 10 s, the retries with them.
                tokio::time::sleep(Duration::from_millis(chance.u64(300..700))).await;
            }
            proxy.set(Fault::Fine);
            for entry in entries
                .iter_mut()
                .filter(|entry| entry.acknowledged.is_none())
            {
                until_stored(proxy.address(), &world.program.origin(), entry).await?;
            }
            screen.comes_back(&world, &proxy, &mina, &guest).await?;
            let stored = world
                .messages(&mina, &guest.conversation_id, Position::NONE)
                .await?;
            let positions: Vec<Position> = stored.iter().map(|message| message.position).collect();
            ensure!(
                screen.shown == positions,
                "{fault:?}: the screen shows {:?}, stored is {positions:?}",
                screen.shown
            );
            let mut all = Stored::default();
            all.extend(stored)?;
            ensure!(all.count() == entries.len() + 1, "{fault:?}: not each once");
            entries.iter().try_for_each(|entry| all.holds(entry))?;
        }
    }
    drop(server);
    world.end().await
}

/// One try of the outbox, whatever comes of it.
async fn attempt(address: SocketAddr, origin: &str, entry: &mut Entry) -> Result<bool> {
    let call = entry.call(origin);
    let tried = async { Connection::open(address).await?.call(&call).await };
    match timeout(TRY, tried).await {
        Ok(Ok(answer)) if answer.status == 200 => {
            entry.acknowledge(&answer.read::<Sent>()?)?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

async fn until_stored(address: SocketAddr, origin: &str, entry: &mut Entry) -> Result<()> {
    let tried = async {
        while !attempt(address, origin, entry).await? {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(())
    };
    timeout(PATIENCE, tried)
        .await
        .context("a message did not go out over a network that is well")?
}

/// An agent's screen with one thread on it: a resume by position, then events.
struct Screen {
    socket: Option<Socket>,
    shown: Vec<Position>,
}

impl Screen {
    async fn open(world: &World, proxy: &FaultProxy, mina: &Person, guest: &Guest) -> Result<Self> {
        let mut screen = Self {
            socket: None,
            shown: Vec::new(),
        };
        screen.comes_back(world, proxy, mina, guest).await?;
        Ok(screen)
    }

    /// Takes in whatever arrives within a moment. A socket that breaks is gone.
    async fn reads_a_moment(&mut self) -> Result<()> {
        while let Some(socket) = &mut self.socket {
            match timeout(Duration::from_millis(50), socket.next_event()).await {
                Ok(Ok(Event::MessageSent(sent))) => self.show(sent.message.position),
                Ok(Ok(_)) => {}
                Ok(Err(_)) => self.socket = None,
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Events that are already shown, or that leave a gap, are what a resume is for.
    fn show(&mut self, position: Position) {
        if position == self.last().next() {
            self.shown.push(position);
        }
    }

    fn last(&self) -> Position {
        self.shown.last().copied().unwrap_or(Position::NONE)
    }

    /// A new socket first, then what was missed: nothing falls between the two.
    async fn comes_back(
        &mut self,
        world: &World,
        proxy: &FaultProxy,
        mina: &Person,
        guest: &Guest,
    ) -> Result<()> {
        let program = &world.program;
        let opened = Socket::open_at(proxy.address(), program, mina, Encoding::Json);
        self.socket = Some(timeout(PATIENCE, opened).await.context("no new socket")??);
        let missed = world
            .messages(mina, &guest.conversation_id, self.last())
            .await?;
        self.shown
            .extend(missed.into_iter().map(|message| message.position));
        self.reads_a_moment().await
    }
}
