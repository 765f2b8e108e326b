//! What both ends of Porchlight must agree on.
//!
//! The law: no I/O, no clock, no chance, and nothing that would weigh on the visitor's download without need.
//! A module here has the name of the domain that it serves in `server/src` and in `widget/src`.
#![forbid(unsafe_code)]

/// Porchlight accounts: agents and admins of sites without a log-in of their own.
pub mod account;
/// Conversations, messages, and the commands that change them.
pub mod conversation;
/// A guest's conversations becoming somebody's, and taking that back.
pub mod conversion;
/// User groups: who is in them, and which may chat with which.
pub mod group;
/// The host site's server: its API, its keys, its webhooks.
pub mod host;
/// Who is asking: sessions, the guest form, the identity token's exchange.
pub mod identity;
/// Ids: newtypes over the text that the database and the wire carry.
pub mod ids;
/// An agent's list of support conversations.
pub mod inbox;
/// Every limit, in one place.
pub mod limits;
/// Errors as codes.
pub mod problem;
/// What travels over the socket: events down, signals up.
pub mod realtime;
/// Blocks, reports, and what admins see of both.
pub mod safety;
/// The one cast of people who appear in demo, tests, gallery and screenshots.
#[cfg(feature = "samples")]
pub mod samples;
/// What an admin decides about the site.
pub mod settings;
/// Texts that people type: names, addresses, messages.
pub mod text;
/// How a value becomes bytes, and how two builds know each other.
pub mod wire;
