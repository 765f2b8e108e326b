//! What was sent, and what came back: the oracle that outlives the server.
//!
//! The law: an entry is made before its call leaves, and is acknowledged only by a whole answer with status 200.

use anyhow::{Result, ensure};
use porchlight_bench::http::Encoding;
use porchlight_bench::people::{self, Person};
use shared::conversation::{Message, SendMessage, Sent};
use shared::ids::{ClientId, ConversationId, MessageId, Position};
use std::collections::HashMap;

/// One message that somebody tried to send.
#[derive(Clone)]
pub struct Entry {
    pub sender: Person,
    pub conversation_id: ConversationId,
    pub client_id: ClientId,
    pub text: String,
    /// `None`: unknown, the answer never came.
    pub acknowledged: Option<(Position, MessageId)>,
}

impl Entry {
    pub fn new(sender: &Person, conversation_id: &ConversationId, text: String) -> Self {
        Self {
            sender: sender.clone(),
            conversation_id: conversation_id.clone(),
            client_id: people::client_id(),
            text,
            acknowledged: None,
        }
    }

    /// The call, the same for every try.
    pub fn call(&self, origin: &str) -> Vec<u8> {
        let message = SendMessage {
            client_id: self.client_id.clone(),
            text: self.text.clone(),
            reply_to: None,
        };
        self.sender
            .sends(origin, &self.conversation_id, &message, Encoding::Json)
    }

    /// Writes an acknowledgement down.
    ///
    /// **Errors**: it contradicts an earlier one, or speaks of another message.
    pub fn acknowledge(&mut self, sent: &Sent) -> Result<()> {
        let Message {
            position,
            message_id,
            client_id,
            text,
            ..
        } = &sent.message;
        ensure!(
            client_id.as_ref() == Some(&self.client_id),
            "{} was answered with another's message",
            self.client_id
        );
        ensure!(
            *text == self.text,
            "{} was answered with another text",
            self.client_id
        );
        let told = (*position, message_id.clone());
        if let Some(before) = &self.acknowledged {
            ensure!(
                *before == told,
                "{}: a retry was told {told:?} and the first {before:?}",
                self.client_id
            );
        }
        self.acknowledged = Some(told);
        Ok(())
    }
}

/// Everything that is stored in one conversation, in order, as read back so far.
#[derive(Default)]
pub struct Stored {
    messages: Vec<Message>,
    by_client_id: HashMap<ClientId, usize>,
}

impl Stored {
    pub fn last_position(&self) -> Position {
        self.messages
            .last()
            .map_or(Position::NONE, |message| message.position)
    }

    pub fn count(&self) -> usize {
        self.messages.len()
    }

    /// Adds what is new.
    ///
    /// **Errors**: a client id that is stored already: a doubled message.
    pub fn extend(&mut self, messages: Vec<Message>) -> Result<()> {
        for message in messages {
            if let Some(client_id) = &message.client_id {
                let doubled = self
                    .by_client_id
                    .insert(client_id.clone(), self.messages.len());
                ensure!(
                    doubled.is_none(),
                    "DOUBLED: {client_id} is stored twice, the second time at {:?}",
                    message.position
                );
            }
            self.messages.push(message);
        }
        Ok(())
    }

    /// Checks that an acknowledged entry is there, exactly as acknowledged.
    pub fn holds(&self, entry: &Entry) -> Result<()> {
        let Some(acknowledged) = &entry.acknowledged else {
            return Ok(());
        };
        let found = self
            .by_client_id
            .get(&entry.client_id)
            .map(|place| &self.messages[*place]);
        let Some(message) = found else {
            anyhow::bail!(
                "LOST: {} was acknowledged at {:?} and is not stored",
                entry.client_id,
                acknowledged.0
            );
        };
        let stored = (message.position, message.message_id.clone());
        ensure!(
            stored == *acknowledged,
            "{} was acknowledged as {acknowledged:?} and stored as {stored:?}",
            entry.client_id
        );
        ensure!(
            message.text == entry.text,
            "{} is stored with another text",
            entry.client_id
        );
        Ok(())
    }
}
