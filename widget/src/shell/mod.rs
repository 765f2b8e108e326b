//! Which screen is shown, and what it is made of.
//!
//! The law: one screen at a time, chosen by one pure function from what is known.

/// Everything that is kept while the frame lives.
pub mod app;
/// What the connection is like.
mod banner;
/// Which screen is shown.
mod choice;
/// Nothing to show.
mod empty_state;
/// The quiet line at the bottom.
mod footer;
/// The band at the top.
mod header;
/// Who is told what.
mod listening;
/// Where somebody is.
mod places;
/// What every screen is laid out in.
mod screen;
/// The screens.
pub mod screens;
/// Starts a program.
mod start;
/// The two lists of staff.
mod tabs;

pub use banner::BannerView;
pub use empty_state::{Action, Drawing, EmptyState};
pub use footer::Footer;
pub use header::{Header, HeaderTitle};
pub use screen::{Note, Screen, ScreenAction, ScreenBody, Waiting};
pub use start::start;
pub use tabs::{PANEL_ID, Tab, Tabs, tab_id};
