//! The chat inside the frame: Leptos, compiled to WASM, on the chat origin inside a page of somebody else's.
//!
//! The law: a folder is a domain or a piece of machinery, and calls go down this table, never up.
//!
//! | file | holds | may not |
//! |---|---|---|
//! | a component (`composer.rs` + `composer.css`) | one view; takes domain types, signals and callbacks | network, storage, `web_sys` |
//! | `state.rs` | signals and actions: the only thing views talk to | build views |
//! | a pure model (`message_log.rs`) | plain structs and methods, tested natively | Leptos, `web_sys`, time |
//! | `api.rs` | one function per command | signals |
#![forbid(unsafe_code)]

/// Porchlight accounts: signing in, the password, where one is signed in.
pub mod account;
/// The admin page.
#[cfg(feature = "admin")]
pub mod admin;
/// A thread: its messages, its composer, what was sent and not yet acknowledged.
pub mod conversation;
/// A guest's conversations becoming somebody's: codes by mail, the question, *Not me*.
pub mod conversion;
/// `/agent`: agent mode as a page of its own.
pub mod desk;
/// The only code that touches the browser: messages to the loader, fetch, sockets, storage, time.
pub mod frame;
/// Every component in its main states, without a server.
#[cfg(feature = "gallery")]
pub mod gallery;
/// Groups, the people in them, and writing to one of them.
pub mod group;
/// The visitor's door.
pub mod guest;
/// Every sentence of the interface, and the languages it is said in.
pub mod i18n;
/// Who is in front of the screen, and what the frame starts from.
pub mod identity;
/// An agent's list of support conversations.
pub mod inbox;
/// Commands by HTTP: one call, one answer or one failure.
pub mod net;
/// Signals with one body for all types.
pub mod reactive;
/// Events by WebSocket: one connection, its state, and who is told what arrives.
pub mod realtime;
/// Blocking somebody, and reporting what they wrote.
pub mod safety;
/// What the site shows of its settings.
pub mod settings;
/// Which screen is shown, and what it is made of.
pub mod shell;
/// Colours, sizes and the accent.
pub mod theme;
/// Pieces that more than one domain shows.
pub mod ui;
