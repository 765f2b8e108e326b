//! One guest's story: who takes part, and what they were told.
//!
//! The law: a story shares the servers and the agents with all others, and nothing else. Whoever calls, calls until a
//! server answers: they may be killed at any moment.

use super::agent;
use crate::harness::{Answer, Browser, ORIGIN, Site, cora};
use fastrand::Rng;
use porchlight::mint::Mint;
use serde_json::{Value, json};
use shared::{
    conversation::{Message, Sent},
    ids::{ClientId, ConversationId, MessageId, Position},
    samples::{ADA, Person},
    wire,
};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
    time::Duration,
};
use tokio::{sync::watch, time::timeout};

/// Everything that the stories share.
pub struct World<'a> {
    pub nodes: Vec<&'a Site>,
    pub agents: Vec<Browser<'a>>,
    /// At the admin page.
    pub ada: Browser<'a>,
    /// Servers come and go, ids are made all the time.
    pub mint: Mint,
}

impl<'a> World<'a> {
    pub async fn open(nodes: &[&'a Site], agents: &[&'static Person]) -> Self {
        for node in nodes {
            node.starts_apart().await;
        }
        let site = nodes[0];
        let mut desks = Vec::new();
        for person in agents {
            let desk = agent(site, person).await;
            if **person != ADA {
                site.joins(person).await;
            }
            desks.push(desk);
        }
        Self {
            nodes: nodes.to_vec(),
            agents: desks,
            ada: site.admin_of(&ADA).await,
            mint: Mint::from_entropy(site.clock.clone()),
        }
    }

    /// Calls one node or another until there is an answer.
    pub async fn asks(
        &self,
        browser: &Browser<'_>,
        chance: &mut Rng,
        (method, path): (&str, &str),
        body: &Value,
    ) -> Answer {
        for _ in 0..2_000 {
            let node = self.nodes[chance.usize(..self.nodes.len())];
            let browser = browser.at(node);
            let attempt = browser.attempts(method, path, |request| {
                let request = request.header("origin", ORIGIN);
                match body {
                    Value::Null => request,
                    body => request
                        .header("content-type", wire::JSON)
                        .body(body.to_string()),
                }
            });
            // A killed server lets go of its connections: whoever waits for it hears so.
            let Ok(attempted) = timeout(Duration::from_secs(20), attempt).await else {
                panic!("{method} {path}: neither an answer nor an end");
            };
            match attempted {
                Ok(answer) if answer.status == 429 => node.clock.advance(500),
                Ok(answer) if answer.status == 503 => {}
                Ok(answer) => {
                    let said = String::from_utf8_lossy(&answer.body);
                    assert!(
                        answer.status < 500,
                        "{method} {path}: {} {said}",
                        answer.status
                    );
                    return answer;
                }
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{method} {path}: no server answers");
    }
}

/// What happens in a story, as chance has it.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Signs in where they chatted; otherwise in another browser, with a verified address.
    pub is_same_browser: bool,
    /// Signed in before, so that no tab waits for the other one to register them.
    pub is_known: bool,
    /// Both tabs bring the same token.
    pub is_replayed: bool,
    pub is_undone: bool,
    pub is_not_me: bool,
    /// The guest has the chat open.
    pub listens: bool,
    pub guest_says: u32,
    pub agents_say: u32,
}

impl Plan {
    fn by(chance: &mut Rng) -> Self {
        Self {
            is_same_browser: chance.bool(),
            is_known: chance.bool(),
            is_replayed: chance.bool(),
            is_undone: chance.u32(..3) == 0,
            is_not_me: chance.u32(..5) == 0,
            listens: chance.u32(..3) == 0,
            guest_says: chance.u32(1..7),
            agents_say: chance.u32(0..4),
        }
    }

    pub fn is_taken_back(&self) -> bool {
        self.is_undone || self.is_not_me
    }
}

/// Who wrote something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    Guest,
    /// The same, in another tab, once it was taken back.
    GuestAgain,
    User,
    Agent(usize),
}

/// A message that somebody tried to send.
#[derive(Clone, Debug)]
pub struct Said {
    pub who: Who,
    pub client_id: ClientId,
    pub text: String,
}

/// What a server said of a message.
pub struct Acknowledged {
    pub said: Said,
    pub position: Position,
    pub message_id: MessageId,
    pub moved_to: Option<ConversationId>,
}

/// What was tried, and what was told: it outlives the servers.
#[derive(Default)]
pub struct Ledger {
    pub tried: Vec<Said>,
    /// In the order in which each of them was told.
    pub acknowledged: Vec<Acknowledged>,
    /// Everything that the guest's cookie was ever shown.
    pub shown: HashMap<MessageId, (Position, String)>,
    /// What the guest could not send any more: the user does.
    pub outbox: Vec<Said>,
    /// A server said that it was taken back.
    pub is_taken_back: bool,
}

