//! What somebody knows of a conversation, as their frame would.
//!
//! The law: it is told by events, fetches what it is told to fetch, and nothing else.

use crate::harness::{Browser, Came, Socket};
use shared::{
    conversation::{Conversation, Message, SendMessage, Side, Thread},
    ids::{ConversationId, PersonId, Position, Revision},
    problem::ProblemCode,
    realtime::{Event, Known, Resume, Signal},
};

pub struct Reader<'a> {
    pub browser: Browser<'a>,
    pub person_id: PersonId,
    /// What they said last, for saying it again.
    pub last_said: Option<SendMessage>,
    side: Side,
    socket: Option<Socket>,
    conversation_id: ConversationId,
    head: Conversation,
    messages: Vec<Message>,
}

impl<'a> Reader<'a> {
    pub async fn new(browser: Browser<'a>, side: Side, conversation_id: &ConversationId) -> Self {
        let Thread {
            conversation: head,
            messages,
        } = browser.reads(conversation_id).await.unwrap();
        let mut reader = Self {
            person_id: browser.person_id().await,
            browser,
            last_said: None,
            side,
            socket: None,
            conversation_id: conversation_id.clone(),
            head,
            messages,
        };
        reader.returns().await;
        reader
    }

    /// Somebody else sits before what this one knows.
    pub fn is_now(&mut self, browser: Browser<'a>, person_id: PersonId) {
        self.socket = None;
        self.browser = browser;
        self.person_id = person_id;
    }

    pub async fn says(&mut self, text: &str) {
        self.last_said = Some(SendMessage {
            client_id: self.browser.client_id(),
            text: text.into(),
            reply_to: None,
        });
        self.says_again().await;
    }

    pub async fn says_again(&self) {
        let Some(command) = &self.last_said else {
            return;
        };
        while let Err(refused) = self.browser.sends(&self.conversation_id, command).await {
            assert_eq!(refused.status, 429, "{:?}", refused.problem);
            // They speak in other stories, too.
            self.browser.site.clock.advance(1_000);
        }
    }

    pub async fn looks(&self) {
        let position = self.head.last_position.0;
        let seen = self.browser.sees(&self.conversation_id, position).await;
        if let Err(refused) = seen {
            // Taken back, and they have not been told yet.
            assert_eq!(refused.code(), ProblemCode::OutOfRange);
        }
    }

    pub fn drops(&mut self) {
        self.socket = None;
    }

    /// Whoever is connected is cut off, for this reason.
    pub async fn is_closed(&mut self, code: u16) {
        if let Some(mut socket) = self.socket.take() {
            assert_eq!(socket.is_closed().await.1, Some(code));
        }
    }

    /// Connects, says what is known, and fetches what is behind. What arrives meanwhile is known afterwards.
    pub async fn returns(&mut self) {
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
        assert!(resumed.gone.is_empty(), "{} finds it gone", self.who());
        if !resumed.behind.is_empty() {
            self.fetches().await;
        }
        for event in heard {
            // Without a gap, or known already.
            self.hears(event).await;
        }
        self.socket = Some(socket);
    }

    /// What a frame does about a gap: everything after what it has, and the head of that very moment. All of it, where
    /// the epoch is another: what it has may not be so any more.
    async fn fetches(&mut self) {
        let last = self
            .messages
            .last()
            .map_or(Position::NONE, |message| message.position);
        let path = format!(
            "/api/conversations/{}/messages?limit=100&after={}",
            self.conversation_id, last.0
        );
        let mut thread: Thread = self.browser.gets(&path).await.unwrap();
        if thread.conversation.epoch != self.head.epoch {
            self.messages.clear();
            thread = self.browser.reads(&self.conversation_id).await.unwrap();
        }
        self.head = thread.conversation;
        self.messages.extend(thread.messages);
    }

    /// Takes in what has arrived so far, and waits for nothing.
    pub async fn hears_what_came(&mut self) {
        while let Some(socket) = &mut self.socket {
            match socket.came().await {
                Came::Nothing => return,
                // What is said in other stories is not worth reading.
                Came::Text(text) if !text.contains(self.conversation_id.as_str()) => {}
                Came::Text(text) => {
                    let event = serde_json::from_str(&text).expect("events are JSON");
                    self.hears(event).await;
                }
                // So slow is this machine that the server took them for dead: they return, as a frame does.
                Came::Lost => self.socket = None,
            }
        }
    }

    /// Applies an event. A gap is a broken promise: whoever is connected never has to fetch.
    async fn hears(&mut self, event: Event) {
        let Some(revision) = self.revision_of(&event) else {
            return;
        };
        if revision <= self.head.revision {
            return;
        }
        assert_eq!(
            revision,
            Revision(self.head.revision.0 + 1),
            "{} missed an event",
            self.who()
        );
        match event {
            Event::MessageSent(sent) => self.hears_message(sent.message),
            Event::SeenAdvanced(seen) => {
                let is_own = seen.person_id.as_ref() == Some(&self.person_id);
                self.hears_seen(seen.side, is_own, seen.position);
            }
            // What it is about is told to those who ask.
            _ => return self.fetches().await,
        }
        self.head.revision = revision;
        self.count_unread();
    }

    /// `None`: it is about something else.
    fn revision_of(&self, event: &Event) -> Option<Revision> {
        let (conversation_id, revision) = match event {
            Event::MessageSent(sent) => (&sent.conversation_id, sent.revision),
            Event::SeenAdvanced(seen) => (&seen.conversation_id, seen.revision),
            Event::ConversationChanged(changed) => (&changed.conversation_id, changed.revision),
            Event::Resync(_) => panic!("{} was told too much at once", self.who()),
            _ => return None,
        };
        (*conversation_id == self.conversation_id).then_some(revision)
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
    pub async fn knows_what_is_so(&mut self) {
        self.returns().await;
        let fresh = self.browser.reads(&self.conversation_id).await.unwrap();
        while self.head.revision < fresh.conversation.revision {
            let socket = self.socket.as_mut().expect("just connected");
            let event = socket.hears().await;
            self.hears(event).await;
        }
        let told = |head: &Conversation| {
            (
                head.epoch,
                head.revision,
                head.last_position,
                head.customer_seen,
                head.staff_seen,
                head.own_seen,
                head.last_staff_position,
                head.unread,
            )
        };
        let (known, so) = (told(&self.head), told(&fresh.conversation));
        assert_eq!(known, so, "{}", self.who());
        assert!(
            self.messages == fresh.messages,
            "{} knows the same messages",
            self.who()
        );
    }

    fn who(&self) -> &str {
        self.browser.person.key
    }
}
