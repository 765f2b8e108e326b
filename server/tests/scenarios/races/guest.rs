//! What the guest's browser does: writes, reads, listens.
//!
//! The law: it goes on as if nothing had happened until it is told that its session is no more.

use super::story::{Story, Who, pause};
use crate::harness::{IN_TIME, Socket};
use fastrand::Rng;
use serde_json::Value;
use shared::{
    conversation::{ConversationPage, Thread},
    realtime::Event,
    wire,
};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Writes one message after the other. What cannot be sent any more, the user sends.
pub async fn writes(story: &Story<'_>, mut chance: Rng) {
    for _ in 0..story.plan.guest_says {
        pause(&mut chance).await;
        let (status, said) = story.says(Who::Guest, &story.guest, &mut chance).await;
        match status {
            200 => {}
            // Caught in the middle, the session was there and the conversation not theirs.
            401 | 404 => return story.ledger().outbox.push(said),
            status => panic!("story {}: a guest was answered {status}", story.number),
        }
    }
}

/// Reads what there is to read, and tries what is somebody else's.
pub async fn reads(story: &Story<'_>, mut chance: Rng) {
    for _ in 0..2 {
        pause(&mut chance).await;
        reads_thread(story, &mut chance).await;
        if let Some(neighbour) = &story.neighbour {
            let path = format!("/api/conversations/{neighbour}/messages");
            let answer = story
                .asks(&story.guest, &mut chance, ("GET", &path), &Value::Null)
                .await;
            assert!(matches!(answer.status, 401 | 404), "story {}", story.number);
        }
    }
    let list = ("GET", "/api/conversations");
    let answer = story
        .asks(&story.guest, &mut chance, list, &Value::Null)
        .await;
    if let Ok(page) = answer.read::<ConversationPage>() {
        let mut ids = page.conversations.iter().map(|head| &head.conversation_id);
        assert!(
            ids.all(|id| *id == story.conversation_id),
            "story {}",
            story.number
        );
    }
}

/// The guest's thread: the status, and into the ledger what was in it.
pub async fn reads_thread(story: &Story<'_>, chance: &mut Rng) -> u16 {
    let path = story.path("/messages?limit=100");
    let answer = story
        .asks(&story.guest, chance, ("GET", &path), &Value::Null)
        .await;
    let status = answer.status;
    if let Ok(thread) = answer.read::<Thread>() {
        thread
            .messages
            .iter()
            .for_each(|message| story.is_shown(message));
    }
    status
}

/// The guest opens the chat, before anybody signs in.
pub async fn opens(story: &Story<'_>, chance: &mut Rng) -> Socket {
    loop {
        let node = story.world.nodes[chance.usize(..story.world.nodes.len())];
        match Socket::attempt(&story.guest.at(node), wire::SOCKET_JSON).await {
            Ok(socket) => return socket,
            Err(Error::Http(refusal)) => panic!("story {}: {}", story.number, refusal.status()),
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

/// Has it open, and is cut off in time; or loses the connection and opens it again, with a cookie that may be nobody's
/// by then and hears like a visitor.
pub async fn listens(story: &Story<'_>, mut socket: Socket, mut chance: Rng) {
    if chance.u32(..3) == 0 {
        let until = Duration::from_micros(chance.u64(..40_000));
        let _dropped = timeout(until, hears(story, &mut socket)).await;
        drop(socket);
        let mut over = story.over.subscribe();
        let Ok(mut again) = reopens(story, &mut chance).await else {
            return;
        };
        tokio::select! {
            () = hears(story, &mut again) => {}
            _ = over.wait_for(|is_over| *is_over) => {}
        }
        return;
    }
    let mut signed_in = story.signed_in.subscribe();
    let closed = hears(story, &mut socket);
    tokio::pin!(closed);
    tokio::select! {
        () = &mut closed => return,
        _ = signed_in.wait_for(|is_signed_in| *is_signed_in) => {}
    }
    if story.plan.is_taken_back() {
        // Where the undo was quicker than the news, it stays open, and is the guest's again.
        let mut over = story.over.subscribe();
        tokio::select! {
            () = closed => {}
            _ = over.wait_for(|is_over| *is_over) => {}
        }
        return;
    }
    let in_time = timeout(IN_TIME, closed).await;
    assert!(
        in_time.is_ok(),
        "story {}: the guest still listens",
        story.number
    );
}

async fn reopens(story: &Story<'_>, chance: &mut Rng) -> Result<Socket, Error> {
    let node = story.world.nodes[chance.usize(..story.world.nodes.len())];
    Socket::attempt(&story.guest.at(node), wire::SOCKET_JSON).await
}

/// Until it is closed.
async fn hears(story: &Story<'_>, socket: &mut Socket) {
    while let Some(Ok(frame)) = socket.frame().await {
        if let Message::Text(text) = frame
            && let Ok(Event::MessageSent(sent)) = serde_json::from_str(&text)
        {
            story.is_shown(&sent.message);
        }
    }
}
