//! What people with an account do.

use super::{Answer, Browser, ORIGIN, Refused};
use shared::account::{AdminSession, ChangePassword, SessionList, SessionRow, SignInWithPassword};
use shared::identity::Session;

impl Browser<'_> {
    /// Signs in at `/agent`.
    pub async fn signs_in_at_agent(&mut self, password: &str) -> Result<Session, Refused> {
        self.types_password("/api/account/session", self.person.email, password)
            .await
            .read()
    }

    /// Signs in at `/admin`.
    pub async fn signs_in_at_admin(&mut self, password: &str) -> Result<AdminSession, Refused> {
        self.types_password("/api/admin/session", self.person.email, password)
            .await
            .read()
    }

    /// Types an address and a password into a sign-in form.
    pub async fn types_password(&mut self, door: &str, email: &str, password: &str) -> Answer {
        let form = SignInWithPassword {
            email: email.into(),
            password: password.into(),
        };
        self.writes("POST", door, &form).await
    }

    /// Changes their password.
    pub async fn changes_password(&mut self, from: &str, to: &str) -> Answer {
        let form = ChangePassword {
            password: from.into(),
            new_password: to.into(),
        };
        self.writes("POST", "/api/account/password", &form).await
    }

    pub async fn lists_sessions(&self) -> Vec<SessionRow> {
        let list: SessionList = self.gets("/api/account/sessions").await.unwrap();
        list.sessions
    }

    /// A call without a body that changes something.
    pub async fn asks(&mut self, method: &str, path: &str) -> Answer {
        let answer = self
            .calls(method, path, |request| request.header("origin", ORIGIN))
            .await;
        self.takes_cookies(&answer);
        answer
    }

    /// The status with which a page or a list comes, whatever is in it.
    pub async fn status_of(&self, path: &str) -> u16 {
        self.calls("GET", path, |request| request).await.status
    }
}

/// The password that nobody has.
pub const WRONG: &str = "no lamp by the door";

/// The next password of somebody who has [`super::PASSWORD`].
pub const NEXT: &str = "two lamps by the door";
