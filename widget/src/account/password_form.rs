//! Another password.
//!
//! The law: what is checked here is only what is plain to see; the server has the last word.

use super::sign_in::{field, trouble};
use crate::frame::draw::{Drawn, draw};
use crate::frame::element::focus_mistake;
use crate::i18n::{UserText, problem_sentence, say};
use crate::reactive::{Callable, Callback, Effect, RwSignal, Signal};
use crate::shell::note;
use crate::ui::{FieldKind, submit_button};
use shared::limits::{PASSWORD_BYTES, PASSWORD_CHARACTERS};
use shared::problem::{Problem, ProblemCode};

/// What is typed, and what came of it.
#[derive(Clone, Copy)]
pub struct PasswordForm {
    pub old: RwSignal<String>,
    pub new: RwSignal<String>,
    pub refused: RwSignal<Option<Problem>>,
    pub is_busy: RwSignal<bool>,
    /// Whether it was just changed.
    pub is_done: RwSignal<bool>,
    was_sent: RwSignal<bool>,
}

impl PasswordForm {
    pub fn new() -> Self {
        Self {
            old: RwSignal::new(String::new()),
            new: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            is_done: RwSignal::new(false),
            was_sent: RwSignal::new(false),
        }
    }

    /// Nothing of what was typed stays.
    pub fn wipe(self) {
        self.old.set(String::new());
        self.new.set(String::new());
        self.refused.set(None);
        self.is_done.set(false);
        self.was_sent.set(false);
    }

    /// Says every mistake there is, as *Change password* does.
    pub fn say_mistakes(self) {
        self.was_sent.set(true);
    }

    fn old_mistake(self) -> String {
        let is_missing = self.old.with(String::is_empty);
        let refused = self
            .refused
            .get()
            .filter(|problem| problem.code == ProblemCode::SignInRefused);
        match (refused, self.was_sent.get() && is_missing) {
            (Some(_), _) => say(UserText::PasswordWrong).into(),
            (None, true) => say(UserText::PasswordMissing).into(),
            (None, false) => String::new(),
        }
    }

    fn new_mistake(self) -> String {
        let own = self.new.with(|new| check(new));
        let said = self.refused.get().and_then(|problem| words(problem.code));
        match (own.filter(|_| self.was_sent.get()), said) {
            (Some(text), _) | (None, Some(text)) => say(text).into(),
            (None, None) => String::new(),
        }
    }
}

impl Default for PasswordForm {
    fn default() -> Self {
        Self::new()
    }
}

/// What is plain to see.
fn check(password: &str) -> Option<UserText> {
    if password.chars().count() < PASSWORD_CHARACTERS {
        Some(UserText::PasswordShort)
    } else if password.len() > PASSWORD_BYTES {
        Some(UserText::PasswordLong)
    } else {
        None
    }
}

/// What the server says about a new password.
const fn words(code: ProblemCode) -> Option<UserText> {
    match code {
        ProblemCode::PasswordShort => Some(UserText::PasswordShort),
        ProblemCode::PasswordLong => Some(UserText::PasswordLong),
        ProblemCode::PasswordWeak => Some(UserText::PasswordWeak),
        _ => None,
    }
}

/// A problem with an account, said.
pub(super) fn sentence(problem: Problem) -> String {
    match problem.code {
        ProblemCode::SignInRefused => say(UserText::SignInRefused).into(),
        code => words(code).map_or_else(|| problem_sentence(problem), |text| say(text).into()),
    }
}

/// The form. `on_change`: *Change password*, with fields that read well.
pub fn password_form(form: PasswordForm, on_change: Callback<()>) -> Drawn {
    Effect::new(move |_: Option<()>| {
        if form.refused.with(Option::is_some) {
            focus_mistake();
        }
    });
    let label = Signal::derive(move || {
        say(match form.is_busy.get() {
            true => UserText::Changing,
            false => UserText::ChangePassword,
        })
        .to_owned()
    });
    let done = draw("div").class("account-trouble").set("role", "status");
    let done = done.show(move || {
        form.is_done
            .get()
            .then(|| note(say(UserText::PasswordChanged)))
    });
    let view = draw("form").class("account-form").set("novalidate", "");
    let view = view
        .child(field(
            FieldKind::CurrentPassword,
            say(UserText::PasswordNow),
            form.old,
            Signal::derive(move || form.old_mistake()),
        ))
        .child(field(
            FieldKind::NewPassword,
            say(UserText::PasswordNew),
            form.new,
            Signal::derive(move || form.new_mistake()),
        ));
    let help = draw("p")
        .class("account-help")
        .text(say(UserText::PasswordHelp));
    let view = view.child(help).child(trouble(form.refused)).child(done);
    view.child(submit_button(label, form.is_busy.into()))
        .on("submit", move |event| {
            event.prevent_default();
            submit(form, on_change);
        })
}

fn submit(form: PasswordForm, on_change: Callback<()>) {
    form.was_sent.set(true);
    let is_missing = form.old.with_untracked(String::is_empty);
    if is_missing || form.new.with_untracked(|new| check(new)).is_some() {
        focus_mistake();
    } else if !form.is_busy.get_untracked() {
        on_change.run(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_as_long_as_it_must_be_and_no_longer_than_fits() {
        assert_eq!(check("nine-char"), Some(UserText::PasswordShort));
        assert_eq!(check("ten-chars!"), None);
        assert_eq!(check(&"ж".repeat(10)), None);
        assert_eq!(check(&"ж".repeat(129)), Some(UserText::PasswordLong));
    }

    #[test]
    fn what_the_server_refuses_has_its_own_sentence() {
        for code in [
            ProblemCode::SignInRefused,
            ProblemCode::PasswordShort,
            ProblemCode::PasswordLong,
            ProblemCode::PasswordWeak,
        ] {
            assert_ne!(
                sentence(code.into()),
                problem_sentence(ProblemCode::Broken.into())
            );
        }
        let wait = sentence(Problem::retry_after(ProblemCode::SlowDown, 8));
        assert!(wait.contains("8 seconds"), "{wait}");
    }
}
