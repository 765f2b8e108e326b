//! Guests and agents of a server under test, who come in through the same doors as everybody.
//!
//! The law: nobody here sends more than the limits allow; who needs more messages brings more guests.

use crate::http::{Answer, Call, Connection, Encoding};
use crate::program::Program;
use crate::token;
use anyhow::{Context, Result, ensure};
use shared::conversation::{GuestParticulars, SendMessage, StartConversation, Started};
use shared::identity::{Role, Session, SignIn, StartChat};
use shared::ids::{ClientId, ConversationId};
use shared::wire;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU64, Ordering};

/// Somebody with a session.
#[derive(Clone)]
pub struct Person {
    /// On whose behalf their page speaks.
    pub speaks_for: &'static str,
    /// `name=value`.
    pub cookie: String,
    /// Where they seem to come from.
    pub peer: IpAddr,
}

/// A guest with a conversation of their own.
#[derive(Clone)]
pub struct Guest {
    pub person: Person,
    pub conversation_id: ConversationId,
}

impl Person {
    /// A visitor at the peer of this number.
    pub fn visitor(number: usize) -> Self {
        Self {
            speaks_for: wire::AS_VISITOR,
            cookie: String::new(),
            peer: peer(number),
        }
    }

    /// Says that the call is theirs.
    pub fn makes<'a>(&self, call: Call<'a>) -> Call<'a> {
        call.by(self.speaks_for, &self.cookie, self.peer)
    }

    /// The call that sends a message, ready to travel.
    pub fn sends(
        &self,
        origin: &str,
        to: &ConversationId,
        message: &SendMessage,
        encoding: Encoding,
    ) -> Vec<u8> {
        let path = format!("/api/conversations/{to}/messages");
        self.makes(Call::post(&path, encoding, message))
            .bytes(origin)
    }
}

/// Starts a chat as the guest of this number: the form, then the first message.
pub async fn guest(connection: &mut Connection, origin: &str, number: usize) -> Result<Guest> {
    let mut person = Person::visitor(number);
    let (name, email) = (
        format!("Guest {number}"),
        format!("guest{number}@example.org"),
    );
    let form = StartChat {
        name: name.clone(),
        email: email.clone(),
    };
    let call = person
        .makes(Call::post("/api/guest", Encoding::Json, &form))
        .bytes(origin);
    let answer = connection.call(&call).await?;
    ensure!(answer.status == 204, "start chat: {}", told(&answer));
    person.cookie = answer.cookie.context("start chat set no cookie")?;
    let first = StartConversation {
        client_id: client_id(),
        text: format!("Hello, this is guest {number}."),
        guest: Some(GuestParticulars { name, email }),
        with: None,
    };
    let call = person
        .makes(Call::post("/api/conversations", Encoding::Json, &first))
        .bytes(origin);
    let answer = connection.call(&call).await?;
    if let Some(cookie) = &answer.cookie {
        person.cookie.clone_from(cookie);
    }
    let started: Started = answer.read().context("first message")?;
    Ok(Guest {
        person,
        conversation_id: started.conversation.conversation_id,
    })
}

/// Signs an agent in by a token of the host site.
pub async fn agent(
    connection: &mut Connection,
    program: &Program,
    site_id: &str,
    number: usize,
) -> Result<Person> {
    let mut person = Person {
        speaks_for: wire::AS_USER,
        ..Person::visitor(number)
    };
    let subject = agent_subject(number);
    let sign_in = SignIn {
        token: token::sign(site_id, &subject, &agent_name(number)),
    };
    let call = person
        .makes(Call::post("/api/session", Encoding::Json, &sign_in))
        .bytes(&program.origin());
    let answer = connection.call(&call).await?;
    person.cookie = answer
        .cookie
        .clone()
        .with_context(|| format!("signing in set no cookie: {}", told(&answer)))?;
    let session: Session = answer.read()?;
    ensure!(
        session.role == Role::Agent,
        "{subject} was signed in, but not as an agent"
    );
    Ok(person)
}

/// What an operator does to a fresh product so that these people can chat: guest mode on, with so many agents.
pub fn set_up(program: &Program, agents: usize) -> Result<()> {
    const GROUP: &str = "Customer Support";
    program.command_line(&["settings", "set", "user_groups", "on"])?;
    program.command_line(&["group", "create", GROUP])?;
    for number in 0..agents {
        let (subject, name) = (agent_subject(number), agent_name(number));
        program.command_line(&["user", "add", "--external-id", &subject, "--name", &name])?;
        program.command_line(&["group", "add", GROUP, &subject])?;
    }
    program.command_line(&["settings", "set", "guest_group_id", GROUP])?;
    program.command_line(&["settings", "set", "guest_mode", "on"])?;
    Ok(())
}

/// The installation's id, which tokens must name.
pub fn site_id(program: &Program) -> Result<String> {
    program.command_line(&["settings", "get", "site_id"])
}

/// The host site's id of the agent of this number.
pub fn agent_subject(number: usize) -> String {
    format!("agent-{number}")
}

fn agent_name(number: usize) -> String {
    // The first two of the cast; the others are their likes.
    match number {
        0 => "Mina".into(),
        1 => "Teo".into(),
        _ => format!("Mina {number}"),
    }
}

/// A network address for each: the limits per peer are for crowds, and these are single people.
fn peer(number: usize) -> IpAddr {
    let low = u32::try_from(number % (1 << 24)).expect("less than 2^24");
    IpAddr::V4(Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 0, 0, 1)) + low))
}

/// A client id that no other call of this process gets.
pub fn client_id() -> ClientId {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let chance = fastrand::u64(..) & 0xffff_ffff_ffff;
    let text = format!(
        "{:08x}-{:04x}-7{:03x}-8{:03x}-{chance:012x}",
        count >> 28,
        (count >> 12) & 0xffff,
        count & 0xfff,
        0
    );
    ClientId::parse(&text).expect("the pieces make a canonical UUID of version 7")
}

/// A refusal, as a person would want to read it.
fn told(answer: &Answer) -> String {
    format!(
        "status {} {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_calls_share_a_client_id() {
        let ids: std::collections::HashSet<String> =
            (0..10_000).map(|_| client_id().to_string()).collect();
        assert_eq!(ids.len(), 10_000);
    }

    #[test]
    fn every_guest_is_a_peer_of_their_own() {
        assert_eq!(peer(0).to_string(), "10.0.0.1");
        assert_eq!(peer(300).to_string(), "10.0.1.45");
    }
}
