//! Commands about sessions.

use crate::net::{Failure, Method, body, call, call_early, order};
use shared::identity::{Session, SignIn};

const SESSION: &str = "/api/session";

/// Who this page speaks for.
pub async fn find_session() -> Result<Session, Failure> {
    call(Method::Get, SESSION, None).await
}

/// The same, for a page that vouches for nobody and has just begun.
pub async fn find_early_session() -> Result<Session, Failure> {
    call_early("/api/session/early").await
}

/// Exchanges an identity token for a session.
pub async fn sign_in(token: String) -> Result<Session, Failure> {
    call(Method::Post, SESSION, body(&SignIn { token })).await
}

/// Ends the user's session.
pub async fn sign_out() -> Result<Session, Failure> {
    call(Method::Delete, SESSION, None).await
}

/// "Forget me on this device": ends the guest's session.
pub async fn forget_guest() -> Result<(), Failure> {
    order(Method::Delete, "/api/guest", None).await
}
