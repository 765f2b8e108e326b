//! The desk: `/agent`, where agents without a host site sign in and answer in a page of its own.
//!
//! The laws: there is no host page and no loader around it, so nobody vouches but its own session; nothing here is in
//! what a guest downloads (D10): the shell reaches it only through the parts that a program hands in.

/// Messages while another window is in front.
mod alerts;
/// What stands behind the menu of the desk.
mod menu;
/// List and thread side by side.
mod panes;
/// What the program of users and staff hands in.
mod parts;
/// What a desk keeps.
pub mod state;

pub use parts::DESK;
