//! Commands about accounts.

use crate::net::path::below;
use crate::net::{Failure, Method, body, call, order};
use shared::account::{ChangePassword, SessionList, SignInWithPassword};
use shared::identity::Session;

const SESSIONS: &str = "/api/account/sessions";

/// Exchanges address and password for a session.
pub async fn sign_in(email: String, password: String) -> Result<Session, Failure> {
    let command = SignInWithPassword { email, password };
    call(Method::Post, "/api/account/session", body(&command)).await
}

/// Another password; every other session of the account ends.
pub async fn change_password(password: String, new_password: String) -> Result<(), Failure> {
    let command = ChangePassword {
        password,
        new_password,
    };
    order(Method::Post, "/api/account/password", body(&command)).await
}

/// Where the caller is signed in.
pub async fn list_sessions() -> Result<SessionList, Failure> {
    call(Method::Get, SESSIONS, None).await
}

/// Ends one of them.
pub async fn end_session(name: &str) -> Result<(), Failure> {
    order(Method::Delete, &below(SESSIONS, name), None).await
}
