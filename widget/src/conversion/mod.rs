//! A guest's conversations becoming somebody's: codes by mail, the question in the same browser, *Not me*.
//!
//! The laws: nothing here tells whether an address is known; nothing here is in what a guest downloads (D10): the shell
//! reaches it only through the parts that a program hands in.

/// Who is signed in as a customer, for staff.
mod acted_by;
/// The commands.
pub mod api;
/// Address, then the code that was mailed to it.
mod code_form;
/// What is asked before messages go back to their guest.
mod not_me;
/// "Continue here?"
mod question;
/// Others with the same address, for staff.
mod same_address;
/// What is typed, asked and answered.
pub mod state;

pub use acted_by::acted_by_line;
pub use code_form::{CodeEntry, CodeForm, CodeStep, UserOrGuest};
pub use not_me::{NotMe, NotMeAsked};
pub use question::{Answer, QuestionCard};
pub use same_address::{Others, same_address_line};
