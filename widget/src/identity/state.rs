//! Who is in front of the screen: from the loader's hello to a session, and whenever that changes.
//!
//! The law: the page speaks as a user only while the host vouches for one. An answer that is overtaken by a newer
//! question is thrown away, so the screen always belongs to whoever was named last.

/// The host's tokens.
mod tokens;

use super::api::{self, Asked};
use super::host::Host;
use crate::frame::bridge::{FromLoader, ToLoader, Vouching};
use crate::frame::clock;
use crate::frame::spawn_local;
use crate::frame::tabs::{TabWord, tell};
use crate::net::backoff::backoff_ms;
use crate::net::{Failure, Vouched, landed, on_stale_identity, vouch, vouched};
use crate::reactive::{Kept, RwSignal};
use shared::identity::{Role, Session};
use shared::problem::ProblemCode;
use std::rc::Rc;

/// How long another tab may take to sign out.
const SIGN_OUT_PATIENCE_MS: u32 = 3_000;

/// What is known of who is there.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Known {
    /// Not yet, or not any more: nothing of anybody may be shown.
    Nobody,
    /// The server cannot be asked.
    Unreachable,
    /// The host's token is refused and so is the next one: only a fresh page helps.
    Stale,
    /// `Identity::session` says who.
    Somebody,
}

/// Who is told of a session, before anything of it is shown.
type OnSession = Rc<dyn Fn(Session)>;

/// Who is in front of the screen.
#[derive(Clone, Copy)]
pub struct Identity {
    pub known: RwSignal<Known>,
    pub session: RwSignal<Option<Session>>,
    host: Host,
    /// Counts questions: only the newest one's answer counts.
    question: Kept<u32>,
    /// The question that waits for another tab to have signed out.
    elsewhere: Kept<u32>,
    /// A token that arrived while somebody waits for one. `Some(None)`: nobody is signed in.
    arrived: Kept<Option<Option<String>>>,
    /// Whether somebody waits for a token.
    is_waiting: Kept<bool>,
    /// Whether the host page is being asked to vouch for the same person again.
    is_renewing: Kept<bool>,
    /// Whether the host page says who is signed in, when it is asked.
    may_vouch: Kept<bool>,
    on_session: Kept<Option<OnSession>>,
    /// Whether the page's own question still holds: nobody was asked anything since.
    is_early: Kept<bool>,
}

impl Identity {
    pub fn new(host: Host) -> Self {
        Self {
            known: RwSignal::new(Known::Nobody),
            session: RwSignal::new(None),
            host,
            question: Kept::new(0),
            elsewhere: Kept::new(u32::MAX),
            arrived: Kept::new(None),
            is_waiting: Kept::new(false),
            is_renewing: Kept::new(false),
            may_vouch: Kept::new(false),
            on_session: Kept::new(None),
            is_early: Kept::new(true),
        }
    }

    /// Starts: in a page of somebody's the loader's hello decides, in a window of our own the cookie alone.
    pub fn start(self, on_session: OnSession) {
        self.on_session.set_value(Some(on_session));
        on_stale_identity(Rc::new(move || Box::pin(self.renew())));
        if self.host.is_there() {
            self.host.say(ToLoader::Ready);
        } else {
            self.settle(None);
        }
    }

    /// What the loader says about who is there.
    pub fn hear(self, word: &FromLoader) {
        match word {
            FromLoader::Hello {
                identity: Vouching::None,
                ..
            } => self.settle(None),
            FromLoader::Hello { .. } => {
                self.may_vouch.set_value(true);
                self.wait_for_identity();
            }
            FromLoader::Identity(token) if self.is_waiting.get_value() => {
                self.arrived.set_value(Some(token.clone()))
            }
            // The host says late, or again, that nobody is signed in: what is typed at the door stays where it is.
            FromLoader::Identity(None) if self.is_shown() && vouched() == Vouched::Visitor => {}
            FromLoader::Identity(token) => self.settle(token.clone()),
            FromLoader::Logout => self.sign_out(),
            _ => {}
        }
    }

    /// Asks again who is there, without hiding what is shown.
    pub fn ask_again(self) {
        let question = self.next_question();
        if self.host.is_desk() {
            self.vouch_alone();
        }
        spawn_local(async move {
            match api::find_session(Asked::Now).await {
                // A guest's session ended: perhaps they signed in, in another tab of this browser.
                Ok(session) if session.role == Role::Visitor && self.was_guest_of_host() => {
                    self.wait_after_asking();
                }
                Ok(session) => self.answer(question, session),
                Err(failure) if failure.is(ProblemCode::NoIdentity) => self.vouched_no_more(),
                // What is shown stays; the socket's own state machine asks again.
                Err(_) => {}
            }
        });
    }

