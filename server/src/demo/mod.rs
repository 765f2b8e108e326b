//! The demonstration: a seeded product and a small shop that embeds it, in one process (`porchlight demo`).
//!
//! The laws:
//! - the shop is a host site like any other: its own tables, its own accounts, its own cookie; it shares one key with
//!   the chat and puts one script tag on its pages;
//! - the product is set up and seeded through its own functions, never by writing its tables;
//! - what only a demonstration may do (hold and step the clock, sign in by one click, read everybody's mails) exists
//!   on the shop alone;
//!   `serve` knows nothing of it.

/// The shop's files: drawings, looks and its script.
mod assets;
/// The cast on the shop's side.
mod cast;
/// What the shop shows.
mod catalogue;
/// What the shop's server calls of the chat's.
mod chat_server;
/// The demonstration's directory.
mod data_dir;
/// What is the same for every answer of the shop.
mod door;
/// What the shop answers.
mod http;
/// Signs the identity token, as a host site does.
mod identity_token;
/// The mail server, and everybody's mailbox.
mod mailbox;
/// What `porchlight demo` is told.
mod options;
/// The shop's pages.
mod pages;
/// Plays the seeds.
mod player;
/// The two ports.
mod ports;
/// What the shop decides.
mod rules;
/// From two ports to a shop with a chat in it, and back.
mod run;
/// Sets up and seeds, under a clock of its own.
mod seeding;
/// What has already been said.
mod seeds;
/// The product's settings, groups and users.
mod setup;
/// The shop as a whole: its parts and its routes.
mod shop;
/// The shop's own tables.
mod store;
/// Who looks at a page.
mod visit;

pub use options::{DemoOptions, read_now};
pub use run::{DemoStopped, run};

/// The shop's laws, tried through its routes.
#[cfg(test)]
mod tests;
