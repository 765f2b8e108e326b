//! Signing in, setting up, following an invitation, one's own account.
//!
//! The law: nothing here tells whether an address has an account.

use shared::identity::Role;

pub const SIGN_IN: &str = "Sign in";
pub const SIGNING_IN: &str = "Signing in…";
pub const EMAIL: &str = "Email";
pub const PASSWORD: &str = "Password";
pub const EMAIL_MISSING: &str = "Please type an email address.";
pub const SHOW_PASSWORD: &str = "Show";
pub const HIDE_PASSWORD: &str = "Hide";
pub const FORGOT_PASSWORD: &str = "Forgotten your password? Another admin can make you a new link, or run porchlight account link on the server.";
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
pub const PRESENT_PASSWORD: &str = "Password now";
pub const PASSWORD_MISSING: &str = "Please type your password.";
pub const PASSWORD_WRONG: &str = "That isn't your password.";
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

pub const SET_UP: &str = "Set up your chat";
pub const SET_UP_WORDS: &str = "You become the first admin. Everything here can be changed later.";
pub const SET_UP_NOW: &str = "Set up";
pub const SETTING_UP: &str = "Setting up…";
pub const SETUP_LINK_GONE: &str =
    "This link doesn't work any more. Run porchlight admin setup-link on the server for a new one.";
pub const YOUR_NAME: &str = "Your name";
pub const SET_UP_SITE_NAME_HELP: &str = "As your visitors know it.";
pub const SITE_ADDRESS: &str = "Site address";
pub const SITE_ADDRESS_HELP: &str = "Where the chat will be shown, as in https://shop.example.";
pub const INVITATION: &str = "Invitation";
pub const INVITATION_GONE: &str =
    "This link doesn't work any more. Ask whoever sent it for a new one.";
pub const ACCEPT_INVITATION: &str = "Set password and sign in";

/// "Welcome to Lamp Shop".
pub fn welcome_to(site: &str) -> String {
    ["Welcome to ", site].concat()
}

/// "You sign in with mina@example.com, as an agent."
pub fn invited_as(email: &str, role: Role) -> String {
    let role = match role {
        Role::Admin => "an admin",
        Role::Agent => "an agent",
        Role::Visitor | Role::Guest | Role::User => "a user",
    };
    format!("You sign in with {email}, as {role}.")
}
