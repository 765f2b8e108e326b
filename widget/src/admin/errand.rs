//! Something that is being done: sent, refused, done.
//!
//! The laws: one at a time, so pressing twice does it once. A failure stays on the screen until the next try; where it
//! is about a field, the keyboard goes there.

use super::problem_words::failure_words;
use crate::frame::navigation;
use crate::net::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::problem::{Field, Problem, ProblemCode};
use std::future::Future;

#[derive(Clone, Copy)]
pub struct Errand {
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Errand {
    pub fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Does it, unless it is being done already. `then` gets the answer.
    pub fn run<Answer: 'static>(
        self,
        call: impl Future<Output = Result<Answer, Failure>> + 'static,
        then: impl FnOnce(Answer) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let done = call.await;
            // Whoever began it may have left the screen; then there is nobody to tell.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match done {
                Ok(answer) => then(answer),
                Err(failure) => {
                    self.failure.set(Some(failure));
                    if refused(failure).is_some_and(|problem| problem.field.is_some()) {
                        navigation::focus_on_mistake();
                    }
                }
            }
        });
    }

    pub fn is_busy(self) -> bool {
        self.busy.get()
    }

    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// What to do next, in a sentence; `None` while nothing is wrong.
    pub fn words(self) -> Signal<Option<String>> {
        Signal::derive(move || self.failure.get().map(failure_words))
    }

    /// The same, where it is about none of these fields, which say it themselves.
    pub fn words_besides(self, fields: &'static [Field]) -> Signal<Option<String>> {
        Signal::derive(move || {
            let failure = self.failure.get()?;
            let field = refused(failure).and_then(|problem| problem.field);
            let is_said = field.is_some_and(|field| fields.contains(&field));
            (!is_said).then(|| failure_words(failure))
        })
    }

    /// What is wrong with a field.
    pub fn words_about(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            let failure = self.failure.get()?;
            let problem = refused(failure)?;
            (problem.field == Some(field)).then(|| failure_words(failure))
        })
    }

    pub fn is_refused_as(self, code: ProblemCode) -> bool {
        self.failure.get().is_some_and(|failure| failure.is(code))
    }

    pub fn forget_failure(self) {
        self.failure.set(None);
    }
}

impl Default for Errand {
    fn default() -> Self {
        Self::new()
    }
}

fn refused(failure: Failure) -> Option<Problem> {
    match failure {
        Failure::Refused(problem) => Some(problem),
        Failure::Unreachable | Failure::Outdated => None,
    }
}
