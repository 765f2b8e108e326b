//! Drop, reconnect, send, retry, look: the state by events is the state by a fresh read (R4).
//!
//! The laws: whoever stays connected never has to fetch; whoever comes back says what they know and fetches what they
//! are told is behind; either way they then know exactly what a stranger would read anew.

use crate::harness::{Browser, Engine, Site, Socket, chance};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use shared::{
    conversation::{Conversation, Message, SendMessage, Side, Thread},
    identity::SignIn,
    ids::{ConversationId, GroupId, PersonId, Position, Revision},
    realtime::{Event, Known, Resume, Signal},
    samples::{ADA, CORA, LONG, MINA, NOOR, TEO},
    settings::Switch,
};

const CASES: u32 = 200;
/// Stories that go on at once, each in a conversation of its own: they share the waits for the disk.
const AT_ONCE: u32 = 4;
const STEPS: usize = 30;

/// Who does something: Cora the guest, Mina and Teo the agents.
type Who = usize;

#[derive(Clone, Debug)]
enum Step {
    /// Says something new.
    Says(Who),
    /// Says the last thing once more, as if its answer had been lost.
    Retries(Who),
    /// Has everything on screen that they know of.
    Looks(Who),
    /// The connection is cut.
    Drops(Who),
    /// The connection is there again.
    Returns(Who),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..3_usize;
    prop_oneof![
        5 => who.clone().prop_map(Step::Says),
        2 => who.clone().prop_map(Step::Retries),
        3 => who.clone().prop_map(Step::Looks),
        2 => who.clone().prop_map(Step::Drops),
        2 => who.prop_map(Step::Returns),
    ]
}

/// What somebody knows of the conversation, as their frame would.
struct Reader<'a> {
    browser: Browser<'a>,
    person_id: PersonId,
    side: Side,
    socket: Option<Socket>,
    conversation_id: ConversationId,
    head: Conversation,
    messages: Vec<Message>,
    last_said: Option<SendMessage>,
}

impl<'a> Reader<'a> {
    async fn new(browser: Browser<'a>, side: Side, conversation_id: &ConversationId) -> Self {
        let Thread {
            conversation: head,
            messages,
        } = browser.reads(conversation_id).await.unwrap();
        let person_id = browser.session().await.person.unwrap().person_id;
        let mut reader = Self {
            browser,
            person_id,
            side,
            socket: None,
            conversation_id: conversation_id.clone(),
            head,
            messages,
            last_said: None,
        };
        reader.returns().await;
        reader
    }

    async fn does(&mut self, step: &Step, number: usize) {
        match step {
            Step::Says(_) => {
                let client_id = self.browser.client_id();
                self.last_said = Some(SendMessage {
                    client_id,
                    text: format!("{number}"),
                    reply_to: None,
                });
                self.says_again().await;
            }
            Step::Retries(_) => self.says_again().await,
            Step::Looks(_) => {
                let position = self.head.last_position;
                self.browser
                    .sees(&self.conversation_id, position.0)
                    .await
                    .unwrap();
            }
            Step::Drops(_) => self.socket = None,
            Step::Returns(_) => self.returns().await,
        }
    }

    async fn says_again(&self) {
        if let Some(command) = &self.last_said {
            self.browser
                .sends(&self.conversation_id, command)
                .await
                .unwrap();
        }
    }

    /// Connects, says what is known, and fetches what is behind. What arrives meanwhile is known afterwards.
    async fn returns(&mut self) {
        if self.socket.is_some() {
            return;
        }
        let mut socket = self.browser.listens().await;
        let known = Known {
            conversation_id: self.conversation_id.clone(),
            revision: self.head.revision,
        };
        socket
            .signals(&Signal::Resume(Resume {
                conversations: vec![known],
            }))
            .await;
        let heard = socket
            .hears_until(|event| matches!(event, Event::Resumed(_)))
            .await;
        let Some(Event::Resumed(resumed)) = heard.last() else {
            panic!("it ends with the answer")
        };
        assert!(resumed.gone.is_empty());
        if !resumed.behind.is_empty() {
            self.fetches().await;
        }
        for event in heard {
            // Without a gap, or known already.
            self.hears(event);
        }
        self.socket = Some(socket);
    }

    /// What a frame does about a gap: everything after what it has, and the head of that very moment.
    async fn fetches(&mut self) {
        let last = self
            .messages
            .last()
            .map_or(Position::NONE, |message| message.position);
        let path = format!(
            "/api/conversations/{}/messages?limit=100&after={}",
            self.conversation_id, last.0
        );
        let thread: Thread = self.browser.gets(&path).await.unwrap();
        self.head = thread.conversation;
        self.messages.extend(thread.messages);
    }

    /// Applies an event. A gap is a broken promise: whoever is connected never has to fetch.
    fn hears(&mut self, event: Event) {
        let revision = match &event {
            Event::MessageSent(sent) if sent.conversation_id == self.conversation_id => {
                sent.revision
            }
            Event::SeenAdvanced(seen) if seen.conversation_id == self.conversation_id => {
                seen.revision
            }
            _ => return,
        };
        if revision <= self.head.revision {
            return;
        }
        assert_eq!(
            revision,
            Revision(self.head.revision.0 + 1),
            "{} missed an event",
            self.browser.person.key
        );
        self.head.revision = revision;
        match event {
            Event::MessageSent(sent) => self.hears_message(sent.message),
            Event::SeenAdvanced(seen) => {
                let is_own = seen.person_id.as_ref() == Some(&self.person_id);
                self.hears_seen(seen.side, is_own, seen.position);
            }
            _ => {}
        }
        self.count_unread();
    }

