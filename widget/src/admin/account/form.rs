//! A form about oneself: what is wrong here, and what the server found wrong.
//!
//! The law: nothing is sent while something is wrong here, and the keyboard goes to the first mistake.

use super::particulars::{Typed, mistakes};
use crate::admin::errand::Errand;
use crate::admin::problem_words::problem_words;
use crate::frame::{clock, navigation};
use leptos::prelude::*;
use shared::problem::{Field, Problem};

#[derive(Clone, Copy)]
pub struct Form {
    pub errand: Errand,
    found: RwSignal<Vec<Problem>>,
}

impl Form {
    pub fn new() -> Self {
        Self {
            errand: Errand::new(),
            found: RwSignal::new(Vec::new()),
        }
    }

    /// Whether it may be sent.
    pub fn passes(self, typed: &[Typed<'_>]) -> bool {
        let found = mistakes(typed);
        let is_good = found.is_empty();
        self.errand.forget_failure();
        self.found.set(found);
        if !is_good {
            // Mistakes are drawn first.
            clock::after(0, || navigation::focus_on_first("[aria-invalid=true]"));
        }
        is_good
    }

    /// What is wrong with a field.
    pub fn mistake(self, field: Field) -> Signal<Option<String>> {
        let refused = self.errand.words_about(field);
        Signal::derive(move || {
            let own = self.found.with(|found| {
                let problem = found.iter().find(|problem| problem.field == Some(field))?;
                Some(problem_words(*problem))
            });
            own.or_else(|| refused.get())
        })
    }
}
