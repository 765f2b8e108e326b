//! A form about somebody: what is wrong here, and what the server found wrong.
//!
//! The law: nothing is sent while something is wrong here, the keyboard goes to the first mistake, and a mistake that is
//! mended is no longer said.

use super::particulars::mistakes;
use crate::admin::errand::Errand;
use crate::admin::problem_words::problem_words;
use crate::frame::navigation;
use leptos::prelude::*;
use shared::problem::Field;

/// What is typed into a field.
pub type TypedInto = (Field, RwSignal<String>);

#[derive(Clone, Copy)]
pub struct Form {
    pub errand: Errand,
    /// Those that are judged here too.
    fields: StoredValue<Vec<TypedInto>>,
    /// Somebody tried to send it: from then on mistakes are said as somebody types.
    is_judged: RwSignal<bool>,
}

impl Form {
    pub fn new(fields: impl Into<Vec<TypedInto>>) -> Self {
        Self {
            errand: Errand::new(),
            fields: StoredValue::new(fields.into()),
            is_judged: RwSignal::new(false),
        }
    }

    /// Whether it may be sent.
    pub fn passes(self) -> bool {
        self.errand.forget_failure();
        self.is_judged.set(true);
        let is_good = self.fields.with_value(|fields| {
            fields.iter().all(|(field, typed)| {
                typed.with_untracked(|typed| mistakes(&[(*field, typed)]).is_empty())
            })
        });
        if !is_good {
            navigation::focus_on_mistake();
        }
        is_good
    }

    /// Whether somebody tried to send it.
    pub fn is_judged(self) -> bool {
        self.is_judged.get()
    }

    /// It was sent and is empty again.
    pub fn begin_anew(self) {
        self.is_judged.set(false);
    }

    /// What is wrong with a field.
    pub fn mistake(self, field: Field) -> Signal<Option<String>> {
        let refused = self.errand.words_about(field);
        Signal::derive(move || {
            let own = self
                .is_judged
                .get()
                .then(|| self.own_mistake(field))
                .flatten();
            own.or_else(|| refused.get())
        })
    }

    fn own_mistake(self, field: Field) -> Option<String> {
        let typed = self.fields.with_value(|fields| {
            let known = fields.iter().find(|(known, _)| *known == field);
            known.map(|(_, typed)| *typed)
        })?;
        let found = typed.with(|typed| mistakes(&[(field, typed)]));
        found.first().map(|problem| problem_words(*problem))
    }
}
