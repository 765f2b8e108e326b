//! R4 and sessions: a restart is a pause, not a loss.
//!
//! The law: cookies outlive the process, after a crash and after a polite stop; a polite stop says goodbye and ends well.

use crate::world::World;
use anyhow::{Context, Result, ensure};
use porchlight_bench::http::Encoding;
use porchlight_bench::people::Person;
use porchlight_bench::program::Server;
use porchlight_bench::socket::Socket;
use shared::conversation::Thread;
use shared::identity::{Role, Session};
use shared::realtime::Event;
use std::time::Duration;

#[tokio::test]
async fn a_session_outlives_a_crash_and_a_polite_stop() -> Result<()> {
    let world = World::on_sqlite(1)?;
    let mut server = world.program.start().await?;
    let (guest, mina) = (
        world.guests(1).await?.remove(0),
        world.agents(1).await?.remove(0),
    );
    let before = (who(&world, &guest.person).await?, who(&world, &mina).await?);
    ensure!(
        (before.0.0, before.1.0) == (Role::Guest, Role::Agent),
        "the people came in as somebody else"
    );
    server.kill()?;
    for polite in [true, false] {
        let server = world.program.start().await?;
        let after = (who(&world, &guest.person).await?, who(&world, &mina).await?);
        ensure!(after == before, "a restart changed who they are");
        let path = format!("/api/conversations/{}/messages", guest.conversation_id);
        let thread: Thread = world.get(&guest.person, &path).await?.read()?;
        ensure!(
            thread.messages.len() == 1,
            "the guest's thread is not what it was"
        );
        if polite {
            says_goodbye(server, &mina).await?;
        }
    }
    world.end().await
}

/// Their role and id.
async fn who(world: &World, person: &Person) -> Result<(Role, String)> {
    let session: Session = world.get(person, "/api/session").await?.read()?;
    let own = session.person.context("a session without a person")?;
    Ok((session.role, own.person_id.to_string()))
}

async fn says_goodbye(mut server: Server, reader: &Person) -> Result<()> {
    let mut socket = Socket::open(server.program(), reader, Encoding::Json).await?;
    server.ask_to_stop()?;
    let goodbye = tokio::time::timeout(Duration::from_secs(10), socket.next_event()).await??;
    ensure!(
        matches!(goodbye, Event::GoingAway(_)),
        "the last event was no goodbye"
    );
    let status = tokio::task::spawn_blocking(move || server.wait()).await??;
    ensure!(status.success(), "a polite stop ended with {status}");
    Ok(())
}
