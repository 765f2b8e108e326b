//! Commands about sessions.

use crate::net::{Failure, Method, body, call, order};
use shared::identity::{Session, SignIn};

const SESSION: &str = "/api/session";

/// When it was asked who is there.
#[derive(Clone, Copy)]
pub enum Asked {
    /// By the page, before this program ran, for whom it vouches for nobody.
    Early,
    Now,
}

/// Who this page speaks for.
pub async fn find_session(question: Asked) -> Result<Session, Failure> {
    match question {
        Asked::Early => call(Method::Early, "/api/session/early", None),
        Asked::Now => call(Method::Get, SESSION, None),
    }
    .await
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
