//! The one cast: who appears in the demo, the scenarios, the gallery, the end-to-end tests and the screenshots.
//!
//! The law: nobody else exists. Addresses are under `example.org` and `example.com`, which nobody owns.

use crate::conversation::{
    Conversation, ConversationKind, Customer, CustomerKind, GuestParticulars, Message, MessageKind,
    SendMessage, Side, StartConversation, Writing,
};
use crate::identity::{Face, Own, Program, ProofLevel, Role, Session, SignIn, StartChat};
use crate::ids::{
    ClientId, ConversationId, GroupId, MessageId, PersonId, Position, Revision, SiteId, Time,
};
use crate::settings::{GuestDoor, Presence, Settings, Site, Switch};

/// Somebody of the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Also the host site's account id (`sub`).
    pub key: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    /// For ids: a number of their own.
    number: u8,
}

impl Person {
    pub fn person_id(&self) -> PersonId {
        PersonId::parse(&uuid(0x10, self.number)).expect("samples are canonical")
    }

    pub fn face(&self) -> Face {
        Face {
            person_id: self.person_id(),
            name: self.name.into(),
            picture: None,
        }
    }

    pub fn own(&self) -> Own {
        Own {
            person_id: self.person_id(),
            name: self.name.into(),
            email: Some(self.email.into()),
        }
    }

    pub fn particulars(&self) -> GuestParticulars {
        GuestParticulars {
            name: self.name.into(),
            email: self.email.into(),
        }
    }
}

/// A guest.
pub const CORA: Person = Person {
    key: "cora",
    name: "Cora Lindqvist",
    email: "cora@example.org",
    number: 1,
};
/// A guest.
pub const IDRIS: Person = Person {
    key: "idris",
    name: "Idris Bello",
    email: "idris@example.org",
    number: 2,
};
/// A user who used to be a guest.
pub const NOOR: Person = Person {
    key: "noor",
    name: "Noor Haddad",
    email: "noor@example.org",
    number: 3,
};
/// An agent.
pub const MINA: Person = Person {
    key: "mina",
    name: "Mina Okafor",
    email: "mina@example.com",
    number: 4,
};
/// An agent.
pub const TEO: Person = Person {
    key: "teo",
    name: "Teo Marchetti",
    email: "teo@example.com",
    number: 5,
};
/// The admin.
pub const ADA: Person = Person {
    key: "ada",
    name: "Ada Brandt",
    email: "ada@example.com",
    number: 6,
};
/// A very long name.
pub const LONG: Person = Person {
    key: "maximiliana",
    name: "Maximiliana Konstantinopoulou-Featherstonehaugh von Hohenzollern-Sigmaringen",
    email: "maximiliana.konstantinopoulou.featherstonehaugh@subdomain.example.org",
    number: 7,
};
/// A right-to-left name.
pub const RIGHT_TO_LEFT: Person = Person {
    key: "layla",
    name: "ليلى المنصوري",
    email: "layla@example.org",
    number: 8,
};

/// Everybody.
pub const CAST: [Person; 8] = [CORA, IDRIS, NOOR, MINA, TEO, ADA, LONG, RIGHT_TO_LEFT];

/// The name of the guest group.
pub const GUEST_GROUP: &str = "Support";

/// Friday 20 November 2026, 14:05:00 UTC.
pub const NOON_ISH: Time = Time(1_795_183_500_000);

fn uuid(family: u8, number: u8) -> String {
    format!("019aaf00-{family:02x}{number:02x}-7000-8000-0000000000{number:02x}")
}

pub fn conversation_id(number: u8) -> ConversationId {
    ConversationId::parse(&uuid(0x20, number)).expect("samples are canonical")
}

pub fn message_id(number: u8) -> MessageId {
    MessageId::parse(&uuid(0x30, number)).expect("samples are canonical")
}

pub fn client_id(number: u8) -> ClientId {
    ClientId::parse(&uuid(0x40, number)).expect("samples are canonical")
}

pub fn group_id(number: u8) -> GroupId {
    GroupId::parse(&uuid(0x50, number)).expect("samples are canonical")
}

