//! R2: one client id, one stored message, shown once, however many of the answers get lost.
//!
//! The law: a retry returns the first result for ever.

use crate::ledger::{Entry, Stored};
use crate::proxy::LossyProxy;
use crate::world::{World, chance};
use anyhow::{Context, Result, ensure};
use porchlight_bench::http::{Answer, Call, Connection, Encoding};
use porchlight_bench::people::{self, Guest, Person};
use porchlight_bench::socket::Socket;
use shared::conversation::{GuestParticulars, Sent, StartConversation, Started};
use shared::ids::{ConversationId, Position};
use shared::inbox::InboxPage;
use shared::realtime::Event;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::task::JoinSet;

/// Of the answers.
const LOST: f64 = 0.3;
const GUESTS: usize = 100;
/// By each guest; with the retries below the limit of 20 in 10 s.
const SENDS: usize = 5;
/// Tries of one call before the test gives up: at 30 % that is one in 10^15.
const TRIES: usize = 30;

#[tokio::test]
async fn lost_answers_never_make_a_second_message() -> Result<()> {
    let world = World::on_sqlite(1)?;
    let _server = world.program.start().await?;
    let mina = world.agents(1).await?.remove(0);
    let screen = Socket::open(&world.program, &mina, Encoding::Json).await?;
    // Read while it arrives: a screen that does not read is told to resync.
    let screen = tokio::spawn(read_screen(screen, GUESTS * (SENDS + 1)));
    let proxy =
        LossyProxy::start(world.program.address(), LOST, chance("lost answers").fork()).await?;
    let mut guests = JoinSet::new();
    for number in 0..GUESTS {
        guests.spawn(chat(proxy.address(), world.program.origin(), number));
    }
    let mut chats = Vec::new();
    while let Some(chat) = guests.join_next().await {
        chats.push(chat??);
    }
    let shown = screen.await??;
    for (guest, entries) in &chats {
        check_chat(&world, &mina, guest, entries, &shown).await?;
    }
    check_inbox(&world, &mina).await?;
    let swallowed = proxy.swallowed();
    println!(
        "{} sends, {swallowed} answers lost: each stored once, shown once, in order.",
        GUESTS * SENDS
    );
    ensure!(
        swallowed > GUESTS,
        "the proxy lost only {swallowed} answers, so nothing was tried"
    );
    world.end().await
}

#[tokio::test]
async fn six_parallel_retries_are_one_message() -> Result<()> {
    let world = World::on_sqlite(1)?;
    let _server = world.program.start().await?;
    let mina = world.agents(1).await?.remove(0);
    for guest in world.guests(20).await? {
        let mut entry = Entry::new(
            &guest.person,
            &guest.conversation_id,
            "Is anybody there?".into(),
        );
        let call = entry.call(&world.program.origin());
        let mut tries = JoinSet::new();
        for _ in 0..6 {
            let (address, call) = (world.program.address(), call.clone());
            tries.spawn(async move { Connection::open(address).await?.call(&call).await });
        }
        while let Some(answer) = tries.join_next().await {
            entry.acknowledge(&answer??.read()?)?;
        }
        let stored = world
            .messages(&mina, &guest.conversation_id, Position::NONE)
            .await?;
        ensure!(
            stored.len() == 2,
            "{} messages are stored instead of the first and one more",
            stored.len()
        );
    }
    world.end().await
}

