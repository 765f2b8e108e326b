//! Porchlight accounts, as their owners meet them at `/agent`: signing in, the password, where one is signed in.
//!
//! The law: a password lives in its field and in the command that carries it, and is forgotten with the answer; nothing
//! of this is in what a guest downloads (D10).

/// Commands about accounts.
mod api;
/// Another password.
mod password_form;
/// Where somebody is signed in.
mod session_list;
/// Address and password.
mod sign_in;
/// What is typed, asked and answered.
pub mod state;

pub use password_form::{PasswordForm, password_form};
pub use session_list::{SessionList, SessionsShown};
pub use sign_in::{SignIn, SignInForm};
