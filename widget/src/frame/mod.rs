//! The only code that touches the browser.
//!
//! The law: everything here is a thin, typed door; decisions live in the models, which never see a browser.

/// How the browser reads an address.
pub mod address;
/// What the frame and the loader say to each other.
pub mod bridge;
/// The clipboard.
#[cfg(feature = "admin")]
pub mod clipboard;
/// Time, chance and timers.
pub mod clock;
/// Dialogs, as the browser has them.
pub mod dialog;
/// A file that the browser saves.
#[cfg(feature = "admin")]
pub mod download;
/// Elements, drawn once and kept true by effects.
pub mod draw;
/// What a view asks of an element: scroll and focus.
pub mod element;
/// One HTTP exchange.
pub mod fetch;
/// Times as people say them.
pub mod intl;
/// Where in a page of our own somebody is.
#[cfg(feature = "admin")]
pub mod navigation;
/// The system's own alerts.
pub mod notification;
/// The page: seen, online, about to go.
pub mod page;
/// A picture that somebody chose.
#[cfg(feature = "admin")]
pub mod picture;
/// What the admin page and its preview say to each other.
#[cfg(feature = "admin")]
pub mod preview;
/// One WebSocket.
pub mod socket;
/// One short sound.
pub mod sound;
/// What outlives a page, where anything does.
pub mod storage;
/// What the tabs of one browser tell each other.
pub mod tabs;
/// What the browser knows about text.
#[cfg(feature = "admin")]
pub mod text;

pub use wasm_bindgen_futures::spawn_local;
