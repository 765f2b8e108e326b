//! Which screen is shown, and what it is made of.
//!
//! The law: one screen at a time, chosen by one pure function from what is known.

/// Everything that is kept while the frame lives.
pub mod app;
/// A message arrives while nobody looks.
mod attention;
/// What the connection is like.
mod banner;
/// The own conversations of whoever has several.
pub mod chats;
/// Which screen is shown.
pub mod choice;
/// Codes by mail, the question, *Not me*.
mod conversion;
/// The desk, as the shell knows it.
pub mod desk;
/// Nothing to show.
mod empty_state;
/// The quiet line at the bottom.
mod footer;
/// The band at the top.
mod header;
/// Where users and staff begin.
mod home;
/// What a guest had not sent when their chat went on elsewhere.
mod left;
/// Who is told what.
mod listening;
/// The lists of whoever has several conversations.
pub mod lists;
/// With whom the open thread is, where it is not the support team.
mod partner;
/// Where somebody is.
mod places;
/// Where somebody with several conversations was on the last page.
mod returning;
/// What every screen is laid out in.
mod screen;
/// The screens.
pub mod screens;
/// Starts a program.
mod start;
/// The lists of whoever has several.
mod tabs;
/// What a guest had not sent when they signed in.
mod taking_over;

pub use banner::banner_view;
pub use empty_state::{Action, Drawing, empty_state};
pub use footer::footer;
pub use header::{Header, header_title};
pub use screen::{note, screen, screen_action, screen_body, waiting};
pub use start::{mount, start};
pub use tabs::{Tab, Tabs, tab_panel};