    /// "Try again".
    pub fn retry(self) {
        match vouched() {
            Vouched::User if !self.host.is_desk() => self.wait_after_asking(),
            _ => self.settle(None),
        }
    }

    /// Signs out: the screen is wiped first, the server told next, the host page last.
    pub fn sign_out(self) {
        let question = self.hide();
        spawn_local(async move {
            // Also where this page never spoke for the user: the host may sign out before it was ever opened.
            vouch(Vouched::User);
            // Without an answer the cookie may live on, but no page vouches for it any more.
            let _ = api::sign_out().await;
            self.vouch_alone();
            self.host.say(ToLoader::SignedOut);
            tell(&TabWord::SessionChanged);
            self.ask(question).await;
        });
    }

    /// Another tab of this browser signs out. It says when that is done; until then the server would still know us.
    pub fn signed_out_elsewhere(self) {
        let question = self.hide();
        self.elsewhere.set_value(question);
        clock::after(SIGN_OUT_PATIENCE_MS, move || {
            if self.is_newest(question) {
                self.settle(None);
            }
        });
    }

    /// Another tab of this browser became somebody, or nobody.
    pub fn changed_elsewhere(self) {
        if self.is_shown() {
            self.ask_again();
        } else if self.is_newest(self.elsewhere.get_value()) {
            self.settle(None);
        }
    }

    /// "Forget me on this device".
    pub fn forget(self) {
        let question = self.hide();
        spawn_local(async move {
            let _ = api::forget_guest().await;
            tell(&TabWord::SessionChanged);
            self.ask(question).await;
        });
    }

    /// The host vouches for nobody, or for whom this token names.
    fn settle(self, token: Option<String>) {
        let question = self.hide();
        spawn_local(async move {
            match token {
                None => {
                    self.vouch_alone();
                    self.ask(question).await;
                }
                Some(token) => {
                    // What this page said for the guest lands before they become somebody.
                    landed().await;
                    if self.is_newest(question) {
                        vouch(Vouched::User);
                        self.exchange(question, token).await;
                    }
                }
            }
        });
    }

    /// Nobody vouches: a host's page then speaks for a visitor, the desk for whoever its own cookie names.
    fn vouch_alone(self) {
        vouch(if self.host.is_desk() {
            Vouched::User
        } else {
            Vouched::Visitor
        });
    }

    /// An account's owner signed in, on this very page.
    pub fn signed_in(self, session: Session) {
        let question = self.hide();
        tell(&TabWord::SessionChanged);
        self.answer(question, session);
    }

    /// The session was told as the answer to a command of this page: the same person may do more, or a visitor is a
    /// guest. What is shown stays until it is settled.
    pub fn changed(self, session: Session) {
        let question = self.next_question();
        tell(&TabWord::SessionChanged);
        self.answer(question, session);
    }

    /// Asks until there is an answer.
    async fn ask(self, question: u32) {
        let mut failures = 0;
        while self.is_newest(question) {
            let asked = match self.is_early.get_value() && vouched() == Vouched::Visitor {
                true => Asked::Early,
                false => Asked::Now,
            };
            self.is_early.set_value(false);
            match api::find_session(asked).await {
                Ok(session) => return self.answer(question, session),
                Err(Failure::Outdated) => return self.outdated(question),
                Err(_) => self.could_not(question, &mut failures).await,
            }
        }
    }

    async fn could_not(self, question: u32, failures: &mut u32) {
        self.show(question, Known::Unreachable);
        clock::pause(backoff_ms(*failures, clock::chance())).await;
        *failures += 1;
    }

    fn outdated(self, question: u32) {
        if !crate::frame::page::reload_once() {
            self.show(question, Known::Unreachable);
        }
    }

    fn answer(self, question: u32, session: Session) {
        if !self.is_newest(question) {
            return;
        }
        self.is_early.set_value(false);
        if self.host.is_desk() {
            let is_nobody = session.role == Role::Visitor;
            vouch(if is_nobody {
                Vouched::Visitor
            } else {
                Vouched::User
            });
        }
        let on_session = self.on_session.get_value();
        if let Some(on_session) = on_session {
            on_session(session);
        }
    }

    fn show(self, question: u32, known: Known) {
        if self.is_newest(question) {
            self.known.set(known);
        }
    }

    /// Nothing of anybody is shown until the new question is answered.
    fn hide(self) -> u32 {
        self.known.set(Known::Nobody);
        self.next_question()
    }

    fn next_question(self) -> u32 {
        self.question.update_value(|question| *question += 1);
        self.question.get_value()
    }

    /// Whether somebody's screen is shown: a visitor's door is one, too.
    fn is_shown(self) -> bool {
        self.known.get_untracked() == Known::Somebody
    }

    fn is_newest(self, question: u32) -> bool {
        self.question.get_value() == question
    }
}
