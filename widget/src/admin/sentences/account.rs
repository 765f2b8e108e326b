//! Signing in, setting up, following an invitation, one's own account.
//!
//! The law: nothing here tells whether an address has an account.

pub const SIGN_IN: &str = "Sign in";
pub const SIGNING_IN: &str = "Signing in…";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
pub const SHOW_PASSWORD: &str = "Show";
pub const HIDE_PASSWORD: &str = "Hide";
pub const FORGOT_PASSWORD: &str = "Forgotten your password? Another admin can make you a new link, or run porchlight admin password-link on the server.";
pub const SIGN_IN_AGAIN: &str = "Please sign in again";
pub const SIGN_IN_AGAIN_WORDS: &str = "Your session has ended. What you typed is still here.";

/// "Sign in to Lamp Shop".
pub fn sign_in_to(site: Option<&str>) -> String {
    match site.filter(|site| !site.is_empty()) {
        Some(site) => [SIGN_IN, " to ", site].concat(),
        None => SIGN_IN.into(),
    }
}

pub const PASSWORD_HELP: &str = "Changing it ends your sessions everywhere else.";
pub const PRESENT_PASSWORD: &str = "Present password";
pub const NEW_PASSWORD: &str = "New password";
pub const CHANGE_PASSWORD: &str = "Change password";
pub const PASSWORD_CHANGED: &str = "Your password is changed. Everywhere else you are signed out.";
pub const SESSIONS: &str = "Where you are signed in";
pub const SESSIONS_HELP: &str = "End what you don't recognise, then change your password.";
pub const SESSION_ENDED: &str = "That session has ended.";
pub const THIS_SESSION: &str = "This one";
pub const END_SESSION: &str = "End";
pub const DOOR_CHAT: &str = "Chat";
pub const DOOR_ADMIN: &str = "Admin page";
pub const LAST_USED: &str = "last used";

/// What a password must be like.
pub fn new_password_help() -> String {
    format!(
        "{} characters or more. Several words are easier to remember than signs.",
        shared::limits::PASSWORD_CHARACTERS
    )
}

/// "Ada Brandt, ada@example.com".
pub fn signed_in_as(name: &str, email: Option<&str>) -> String {
    match email {
        Some(email) => [name, ", ", email].concat(),
        None => name.into(),
    }
}

/// "Firefox on Linux".
pub fn device(device: &str) -> String {
    match device {
        "" => "An unknown browser".into(),
        known => known.into(),
    }
}

/// "End the session on Firefox on Linux, Chat".
pub fn end_session_on(device: &str, door: &str) -> String {
    ["End the session on ", device, ", ", door].concat()
}
