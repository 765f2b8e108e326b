//! What people with an account do.

use super::{Answer, Browser, ORIGIN, PASSWORD, Refused, Site};
use porchlight::account::change::give_account;
use porchlight::account::set_up::offer_setup_link;
use porchlight::identity::begin::{Beginning, begin_session};
use porchlight::identity::store::SessionKind;
use porchlight::identity::token::SessionToken;
use porchlight::person::change::find_user;
use porchlight::person::email::Email;
use shared::account::{AdminSession, ChangePassword, SessionList, SessionRow, SignInWithPassword};
use shared::identity::Session;
use shared::samples::Person;

impl Site {
    /// Gives somebody of the cast an account, with [`PASSWORD`].
    pub async fn has_account(&self, person: &'static Person) {
        let app = self.app();
        let hash = app.passwords.hash(PASSWORD, &app.mint).await.unwrap();
        let given = app
            .writer
            .run((self.by(), person, hash), |tx, (by, person, hash)| {
                Box::pin(async move {
                    let user = find_user(tx, person.key).await?;
                    let user = user.expect("the cast is here");
                    let email = Email::parse(person.email).expect("the cast has addresses");
                    give_account(tx, by, &user, &email, hash).await
                })
            })
            .await;
        given.unwrap();
    }

    /// Somebody signed in at the admin page, admin or not. By the writer's own function, so that stories about other
    /// things hash no passwords.
    pub async fn admin_of(&self, person: &'static Person) -> Browser<'_> {
        let token = SessionToken::mint(&self.app().mint);
        let beginning = Beginning {
            kind: SessionKind::Admin,
            fresh: token.hash(),
            present: None,
            device: "Firefox on Linux".into(),
        };
        let settings = self.app().policy().settings.clone();
        let now = self.clock.now();
        let begun = self
            .app()
            .writer
            .run(
                (beginning, settings, person, now),
                |tx, (beginning, settings, person, now)| {
                    Box::pin(async move {
                        let user = find_user(tx, person.key).await?;
                        let user = user.expect("the cast is here");
                        begin_session(tx, beginning, &user.person_id, settings, *now).await
                    })
                },
            )
            .await;
        begun.unwrap();
        Browser::admin(self, person, token.expose())
    }

    /// The token of the link that a start without an admin prints.
    pub async fn setup_token(&self) -> Option<String> {
        let url = offer_setup_link(&self.app()).await.unwrap()?;
        let (page, token) = url.split_once('#').unwrap();
        assert_eq!(page, format!("{ORIGIN}/admin/setup"));
        Some(token.to_owned())
    }
}

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

/// The next password of somebody who has [`PASSWORD`].
pub const NEXT: &str = "two lamps by the door";
