//! Webhooks: the host site's server is told what happened.
//!
//! The laws: what is to be told is written down in the transaction in which it happened, so a crash loses none of it;
//! it may come twice, and says by its id that it did. It is signed (Standard Webhooks). A message's text, a name and an
//! address are read when they are sent, so what was erased is not told. Nothing is sent to a private network, neither
//! by an address nor by a name nor by a redirect; and a receiver that hangs holds up nobody but itself. Conversations
//! between users are nobody else's: only those with support are told of.
//!
//! Routes: `GET|POST /api/admin/webhooks`, `DELETE /api/admin/webhooks/{id}`, `GET /api/admin/webhooks/{id}/deliveries`,
//! `POST /api/admin/webhooks/{id}/deliveries/{delivery_id}/repeat`.

/// Making and ending webhooks, and repeating, inside the writer's transaction.
pub mod change;
/// One call of one receiver.
pub mod courier;
/// What is to be told is written down.
pub mod enqueue;
/// The admin page's routes.
pub mod http;
/// Which addresses a name has.
pub mod names;
/// What a receiver reads.
pub mod payload;
/// Where something may be sent, and when it is tried again.
pub mod rules;
/// How a receiver knows that it is us.
pub mod signature;
/// How the server keeps webhooks and deliveries.
pub mod store;
/// The task that delivers.
pub mod task;
