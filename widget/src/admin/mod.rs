//! The admin page: a program of its own at `/admin`, top level only, with its own strict cookie.
//!
//! The laws: it is drawn with Leptos whole, because only admins download it; its words stand in `sentences/` and its
//! problems in `problem_words.rs`; what stands in the address bar is what is shown.
//!
//! # How to add a screen
//! 1. Make a folder `admin/<screen>/` with a component (`pub fn Groups(rest: Signal<String>) -> impl IntoView`), its
//!    sheet, its sentences in `sentences/<screen>.rs`, and pure models apart from what shows them.
//! 2. Put one line into the table of `screens.rs`. The side bar, the title, the address and the keyboard follow it.
//!
//! `rest` is what stands in the address behind the screen's own path: `/admin/groups/0192…` gives `0192…`.
//! Links between screens are plain `<a href="/admin/settings#mail">`; the page follows them without loading anew, and
//! puts the keyboard into the element of that id, or into the heading.
//!
//! # What a screen is made of
//! - `ui::Page` (the heading), `ui::Section` (a card), `ui::Fact`s; fields `ui::TextField`, `ui::TextList`, `ui::Choice`,
//!   `ui::Toggle`; `ui::Button`; `ui::Dialog`; `ui::CopyLine`.
//! - `load::load` and `ui::Shown` for what is fetched once: waiting, failed with *Try again*, there.
//! - `load::Pages` and `ui::Rows` for lists with *Show more*.
//! - `errand::Errand` for what is done: busy, failed with a sentence, done. One at a time.
//! - `api::{get, post, put, delete}`: a call as the admin. An ended session asks for the password in place and goes on.
//! - `notices::say` for the line that says it is done.

/// One's own account.
mod account;
/// What admins, agents and the system did.
mod activity;
/// Calls as the admin.
pub mod api;
/// The whole of it: who is there, which screen, what stands around it.
mod app;
/// Blocks and reports.
mod blocked;
/// Something that is being done.
pub mod errand;
/// User groups, and who may chat with whom.
mod groups;
/// The site's server: its keys, and webhooks.
mod host;
/// What is fetched to be shown.
pub mod load;
/// Times in words.
pub mod moment;
/// Lines that say something is done.
pub mod notices;
/// Conversations, to be read along.
mod oversight;
/// Paths of the admin page.
pub mod path;
/// Everybody, and who is invited.
mod people;
/// The live preview.
mod preview;
/// Problems as sentences.
pub mod problem_words;
/// Every screen, on one page.
pub mod screens;
/// What somebody looks for.
mod search;
/// Every word of the admin page.
pub mod sentences;
/// Who is signed in.
pub mod session;
/// The settings.
pub mod settings;
/// What stands around every screen.
mod shell;
/// Signing in.
mod sign_in;
/// The pieces that screens are made of.
pub mod ui;
/// What was typed and not saved.
pub mod unsaved;

pub use app::start;