pub fn site_id() -> SiteId {
    SiteId::parse(&uuid(0x60, 1)).expect("samples are canonical")
}

pub fn start_chat() -> StartChat {
    StartChat {
        name: CORA.name.into(),
        email: CORA.email.into(),
    }
}

pub fn sign_in() -> SignIn {
    SignIn {
        token: "header.payload.signature".into(),
    }
}

pub fn start_conversation() -> StartConversation {
    StartConversation {
        client_id: client_id(1),
        text: "Hello, is the blue lamp back in stock?".into(),
        guest: Some(CORA.particulars()),
        with: None,
    }
}

pub fn send_message() -> SendMessage {
    SendMessage {
        client_id: client_id(2),
        text: "It is, since this morning.".into(),
        reply_to: Some(Position(1)),
    }
}

/// A message by `author`, `minutes` after [`NOON_ISH`].
pub fn message(position: u8, author: &Person, side: Side, text: &str, minutes: i64) -> Message {
    Message {
        message_id: message_id(position),
        position: Position(u64::from(position)),
        client_id: Some(client_id(position)),
        kind: MessageKind::Text,
        side,
        author: Some(author.face()),
        text: text.into(),
        reply_to: None,
        sent_at: Time(NOON_ISH.0 + minutes * 60_000),
    }
}

/// Cora asks, Mina answers.
pub fn messages() -> Vec<Message> {
    vec![
        message(
            1,
            &CORA,
            Side::Customer,
            "Hello, is the blue lamp back in stock?",
            0,
        ),
        message(
            2,
            &MINA,
            Side::Staff,
            "Hello Cora! It is, since this morning.",
            2,
        ),
        message(3, &MINA, Side::Staff, "Shall I put one aside for you?", 2),
        message(4, &CORA, Side::Customer, "Yes please. Thank you!", 5),
    ]
}

/// Cora's conversation as staff see it.
pub fn conversation() -> Conversation {
    let messages = messages();
    Conversation {
        conversation_id: conversation_id(1),
        kind: ConversationKind::Support,
        revision: Revision(6),
        last_position: Position(4),
        last_activity_at: messages[3].sent_at,
        last_message: messages.last().cloned(),
        customer_seen: Position(3),
        staff_seen: Position(4),
        own_seen: Position(2),
        last_staff_position: Position(3),
        unread: 1,
        customer: Some(Customer {
            face: CORA.face(),
            kind: CustomerKind::Guest,
            email: Some(CORA.email.into()),
            proof: ProofLevel::Claimed,
            page: Some("/lamps/blue".into()),
            acted_by: None,
        }),
        peer: None,
        writing: Writing::Open,
        staff: vec![MINA.face()],
        blocked: Vec::new(),
        converted: None,
        epoch: 0,
    }
}

pub fn site() -> Site {
    let settings = Settings::default();
    Site {
        site_name: "Lantern & Loom".into(),
        support_name: "Lantern & Loom Support".into(),
        greeting: settings.greeting,
        usual_answer: settings.usual_answer,
        privacy_url: "/privacy".into(),
        footer_text: "Lantern & Loom".into(),
        footer_url: String::new(),
        accent: settings.accent,
        logo: None,
        notification_sound: settings.notification_sound,
        open_on_message: settings.open_on_message,
        language: "en".into(),
        page_size: settings.page_size,
        user_groups: Switch::On,
        door: GuestDoor::Open,
        codes: Switch::Off,
        presence: Presence::There,
        faces: vec![MINA.face(), TEO.face()],
    }
}

pub fn session(role: Role) -> Session {
    let person = match role {
        Role::Visitor => None,
        Role::Guest => Some(CORA),
        Role::User => Some(NOOR),
        Role::Agent => Some(MINA),
        Role::Admin => Some(ADA),
    };
    Session {
        role,
        person: person.map(|person| person.own()),
        program: if role.is_staff() {
            Program::Agent
        } else {
            Program::Widget
        },
        site: site(),
        conversation_id: (role == Role::Guest).then(|| conversation_id(1)),
        has_account: false,
        question: None,
        may_bring_chats: false,
        continued_as: None,
        unread: 0,
    }
}
