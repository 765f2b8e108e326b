//! Porchlight's server: one binary that holds the chat, its database and the widget's files.
//!
//! Folders are domains and file names are layers (`ARCHITECTURE.md`): `conversation/store.rs` is "how the server keeps
//! conversations". Calls go down this page, never up.
#![forbid(unsafe_code)]

/// The parts of a running server, in one place.
pub mod app;
/// The command line: what an operator types.
pub mod cli;
/// Time comes in through here (D12).
pub mod clock;
/// What an operator decides before the start.
pub mod config;
/// What is wrong with a deployment, and what helps.
pub mod doctor;
/// Why something was not done, and how that becomes an answer.
pub mod error;
/// What the server counts of itself, for Prometheus.
pub mod metrics;
/// Ids and tokens come in through here (D12).
pub mod mint;
/// The product without a server, for commands of the terminal and for seeds.
pub mod office;
/// What anybody may do right now: settings, the guest group and the admins, kept in memory and watched.
pub mod policy;
/// Every route on one page, each with who may call it (D9).
pub mod router;
/// From a listening socket to a drained server.
pub mod serve;

/// The one place that knows there are two databases (D5), and the one writer (D4).
pub mod database;
/// HTTP: what is the same for every route.
pub mod http;
/// Sockets: who is connected, and what they are told (D3).
pub mod realtime;

/// Accounts: passwords, set-up, invitations.
pub mod account;
/// Conversations, messages, and what has been seen.
pub mod conversation;
/// A guest's conversations becoming somebody's, and taking that back.
pub mod conversion;
/// The demonstration: a seeded product and a shop that embeds it.
pub mod demo;
/// User groups and the guest group.
pub mod group;
/// The host site's server: its API, its keys.
pub mod host;
/// Who is asking: cookies, sessions, identity tokens.
pub mod identity;
/// An agent's list of support conversations.
pub mod inbox;
/// Mails.
pub mod mail;
/// Codes by mail: whoever holds a mailbox shows it.
pub mod mail_code;
/// Guests and users.
pub mod person;
/// Pictures that admins upload.
pub mod picture;
/// The audit log and the rate limits.
pub mod safety;
/// What an admin decides about the site, and the loader that is rendered from it.
pub mod settings;
/// What happened, told to the host site's server.
pub mod webhook;