pub struct Story<'a> {
    pub world: &'a World<'a>,
    pub number: u32,
    pub plan: Plan,
    /// Cora, by an address of this story's own.
    pub person: &'static Person,
    pub guest: Browser<'a>,
    pub conversation_id: ConversationId,
    /// Somebody else's conversation.
    pub neighbour: Option<ConversationId>,
    /// Signed beforehand: the server that knows the site may be away.
    tokens: Mutex<Vec<String>>,
    pub signed_in: watch::Sender<bool>,
    pub over: watch::Sender<bool>,
    ledger: Mutex<Ledger>,
}

impl<'a> Story<'a> {
    pub async fn begin(
        world: &'a World<'a>,
        number: u32,
        neighbour: Option<&Story<'_>>,
        mut chance: Rng,
    ) -> Self {
        let (person, plan) = (cora(number), Plan::by(&mut chance));
        let site = world.nodes[0];
        let mut guest =
            site.browser(person)
                .behind(format!("10.{}.{}.7", number >> 8, number & 255));
        if plan.is_known {
            Browser::user(site, person).signs_in().await;
        }
        let conversation_id = guest.starts(&format!("guest {number} begins")).await;
        let sign = |_| {
            let mut claims = site.claims(person);
            match (plan.is_same_browser, plan.is_known) {
                (false, _) => claims["email_verified"] = json!(true),
                // Nothing to note of them either: the tabs do not even meet in the user's row.
                (true, true) => drop(claims.as_object_mut().unwrap().remove("email")),
                (true, false) => {}
            }
            site.signs(&claims)
        };
        Self {
            world,
            number,
            plan,
            person,
            guest,
            conversation_id,
            neighbour: neighbour.map(|story| story.conversation_id.clone()),
            tokens: Mutex::new((0..20).map(sign).collect()),
            signed_in: watch::Sender::new(false),
            over: watch::Sender::new(false),
            ledger: Mutex::default(),
        }
    }

    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap()
    }

    pub fn token(&self) -> String {
        let token = self.tokens.lock().unwrap().pop();
        token.expect("nobody needs twenty tokens")
    }

    pub fn path(&self, rest: &str) -> String {
        format!("/api/conversations/{}{rest}", self.conversation_id)
    }

    pub async fn asks(
        &self,
        browser: &Browser<'_>,
        chance: &mut Rng,
        call: (&str, &str),
        body: &Value,
    ) -> Answer {
        self.world.asks(browser, chance, call, body).await
    }

    /// Somebody says something new, and the status that is answered.
    pub async fn says(&self, who: Who, browser: &Browser<'_>, chance: &mut Rng) -> (u16, Said) {
        let said = {
            let mut ledger = self.ledger();
            let said = Said {
                who,
                client_id: self.world.mint.id(),
                text: format!("{who:?} {} {}", self.number, ledger.tried.len()),
            };
            ledger.tried.push(said.clone());
            said
        };
        (self.says_again(&said, browser, chance).await, said)
    }

    /// Says it, for the first time or again.
    pub async fn says_again(&self, said: &Said, browser: &Browser<'_>, chance: &mut Rng) -> u16 {
        let body = json!({ "client_id": said.client_id, "text": said.text, "reply_to": null });
        let path = self.path("/messages");
        let answer = self.asks(browser, chance, ("POST", &path), &body).await;
        let status = answer.status;
        if let Ok(sent) = answer.read::<Sent>() {
            let Message {
                position,
                message_id,
                text,
                ..
            } = sent.message;
            assert_eq!(text, said.text, "story {}", self.number);
            self.ledger().acknowledged.push(Acknowledged {
                said: said.clone(),
                position,
                message_id,
                moved_to: sent.moved_to,
            });
        }
        status
    }

    /// What the guest's cookie was shown.
    pub fn is_shown(&self, message: &Message) {
        let shown = (message.position, message.text.clone());
        let before = self
            .ledger()
            .shown
            .insert(message.message_id.clone(), shown.clone());
        assert!(
            before.as_ref().is_none_or(|before| *before == shown),
            "story {}: {before:?} became {shown:?}",
            self.number
        );
    }
}

/// Nothing, a turn of the others, or up to 25 ms.
pub async fn pause(chance: &mut Rng) {
    match chance.u32(..3) {
        0 => {}
        1 => tokio::task::yield_now().await,
        _ => tokio::time::sleep(Duration::from_micros(chance.u64(..25_000))).await,
    }
}