/// A whole visit through the bad network: the form, the first message, the others.
async fn chat(address: SocketAddr, origin: String, number: usize) -> Result<(Guest, Vec<Entry>)> {
    let mut person = Person::visitor(500 + number);
    let (name, email) = (
        format!("Cora {number}"),
        format!("cora{number}@example.org"),
    );
    let particulars = GuestParticulars {
        name: name.clone(),
        email: email.clone(),
    };
    let form = shared::identity::StartChat { name, email };
    let form = person
        .makes(Call::post("/api/guest", Encoding::Json, &form))
        .bytes(&origin);
    person.cookie = until_answered(address, &form)
        .await?
        .cookie
        .context("start chat set no cookie")?;
    let first = StartConversation {
        client_id: people::client_id(),
        text: "Hello.".into(),
        guest: Some(particulars),
        with: None,
    };
    let call = person
        .makes(Call::post("/api/conversations", Encoding::Json, &first))
        .bytes(&origin);
    let started: Started = until_answered(address, &call)
        .await?
        .read()
        .context("the first message")?;
    let conversation_id = started.conversation.conversation_id;
    let mut entries = Vec::new();
    for send in 1..=SENDS {
        let mut entry = Entry::new(&person, &conversation_id, format!("Line {send}"));
        let sent: Sent = until_answered(address, &entry.call(&origin))
            .await?
            .read()
            .context("a send")?;
        entry.acknowledge(&sent)?;
        entries.push(entry);
    }
    Ok((
        Guest {
            person,
            conversation_id,
        },
        entries,
    ))
}

/// The same bytes again and again, as an outbox does.
async fn until_answered(address: SocketAddr, call: &[u8]) -> Result<Answer> {
    for _ in 0..TRIES {
        if let Ok(answer) = Connection::open(address).await?.call(call).await {
            return Ok(answer);
        }
    }
    anyhow::bail!("no answer came through in {TRIES} tries")
}

/// What an agent's screen shows: how often each position of each conversation arrived, in order of arrival.
type Shown = HashMap<ConversationId, Vec<Position>>;

async fn read_screen(mut socket: Socket, expected: usize) -> Result<Shown> {
    let mut shown: Shown = HashMap::new();
    let mut count = 0;
    // Up to the last one expected, and a moment longer: a second showing would come late.
    loop {
        let patience = Duration::from_millis(if count < expected { 10_000 } else { 500 });
        let Ok(event) = tokio::time::timeout(patience, socket.next_event()).await else {
            break;
        };
        let (conversation_id, position) = match event? {
            Event::ConversationStarted(started) => (
                started.conversation.conversation_id,
                started.message.position,
            ),
            Event::MessageSent(sent) => (sent.conversation_id, sent.message.position),
            _ => continue,
        };
        shown.entry(conversation_id).or_default().push(position);
        count += 1;
    }
    ensure!(
        count == expected,
        "the agent was shown {count} messages instead of {expected}"
    );
    Ok(shown)
}

async fn check_chat(
    world: &World,
    mina: &Person,
    guest: &Guest,
    entries: &[Entry],
    shown: &Shown,
) -> Result<()> {
    let messages = world
        .messages(mina, &guest.conversation_id, Position::NONE)
        .await?;
    let texts: Vec<&str> = messages
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    let lines: Vec<String> = (1..=SENDS).map(|send| format!("Line {send}")).collect();
    ensure!(
        texts[0] == "Hello." && texts[1..] == lines,
        "stored out of order or not once: {texts:?}"
    );
    let in_order: Vec<Position> = messages.iter().map(|message| message.position).collect();
    ensure!(
        shown.get(&guest.conversation_id) == Some(&in_order),
        "shown out of order or not once"
    );
    let mut stored = Stored::default();
    stored.extend(messages)?;
    entries.iter().try_for_each(|entry| stored.holds(entry))
}

/// As many conversations as guests: a lost answer to a first message did not make a second conversation.
async fn check_inbox(world: &World, mina: &Person) -> Result<()> {
    let mut rows = BTreeMap::new();
    let mut path = "/api/inbox?filter=all&limit=100".to_owned();
    loop {
        let page: InboxPage = world.get(mina, &path).await?.read()?;
        rows.extend(
            page.conversations
                .into_iter()
                .map(|row| (row.conversation_id.to_string(), row.last_position)),
        );
        let Some(cursor) = page.cursor else { break };
        path = format!("/api/inbox?filter=all&limit=100&cursor={cursor}");
    }
    ensure!(
        rows.len() == GUESTS,
        "{} conversations for {GUESTS} guests",
        rows.len()
    );
    Ok(())
}
