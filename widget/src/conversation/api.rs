//! Commands about conversations, one function each.

use crate::i18n::digits;
#[cfg(feature = "users")]
use crate::net::call_as_guest;
use crate::net::path::{conversation, with};
use crate::net::{Failure, Method, body, call};
use shared::conversation::{
    AdvanceSeen, Conversation, ConversationPage, SeenAdvanced, SendMessage, Sent,
    StartConversation, Started, Thread,
};
use shared::ids::{ConversationId, Position};

const CONVERSATIONS: &str = "/api/conversations";

/// Which part of a thread.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Newest,
    Before(Position),
    After(Position),
}

/// A guest's first message, or a user's new conversation. What somebody wrote as a guest goes by the guest's cookie, also
/// when somebody has signed in since: whose it becomes is the server's to say.
pub async fn start_conversation(command: &StartConversation) -> Result<Started, Failure> {
    #[cfg(feature = "users")]
    if command.guest.is_some() {
        return call_as_guest(Method::Post, CONVERSATIONS, body(command)).await;
    }
    call(Method::Post, CONVERSATIONS, body(command)).await
}

pub async fn send_message(id: &ConversationId, command: &SendMessage) -> Result<Sent, Failure> {
    call(Method::Post, &conversation(id, "/messages"), body(command)).await
}

/// The caller's own conversations, newest activity first.
pub async fn list_conversations(cursor: Option<String>) -> Result<ConversationPage, Failure> {
    call(
        Method::Get,
        &with(CONVERSATIONS, &[("cursor", cursor)]),
        None,
    )
    .await
}

pub async fn get_conversation(id: &ConversationId) -> Result<Conversation, Failure> {
    call(Method::Get, &conversation(id, ""), None).await
}

/// Head and messages, at most `limit`.
pub async fn get_thread(id: &ConversationId, part: Part, limit: u32) -> Result<Thread, Failure> {
    let (before, after) = match part {
        Part::Newest => (None, None),
        Part::Before(position) => (Some(digits(position.0)), None),
        Part::After(position) => (None, Some(digits(position.0))),
    };
    let path = conversation(id, "/messages");
    let path = with(
        &path,
        &[
            ("before", before),
            ("after", after),
            ("limit", Some(digits(limit.into()))),
        ],
    );
    call(Method::Get, &path, None).await
}

pub async fn advance_seen(
    id: &ConversationId,
    position: Position,
) -> Result<SeenAdvanced, Failure> {
    call(
        Method::Put,
        &conversation(id, "/seen"),
        body(&AdvanceSeen { position }),
    )
    .await
}
