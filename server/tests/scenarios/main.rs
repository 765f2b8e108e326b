//! Scenarios: people with verbs against the true server, on SQLite always and on Postgres where
//! `PORCHLIGHT_TEST_POSTGRES` names one (`cargo xtask test` does).
//!
//! The law: a scenario is named for the law that would be broken. Nobody sleeps: the clock is stepped, and what comes
//! is waited for.
#![cfg(test)]

/// The site, its people, and what they can do.
mod harness;

/// Accounts: three doors with three cookies.
mod accounts;
/// What admins read of what was done.
mod activity;
/// What an admin changes takes effect at once, on sockets and on HTTP.
mod at_once;
/// What somebody would try in an afternoon.
mod attacks;
/// What is wrong with a message or a form, and how it is refused.
mod bad_input;
/// Whose messages reach whom no more.
mod blocks;
/// A clock that is set forward, or back.
mod clock_jumps;
/// Codes by mail: one mailbox, one session, one time.
mod codes;
/// Whoever shows a mailbox goes on with what was written under its address.
mod continuing;
/// Guests who become users.
mod conversion;
/// What two users write to each other.
mod direct;
/// Sessions that another process ended.
mod elsewhere;
/// Erasing somebody.
mod erasure;
/// Everything about somebody, as a file.
mod exports;
/// Whom somebody finds, and who decides it.
mod groups;
/// Guests: the form, the cookie, and what an address does not do.
mod guests;
/// The host's server: its keys, and what it says of its users.
mod host_api;
/// What the guide tells host developers to write.
mod host_examples;
/// Users: identity tokens, sessions, and who replaces whom.
mod identity;
/// What is under way while somebody signs in.
mod in_flight;
/// The agents' list.
mod inbox;
/// Invitations, and links for a new password.
mod invitations;
/// The keys with which a host site vouches.
mod keys;
/// A server that leaves.
mod leaving;
/// Mails.
mod mails;
/// Requests that no browser makes.
mod oddities;
/// Where a call comes from.
mod origins;
/// What one node has answered, every other one knows.
mod other_nodes;
/// Every conversation, for admins; and what staff see of a customer.
mod oversight;
/// Limits and cursors.
mod paging;
/// The logo.
mod pictures;
/// What an admin does about somebody.
mod powers;
/// A thousand interleavings of everything that touches a conversion.
mod races;
/// Messages that somebody found wrong, and people who are blocked.
mod reports;
/// Drop, reconnect, send, retry, convert, erase, restart: the state by events is the state by a fresh read.
mod resume;
/// How long things are kept.
mod retention;
/// Whoever may no longer, is cut off.
mod revocation;
/// One answer for every address.
mod same_answer;
/// Messages: once, in one order, to whom they belong.
mod sending;
/// The first admin.
mod set_up;
/// What an admin sets, and what follows from it.
mod settings;
/// The admin page's settings.
mod settings_page;
/// Who hears what, who speaks too much, and who does not listen.
mod sockets;
/// The first message.
mod starting;
/// Opening a socket.
mod upgrade;
/// Whoever looks at the door.
mod visitors;
/// Where webhooks may lead.
mod webhook_addresses;
/// What the guide tells receivers to write.
mod webhook_guide;
/// The host's server is told what happened.
mod webhooks;
