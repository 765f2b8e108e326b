//! The guest form's command.

use crate::net::{Failure, Method, body, order};
use shared::identity::StartChat;

/// *Start chat*: name and address are checked, an anonymous cookie is set, nothing is stored.
pub async fn start_chat(name: &str, email: &str) -> Result<(), Failure> {
    let command = StartChat {
        name: name.into(),
        email: email.into(),
    };
    order(Method::Post, "/api/guest", body(&command)).await
}
