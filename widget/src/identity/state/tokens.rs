//! The host's tokens: waited for, asked for anew, and exchanged for a session.
//!
//! The law: a token is sent once; a refused one is asked for anew, once.

use super::{Identity, Known};
use crate::frame::bridge::ToLoader;
use crate::frame::{clock, spawn_local};
use crate::identity::api;
use crate::net::{Failure, Vouched, vouched};
use shared::identity::Role;

/// How long the host page may take to say who is in front of it (contract of the frame's vocabulary).
const IDENTITY_PATIENCE_MS: u32 = 5_000;
/// How often somebody who waits for a token looks.
const LOOK_MS: u32 = 50;

impl Identity {
    pub(super) fn wait_for_identity(self) {
        let question = self.hide();
        spawn_local(async move {
            let token = self.next_token().await.flatten();
            if self.is_newest(question) {
                self.settle(token);
            }
        });
    }

    pub(super) fn was_guest_of_host(self) -> bool {
        let role = self
            .session
            .with_untracked(|session| session.as_ref().map(|session| session.role));
        role == Some(Role::Guest) && self.may_vouch.get_value()
    }

    /// What a guest of this browser wrote is somebody's by now: perhaps of whoever is in front of this page.
    pub fn went_on(self) {
        if self.may_vouch.get_value() {
            self.wait_after_asking();
        } else {
            self.ask_again();
        }
    }

    pub(super) fn wait_after_asking(self) {
        self.host.say(ToLoader::NeedIdentity);
        self.wait_for_identity();
    }

    /// Exchanges a token; a refused one for a fresh one, once.
    pub(super) async fn exchange(self, question: u32, token: String) {
        let mut token = token;
        let mut failures = 0;
        let mut is_fresh = false;
        while self.is_newest(question) {
            match api::sign_in(token.clone()).await {
                Ok(session) => return self.answer(question, session),
                Err(Failure::Outdated) => return self.outdated(question),
                Err(Failure::Refused(problem)) if problem.code.status() == 401 => {
                    let next = if is_fresh {
                        None
                    } else {
                        self.fresh_token().await
                    };
                    let Some(next) = next else {
                        return self.show(question, Known::Stale);
                    };
                    token = next;
                    is_fresh = true;
                }
                Err(_) => self.could_not(question, &mut failures).await,
            }
        }
    }

    /// A session ended. A user's page still vouches: gets another one, quietly, and nothing is drawn anew for the same
    /// person. A guest's is over.
    pub(super) async fn renew(self) -> bool {
        if !self.may_vouch_again() {
            self.ask_again();
            return false;
        }
        // Many find out at once. The host is asked once, and what it says is everybody's answer.
        if self.is_renewing.get_value() {
            while self.is_renewing.get_value() {
                clock::pause(LOOK_MS).await;
            }
            return self.is_shown();
        }
        self.is_renewing.set_value(true);
        let is_renewed = self.renew_once().await;
        self.is_renewing.set_value(false);
        is_renewed
    }

    /// Nobody is known by the user's cookie any more. While somebody is shown, the page may vouch for them again; whoever
    /// signed out is not shown.
    pub(super) fn vouched_no_more(self) {
        if self.may_vouch_again() && self.is_shown() {
            spawn_local(async move {
                self.renew().await;
            });
        } else {
            self.settle(None);
        }
    }

    /// The program of guests gives way to the larger one before a user's session can end in it.
    fn may_vouch_again(self) -> bool {
        cfg!(feature = "users") && !self.host.is_desk() && vouched() == Vouched::User
    }

    async fn renew_once(self) -> bool {
        if self.is_waiting.get_value() {
            return false;
        }
        self.host.say(ToLoader::NeedIdentity);
        let said = self.next_token().await;
        // Whoever signed out meanwhile is not signed in again.
        if !self.is_shown() {
            return false;
        }
        let token = match said {
            Some(Some(token)) => token,
            Some(None) => {
                self.settle(None);
                return false;
            }
            None => return self.give_up(),
        };
        match api::sign_in(token).await {
            Ok(session) if self.is_shown() => {
                let question = self.next_question();
                self.answer(question, session);
                true
            }
            Err(Failure::Refused(_)) => self.give_up(),
            _ => false,
        }
    }

    /// What a guest of this browser wrote came through after somebody had signed in: the host vouches for them once more,
    /// so that it becomes theirs, if it does. If the host says nothing, its next page will.
    pub fn vouch_again(self) {
        let question = self.question.get_value();
        spawn_local(async move {
            if let Some(token) = self.fresh_token().await
                && let Ok(session) = api::sign_in(token).await
                && self.is_newest(question)
            {
                self.changed(session);
            }
        });
    }

    fn give_up(self) -> bool {
        let question = self.next_question();
        self.show(question, Known::Stale);
        false
    }

    async fn fresh_token(self) -> Option<String> {
        if self.is_waiting.get_value() || !self.host.is_there() {
            return None;
        }
        self.host.say(ToLoader::NeedIdentity);
        self.next_token().await.flatten()
    }

    /// The next thing the host says about who is there; `None` if it says nothing in time.
    async fn next_token(self) -> Option<Option<String>> {
        self.is_waiting.set_value(true);
        self.arrived.set_value(None);
        for _ in 0..IDENTITY_PATIENCE_MS / LOOK_MS {
            if self.arrived.with_value(Option::is_some) {
                break;
            }
            clock::pause(LOOK_MS).await;
        }
        self.is_waiting.set_value(false);
        self.arrived.update_value(Option::take)
    }
}
