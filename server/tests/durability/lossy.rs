//! R2: one client id, one stored message, shown once, however many of the answers get lost.
//!
//! The law: a retry returns the first result for ever, to whoever comes first and to whoever comes at the same time. Seen
//! red without the look for what is stored already.

use crate::ledger::{Entry, Stored};
use crate::proxy::LossyProxy;
use crate::world::{World, chance, is_long};
use anyhow::{Context, Result, ensure};
use futures_util::stream::{self, StreamExt, TryStreamExt};
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
/// By each guest; with the retries below the limit of 20 in 10 s.
const SENDS: usize = 5;
/// Tries at once of each send.
const AT_ONCE: usize = 6;
/// By each guest of those, for the same limit: each try counts, and where all six are lost there are some more.
const SENDS_AT_ONCE: usize = 2;
/// Guests who have a connection at the same time.
const TOGETHER: usize = 50;
/// Tries of one call before the test gives up: at 30 % that is one in 10^15.
const TRIES: usize = 30;

/// So many sends, as guests: the long form is the one that is promised.
fn guests_for(sends_each: usize) -> usize {
    let sends: usize = if is_long() { 5_000 } else { 500 };
    sends.div_ceil(sends_each)
}

#[tokio::test]
async fn lost_answers_never_make_a_second_message() -> Result<()> {
    let (world, many) = (World::on_sqlite(1)?, guests_for(SENDS));
    let _server = world.program.start().await?;
    let mina = world.agents(1).await?.remove(0);
    let screen = Socket::open(&world.program, &mina, Encoding::Json).await?;
    // Read while it arrives: a screen that does not read is told to resync.
    let screen = tokio::spawn(read_screen(screen, many * (SENDS + 1)));
    let proxy =
        LossyProxy::start(world.program.address(), LOST, chance("lost answers").fork()).await?;
    let chats: Vec<(Guest, Vec<Entry>)> = stream::iter(0..many)
        .map(|number| chat(proxy.address(), world.program.origin(), number))
        .buffer_unordered(TOGETHER)
        .try_collect()
        .await?;
    let shown = screen.await??;
    check(&world, &mina, &chats, &shown).await?;
    report(&proxy, many * SENDS)?;
    world.end().await
}

/// Each once in each of these.
async fn check(
    world: &World,
    mina: &Person,
    chats: &[(Guest, Vec<Entry>)],
    shown: &Shown,
) -> Result<()> {
    for (guest, entries) in chats {
        check_chat(world, mina, guest, entries, shown).await?;
    }
    check_inbox(world, mina, chats.len()).await
}

fn report(proxy: &LossyProxy, sends: usize) -> Result<()> {
    let swallowed = proxy.swallowed();
    println!("{sends} sends, {swallowed} answers lost: each stored once, shown once, in order.");
    ensure!(
        swallowed > sends / 5,
        "the proxy lost only {swallowed} answers, so nothing was tried"
    );
    Ok(())
}

#[tokio::test]
async fn six_parallel_retries_are_one_message() -> Result<()> {
    let (world, many) = (World::on_sqlite(1)?, guests_for(SENDS_AT_ONCE));
    let _server = world.program.start().await?;
    let mina = world.agents(1).await?.remove(0);
    let screen = Socket::open(&world.program, &mina, Encoding::Json).await?;
    let screen = tokio::spawn(read_screen(screen, many * (SENDS_AT_ONCE + 1)));
    let proxy =
        LossyProxy::start(world.program.address(), LOST, chance("six at once").fork()).await?;
    let guests = world.guests(many).await?;
    let chats: Vec<(Guest, Vec<Entry>)> = stream::iter(guests)
        .map(|guest| six_at_once(proxy.address(), world.program.origin(), guest))
        .buffer_unordered(TOGETHER)
        .try_collect()
        .await?;
    let shown = screen.await??;
    check(&world, &mina, &chats, &shown).await?;
    report(&proxy, many * SENDS_AT_ONCE)?;
    world.end().await
}

/// Whoever of the six is answered is answered the same.
async fn six_at_once(
    address: SocketAddr,
    origin: String,
    guest: Guest,
) -> Result<(Guest, Vec<Entry>)> {
    let mut entries = Vec::new();
    for send in 1..=SENDS_AT_ONCE {
        let mut entry = Entry::new(
            &guest.person,
            &guest.conversation_id,
            format!("Line {send}"),
        );
        let call = entry.call(&origin);
        let mut tries = JoinSet::new();
        for _ in 0..AT_ONCE {
            let call = call.clone();
            tries.spawn(async move { Connection::open(address).await?.call(&call).await });
        }
        while let Some(answer) = tries.join_next().await {
            if let Ok(answer) = answer? {
                entry.acknowledge(&answer.read()?)?;
            }
        }
        if entry.acknowledged.is_none() {
            // All six were lost.
            entry.acknowledge(&until_answered(address, &call).await?.read()?)?;
        }
        entries.push(entry);
    }
    Ok((guest, entries))
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
    let lines: Vec<&str> = entries.iter().map(|entry| entry.text.as_str()).collect();
    ensure!(
        texts
            .first()
            .is_some_and(|first| first.starts_with("Hello"))
            && texts[1..] == lines,
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
async fn check_inbox(world: &World, mina: &Person, guests: usize) -> Result<()> {
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
        rows.len() == guests,
        "{} conversations for {guests} guests",
        rows.len()
    );
    Ok(())
}
