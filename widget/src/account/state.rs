//! What is typed, asked and answered about an account.
//!
//! The law: whatever the answer, a password that was sent is typed anew; a wait that the server asks for is counted
//! down aloud.

use super::api;
use super::password_form::PasswordForm;
use super::session_list::SessionsShown;
use super::sign_in::SignInForm;
use crate::frame::spawn_local;
use crate::identity::refusal::refuse;
use crate::reactive::RwSignal;
use shared::identity::Session;

/// Everything about the own account.
#[derive(Clone, Copy)]
pub struct AccountState {
    pub sign_in: SignInForm,
    pub password: PasswordForm,
    pub sessions: RwSignal<SessionsShown>,
}

impl AccountState {
    pub fn new() -> Self {
        Self {
            sign_in: SignInForm::new(),
            password: PasswordForm::new(),
            sessions: RwSignal::new(SessionsShown::Asking),
        }
    }

    /// *Sign in*: `on_session` is handed what the server answers.
    pub fn sign_in(self, on_session: impl FnOnce(Session) + 'static) {
        let form = self.sign_in;
        let (email, password) = (
            form.email.get_untracked().trim().to_owned(),
            form.password.get_untracked(),
        );
        form.refused.set(None);
        form.is_busy.set(true);
        spawn_local(async move {
            let answer = api::sign_in(email, password).await;
            form.is_busy.set(false);
            form.password.set(String::new());
            match answer {
                Ok(session) => on_session(session),
                Err(failure) => refuse(form.refused, failure),
            }
        });
    }

    /// *Change password*.
    pub fn change_password(self) {
        let form = self.password;
        let (password, new_password) = (form.old.get_untracked(), form.new.get_untracked());
        form.refused.set(None);
        form.is_done.set(false);
        form.is_busy.set(true);
        spawn_local(async move {
            let answer = api::change_password(password, new_password).await;
            form.is_busy.set(false);
            match answer {
                Ok(()) => {
                    form.wipe();
                    form.is_done.set(true);
                }
                Err(failure) => refuse(form.refused, failure),
            }
        });
    }

    /// Asks where one is signed in.
    pub fn fetch_sessions(self) {
        spawn_local(async move {
            self.sessions.set(match api::list_sessions().await {
                Ok(list) => SessionsShown::Here(list.sessions),
                Err(_) => SessionsShown::Unreachable,
            });
        });
    }

    /// *Sign out there*. Whatever the answer, the list says what is true now.
    pub fn end_session(self, name: String) {
        spawn_local(async move {
            let _ = api::end_session(&name).await;
            self.fetch_sessions();
        });
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        self.sign_in.wipe();
        self.password.wipe();
        self.sessions.set(SessionsShown::Asking);
    }
}

impl Default for AccountState {
    fn default() -> Self {
        Self::new()
    }
}
