//! Conversations, messages, and what has been seen.
//!
//! The laws: a conversation that is not yours is not there; author, position and time are the server's and never
//! change; every durable change raises the conversation's revision by one in the same transaction (D3); a retry of a
//! command is the same message, the first one's too (D4).
//!
//! A `direct` conversation is between two users and has everything that a `support` one has: whoever began it stands on
//! the customer's side, the other on the staff's. Staff who are not one of the two never meet it.
//!
//! Routes: `POST`, `GET /api/conversations`; `GET /api/conversations/{id}`; `GET`, `POST …/messages`; `PUT …/seen`; `POST`,
//! `DELETE …/block`.

/// Who is told what.
pub mod announce;
/// What changes a conversation, inside the writer's transaction.
pub mod change;
/// One handler for each route.
pub mod http;
/// How often somebody may start and write.
pub mod limits;
/// Who may see and do what.
pub mod rules;
/// How they are kept and read.
pub mod store;
/// As somebody sees them.
mod view;
