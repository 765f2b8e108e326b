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

    /// A session ended. A user's page still vouches: gets another one, quietly. A guest's is over.
    pub(super) async fn renew(self) -> bool {
        if self.host.is_desk() || vouched() == Vouched::Visitor {
            self.ask_again();
            return false;
        }
        let Some(token) = self.fresh_token().await else {
            return self.give_up();
        };
        match api::sign_in(token).await {
            Ok(session) => {
                let question = self.next_question();
                self.answer(question, session);
                true
            }
            Err(Failure::Refused(_)) => self.give_up(),
            Err(_) => false,
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
