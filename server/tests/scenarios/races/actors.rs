//! What everybody does in one story, all at once.
//!
//! The law: nobody waits for anybody unless a person would have to. A user says nothing before they signed in; an admin
//! takes nothing back that was not done.

use super::{
    guest,
    story::{Said, Story, Who, pause},
};
use crate::harness::Browser;
use fastrand::Rng;
use serde_json::{Value, json};
use shared::conversion::ConversionList;

/// The story, from its first message to its end.
pub async fn happens(story: &Story<'_>, mut chance: Rng) {
    let socket = match story.plan.listens {
        true => Some(guest::opens(story, &mut chance).await),
        false => None,
    };
    let (one, other) = (story.token(), story.token());
    let other = if story.plan.is_replayed {
        one.clone()
    } else {
        other
    };
    let race = async {
        let (tab, ..) = tokio::join!(
            uses(story, one, chance.clone()),
            uses(story, other, chance.fork()),
            guest::writes(story, chance.fork()),
            guest::reads(story, chance.fork()),
            answer(story, chance.fork()),
            takes_back(story, chance.fork()),
        );
        tab
    };
    let listened = async {
        if let Some(socket) = socket {
            guest::listens(story, socket, Rng::with_seed(u64::from(story.number))).await;
        }
    };
    let ((), ()) = tokio::join!(listened, async {
        let tab = race.await;
        settles(story, &tab, Rng::with_seed(u64::from(story.number))).await;
        story.over.send_replace(true);
    });
}

/// A tab in which somebody signs in, at once finds the guest's session dead, reads and writes.
async fn uses<'a>(story: &Story<'a>, token: String, mut chance: Rng) -> Browser<'a> {
    pause(&mut chance).await;
    let mut tab = match story.plan.is_same_browser {
        true => story.guest.clone().on_behalf_of_user(),
        false => Browser::user(story.world.nodes[0], story.person),
    };
    signs_in(story, &mut tab, token, &mut chance).await;
    // At once, on whichever node.
    let status = guest::reads_thread(story, &mut chance).await;
    let is_taken_back =
        async || story.plan.is_taken_back() && story.world.is_taken_back(story).await;
    assert!(
        matches!(status, 401 | 404) || is_taken_back().await,
        "story {}: the guest reads after the conversion",
        story.number
    );
    for _ in 0..chance.u32(..3) {
        pause(&mut chance).await;
        let (status, _) = story.says(Who::User, &tab, &mut chance).await;
        assert!(
            status == 200 || is_taken_back().await,
            "story {}: the user was answered {status}",
            story.number
        );
    }
    tab
}

/// With a fresh token where the first one was used already: by the other tab, or in a call whose answer got lost.
async fn signs_in(story: &Story<'_>, tab: &mut Browser<'_>, token: String, chance: &mut Rng) {
    let mut token = token;
    loop {
        let body = json!({ "token": token });
        let answer = story
            .asks(tab, chance, ("POST", "/api/session"), &body)
            .await;
        tab.takes_cookies(&answer);
        match answer.status {
            200 => break,
            401 => token = story.token(),
            status => panic!("story {}: a sign-in was answered {status}", story.number),
        }
    }
    story.signed_in.send_replace(true);
}

/// Several agents, each in their own time.
async fn answer(story: &Story<'_>, mut chance: Rng) {
    for _ in 0..story.plan.agents_say {
        pause(&mut chance).await;
        let number = chance.usize(..story.world.agents.len());
        let desk = &story.world.agents[number];
        // Time goes on, or they would write too much.
        story.world.nodes[0].clock.advance(100);
        let (status, _) = story.says(Who::Agent(number), desk, &mut chance).await;
        assert_eq!(status, 200, "story {}: an agent", story.number);
    }
}

/// Once somebody signed in: an admin takes it back, the user says *Not me*, or both at once.
async fn takes_back(story: &Story<'_>, mut chance: Rng) {
    if !story.plan.is_taken_back() {
        return;
    }
    let mut signed_in = story.signed_in.subscribe();
    let _ = signed_in.wait_for(|is_signed_in| *is_signed_in).await;
    pause(&mut chance).await;
    let (by_admin, by_user) = tokio::join!(
        is_undone(story, chance.clone()),
        is_not_theirs(story, chance.fork())
    );
    let answers = [by_admin, by_user];
    assert!(
        answers.iter().flatten().any(|status| *status == 204)
            // Who comes second finds it done: the admin out of range, the user with nothing of theirs there.
            && answers.iter().flatten().all(|status| matches!(status, 204 | 404 | 422)),
        "story {}: {answers:?}",
        story.number
    );
    story.ledger().is_taken_back = true;
    // The guest goes on where they were.
    let (status, _) = story.says(Who::GuestAgain, &story.guest, &mut chance).await;
    assert_eq!(status, 200, "story {}: the guest is back", story.number);
}

async fn is_undone(story: &Story<'_>, mut chance: Rng) -> Option<u16> {
    if !story.plan.is_undone {
        return None;
    }
    let ada = &story.world.ada;
    let path = format!(
        "/api/admin/conversations/{}/conversions",
        story.conversation_id
    );
    let answer = story
        .asks(ada, &mut chance, ("GET", &path), &Value::Null)
        .await;
    let done: ConversionList = answer.read().unwrap();
    let latest = &done.conversions[0].conversion_id;
    let path = format!("/api/admin/conversions/{latest}/undo");
    let answer = story
        .asks(ada, &mut chance, ("POST", &path), &json!(""))
        .await;
    Some(answer.status)
}

async fn is_not_theirs(story: &Story<'_>, mut chance: Rng) -> Option<u16> {
    if !story.plan.is_not_me {
        return None;
    }
    let mut tab = Browser::user(story.world.nodes[0], story.person);
    signs_in(story, &mut tab, story.token(), &mut chance).await;
    let path = story.path("/not-me");
    let answer = story
        .asks(&tab, &mut chance, ("POST", &path), &json!(""))
        .await;
    Some(answer.status)
}

/// What the guest could not send, the user sends; and the guest's cookie opens what it should, on every node.
async fn settles(story: &Story<'_>, tab: &Browser<'_>, mut chance: Rng) {
    let left: Vec<Said> = std::mem::take(&mut story.ledger().outbox);
    for said in left {
        let status = story.says_again(&said, tab, &mut chance).await;
        let gone = story.plan.is_taken_back() && status == 404;
        assert!(status == 200 || gone, "story {}: {status}", story.number);
    }
    for _ in &story.world.nodes {
        let status = guest::reads_thread(story, &mut chance).await;
        let expected = if story.plan.is_taken_back() { 200 } else { 401 };
        assert_eq!(
            status, expected,
            "story {}: the guest's cookie",
            story.number
        );
    }
}
