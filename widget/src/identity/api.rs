//! Commands about sessions.

use crate::net::{Failure, Method, body, call, order};
use shared::identity::{Session, SignIn};

const SESSION: &str = "/api/session";

/// Who this page speaks for.
pub async fn find_session() -> Result<Session, Failure> {
    call(Method::Get, SESSION, None).await
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
