//! What is typed, asked and answered about conversions.
//!
//! The law: what came of a command is the server's word; an answer that belongs to a thread which is no longer open is
//! thrown away.

use super::api;
use super::code_form::{CodeForm, CodeStep};
use super::question::Answer;
use crate::frame::spawn_local;
use crate::i18n::problem_sentence;
use crate::identity::refusal::refuse;
use crate::reactive::{Kept, RwSignal};
use shared::conversion::SameAddressRow;
use shared::identity::Session;
use shared::ids::{ConversationId, PersonId};

/// A customer in a thread that is open: which opening of a thread, which conversation, who.
pub type Whose = (u32, ConversationId, PersonId);

/// Everything about conversions.
#[derive(Clone, Copy)]
pub struct ConversionState {
    pub code: CodeForm,
    /// Why the question's answer could not be stored; empty while nothing is wrong.
    pub question_mistake: RwSignal<String>,
    /// Whether it is asked if the guest's part is somebody else's.
    pub is_not_me_asked: RwSignal<bool>,
    pub not_me_mistake: RwSignal<String>,
    /// Others with the address of the open thread's customer.
    pub others: RwSignal<Vec<SameAddressRow>>,
    /// Whose others are asked for.
    others_of: Kept<Option<Whose>>,
    is_answering: Kept<bool>,
}

impl ConversionState {
    pub fn new() -> Self {
        Self {
            code: CodeForm::new(),
            question_mistake: RwSignal::new(String::new()),
            is_not_me_asked: RwSignal::new(false),
            not_me_mistake: RwSignal::new(String::new()),
            others: RwSignal::new(Vec::new()),
            others_of: Kept::new(None),
            is_answering: Kept::new(false),
        }
    }

    /// Nothing of anybody stays.
    pub fn wipe(self) {
        self.code.wipe();
        self.question_mistake.set(String::new());
        self.ask_not_me(false);
        self.forget_others();
    }

    /// Sends a code to the address that was typed.
    pub fn ask_for_code(self) {
        let form = self.code;
        let email = form.email.get_untracked();
        form.refused.set(None);
        form.is_busy.set(true);
        spawn_local(async move {
            let answer = api::ask_for_code(email).await;
            form.is_busy.set(false);
            match answer {
                Ok(()) => {
                    form.go_to(CodeStep::Code);
                    form.asked.update(|asked| *asked += 1);
                }
                Err(failure) => refuse(form.refused, failure),
            }
        });
    }

    /// Enters the code: `on_session` is handed what it opened.
    pub fn enter_code(self, on_session: impl FnOnce(Session) + 'static) {
        let form = self.code;
        let code = form.digits();
        form.refused.set(None);
        form.is_busy.set(true);
        spawn_local(async move {
            let answer = api::enter_code(code).await;
            form.is_busy.set(false);
            match answer {
                Ok(session) => {
                    form.wipe();
                    on_session(session);
                }
                Err(failure) => refuse(form.refused, failure),
            }
        });
    }

    /// Answers the question, once.
    pub fn answer(self, answer: Answer, on_session: impl FnOnce(Session) + 'static) {
        if self.is_answering.get_value() {
            return;
        }
        self.is_answering.set_value(true);
        self.question_mistake.set(String::new());
        spawn_local(async move {
            let told = api::answer_question(answer == Answer::ContinueHere).await;
            self.is_answering.set_value(false);
            match told {
                Ok(session) => on_session(session),
                Err(failure) => {
                    let sentence = problem_sentence(failure.problem());
                    self.question_mistake.set(sentence);
                }
            }
        });
    }

    /// Asks whether the guest's part is somebody else's, or leaves it.
    pub fn ask_not_me(self, is_asked: bool) {
        self.not_me_mistake.set(String::new());
        self.is_not_me_asked.set(is_asked);
    }

    /// Gives the guest's part back.
    pub fn say_not_me(self, id: ConversationId, on_done: impl FnOnce() + 'static) {
        spawn_local(async move {
            match api::say_not_me(&id).await {
                Ok(()) => {
                    self.ask_not_me(false);
                    on_done();
                }
                Err(failure) => {
                    let sentence = problem_sentence(failure.problem());
                    self.not_me_mistake.set(sentence);
                }
            }
        });
    }

    /// Asks, once, who else has the address of this conversation's customer.
    pub fn find_others(self, whose: Whose) {
        let whose = Some(whose);
        if self.others_of.with_value(|known| *known == whose) {
            return;
        }
        self.forget_others();
        self.others_of.set_value(whose.clone());
        spawn_local(async move {
            let Some((_, id, _)) = &whose else { return };
            // A hint: without an answer there is none.
            let found = api::same_address(id).await;
            if let (Ok(found), true) = (found, self.others_of.with_value(|now| *now == whose)) {
                self.others.set(found.conversations);
            }
        });
    }

    pub fn forget_others(self) {
        self.others_of.set_value(None);
        self.others.set(Vec::new());
    }
}

impl Default for ConversionState {
    fn default() -> Self {
        Self::new()
    }
}