    fn hears_message(&mut self, message: Message) {
        assert_eq!(message.position, self.head.last_position.next());
        self.head.last_position = message.position;
        if message.side == Side::Staff {
            self.head.last_staff_position = message.position;
        }
        let is_own = message
            .author
            .as_ref()
            .is_some_and(|author| author.person_id == self.person_id);
        self.hears_seen(message.side, is_own, message.position);
        self.messages.push(message);
    }

    fn hears_seen(&mut self, side: Side, is_own: bool, position: Position) {
        let seen = match side {
            Side::Customer => &mut self.head.customer_seen,
            _ => &mut self.head.staff_seen,
        };
        *seen = position.max(*seen);
        if is_own {
            self.head.own_seen = position.max(self.head.own_seen);
        }
    }

    fn count_unread(&mut self) {
        let (other, from) = match self.side {
            Side::Customer => (Side::Staff, self.head.own_seen),
            _ => (
                Side::Customer,
                self.head.own_seen.max(self.head.last_staff_position),
            ),
        };
        let unread = self
            .messages
            .iter()
            .filter(|message| message.side == other && message.position > from)
            .count();
        self.head.unread = u32::try_from(unread).unwrap();
    }

    /// Listens until everything is known that a stranger would read now, and compares.
    async fn knows_what_is_so(&mut self) {
        self.returns().await;
        let fresh = self.browser.reads(&self.conversation_id).await.unwrap();
        let mut socket = self.socket.take().unwrap();
        while self.head.revision < fresh.conversation.revision {
            let event = socket.hears().await;
            self.hears(event);
        }
        let told = |head: &Conversation| {
            (
                head.revision,
                head.last_position,
                head.customer_seen,
                head.staff_seen,
                head.own_seen,
                head.last_staff_position,
                head.unread,
            )
        };
        assert_eq!(
            told(&self.head),
            told(&fresh.conversation),
            "{}",
            self.browser.person.key
        );
        assert!(
            self.messages == fresh.messages,
            "{} knows the same messages",
            self.browser.person.key
        );
    }
}

/// Cora asks; Mina and Teo answer.
async fn with_support<'a>(site: &'a Site, agents: &[Browser<'a>; 2]) -> Vec<Reader<'a>> {
    let mut cora = site.browser(&CORA);
    let hall = cora.starts("Hello").await;
    vec![
        Reader::new(cora, Side::Customer, &hall).await,
        Reader::new(agents[0].clone(), Side::Staff, &hall).await,
        Reader::new(agents[1].clone(), Side::Staff, &hall).await,
    ]
}

/// Two users who have not met write to each other; one of them has two tabs.
async fn among_two<'a>(site: &'a Site, ada: &Browser<'a>, group: &GroupId) -> Vec<Reader<'a>> {
    let mut two = [Browser::user(site, &NOOR), Browser::user(site, &LONG)];
    for user in &mut two {
        let mut claims = site.claims(user.person);
        claims["sub"] = format!("{:016x}", fastrand::u64(..)).into();
        let command = SignIn {
            token: site.signs(&claims),
        };
        assert_eq!(
            user.writes("POST", "/api/session", &command).await.status,
            200
        );
        ada.puts_in(group, &user.person_id().await).await;
    }
    let [noor, other] = two;
    let started = noor.writes_to(&other.person_id().await, "Hello").await;
    let place = started.unwrap().conversation.conversation_id;
    vec![
        Reader::new(noor, Side::Customer, &place).await,
        Reader::new(other.clone(), Side::Staff, &place).await,
        Reader::new(other, Side::Staff, &place).await,
    ]
}

async fn follow(site: &Site, mut readers: Vec<Reader<'_>>, steps: &[Step]) {
    for (number, step) in steps.iter().enumerate() {
        site.clock.advance(1_000);
        let (Step::Says(who)
        | Step::Retries(who)
        | Step::Looks(who)
        | Step::Drops(who)
        | Step::Returns(who)) = step;
        readers[*who].does(step, number).await;
    }
    for reader in &mut readers {
        reader.knows_what_is_so().await;
    }
}

fn runner(seed: u64, number: u32) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&number.to_le_bytes());
    let config = Config {
        cases: CASES / AT_ONCE,
        failure_persistence: None,
        // A story that goes wrong may wait in vain in each of its shorter forms.
        max_shrink_time: 30_000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

fn nothing_is_missed(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(Site::tell(engine, async |site| {
        let agents = [site.signed_in(&MINA).await, site.signed_in(&TEO).await];
        let ada = site.admin_of(&ADA).await;
        let group = ada.makes_group("Office").await;
        ada.permits(&group, &group, Switch::On).await.unwrap();
        let (seed, runtime) = (
            chance("resuming").u64(..),
            tokio::runtime::Handle::current(),
        );
        let tell_stories = |number| {
            let steps = proptest::collection::vec(step(), STEPS);
            // One of four among two users.
            let stories = (0..4_usize, steps);
            let told = runner(seed, number).run(&stories, |(kind, steps)| {
                runtime.block_on(async {
                    let readers = match kind {
                        0 => among_two(site, &ada, &group).await,
                        _ => with_support(site, &agents).await,
                    };
                    follow(site, readers, &steps).await;
                });
                Ok(())
            });
            if let Err(failure) = told {
                panic!("{failure}");
            }
        };
        // Threads that nothing else waits for: each holds its story up, and the server goes on.
        std::thread::scope(|scope| {
            for number in 0..AT_ONCE {
                let tell_stories = &tell_stories;
                scope.spawn(move || tell_stories(number));
            }
        });
    }));
}

#[test]
fn the_state_by_events_is_the_state_by_a_fresh_read_on_sqlite() {
    nothing_is_missed(Engine::Sqlite);
}

#[test]
fn the_state_by_events_is_the_state_by_a_fresh_read_on_postgres() {
    nothing_is_missed(Engine::Postgres);
}
