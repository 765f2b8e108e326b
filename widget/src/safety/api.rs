//! Commands against somebody, one function each.

use crate::net::path::conversation;
use crate::net::{Failure, Method, body, order};
use shared::ids::{ConversationId, PersonId};
use shared::safety::{BlockPerson, ReportMessage};
use std::pin::Pin;

/// Whether it was done; the same type for all of them, because each type of a future weighs.
pub type Order = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// Blocks with `Method::Post`, unblocks with `Method::Delete`. `person_id`: whom; `None` where the other side is one person.
pub fn block(method: Method, id: &ConversationId, person_id: Option<PersonId>) -> Order {
    let command = body(&BlockPerson { person_id });
    ordered(method, conversation(id, "/block"), command)
}

pub fn report(id: &ConversationId, command: &ReportMessage) -> Order {
    ordered(Method::Post, conversation(id, "/report"), body(command))
}

fn ordered(method: Method, path: String, command: Option<Vec<u8>>) -> Order {
    Box::pin(async move { order(method, &path, command).await })
}
