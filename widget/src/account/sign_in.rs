//! Signing in with address and password.
//!
//! The law: what is wrong is one plain sentence that tells nobody whether an address has an account.

use crate::frame::draw::{Drawn, draw};
use crate::frame::element::focus_mistake;
use crate::guest::brand;
use crate::i18n::{Text, UserText, problem_text, say};
use crate::reactive::{Callable, Callback, Effect, RwSignal, Signal};
use crate::shell::note;
use crate::ui::{Field, FieldKind, submit_button};
use shared::problem::{Field as ProblemField, Problem, ProblemCode};
use shared::settings::Site;

use super::password_form::sentence;

/// What is typed, and what came of it.
#[derive(Clone, Copy)]
pub struct SignInForm {
    pub email: RwSignal<String>,
    pub password: RwSignal<String>,
    /// What the server said about the last attempt.
    pub refused: RwSignal<Option<Problem>>,
    pub is_busy: RwSignal<bool>,
    /// Whether somebody was signed in here until a moment ago, and did not sign out.
    pub was_ended: RwSignal<bool>,
    /// Whether every mistake is said.
    was_sent: RwSignal<bool>,
}

impl SignInForm {
    pub fn new() -> Self {
        Self {
            email: RwSignal::new(String::new()),
            password: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            was_ended: RwSignal::new(false),
            was_sent: RwSignal::new(false),
        }
    }

    /// Nothing of what was typed stays.
    pub fn wipe(self) {
        self.email.set(String::new());
        self.password.set(String::new());
        self.refused.set(None);
        self.was_sent.set(false);
        self.was_ended.set(false);
    }

    /// Says every mistake there is, as *Sign in* does.
    pub fn say_mistakes(self) {
        self.was_sent.set(true);
    }

    fn email_mistake(self) -> String {
        let is_missing = self.email.with(|email| email.trim().is_empty());
        match self.was_sent.get() && is_missing {
            true => say(problem_text(ProblemCode::EmailRequired)).into(),
            false => String::new(),
        }
    }

    fn password_mistake(self) -> String {
        let is_missing = self.password.with(String::is_empty);
        let refused = self
            .refused
            .get()
            .filter(|problem| problem.code == ProblemCode::SignInRefused);
        match (refused, self.was_sent.get() && is_missing) {
            (Some(_), _) => say(UserText::SignInRefused).into(),
            (None, true) => say(UserText::PasswordMissing).into(),
            (None, false) => String::new(),
        }
    }
}

impl Default for SignInForm {
    fn default() -> Self {
        Self::new()
    }
}

/// The form, under the site's name.
#[derive(Clone, Copy)]
pub struct SignIn {
    pub site: Signal<Site>,
    pub form: SignInForm,
    /// *Sign in*, with both fields filled.
    pub on_sign_in: Callback<()>,
}

impl SignIn {
    pub fn draw(self) -> Drawn {
        let title = draw("h1")
            .class("sign-in-title")
            .text(say(UserText::SignInTitle));
        let head = draw("header")
            .class("sign-in-head")
            .child(brand(self.site, None))
            .child(title);
        let card = draw("div")
            .class("sign-in-card")
            .child(head)
            .child(self.form());
        draw("div").class("sign-in").child(card)
    }

    fn form(self) -> Drawn {
        let form = self.form;
        let label = Signal::derive(move || {
            say(match form.is_busy.get() {
                true => UserText::SigningIn,
                false => UserText::SignIn,
            })
            .to_owned()
        });
        Effect::new(move |_: Option<()>| {
            // A wait that is counted down leaves the keyboard where it is.
            if form
                .refused
                .with(|refused| refused.is_some_and(|problem| problem.retry_after_s.is_none()))
            {
                focus_mistake();
            }
        });
        let view = draw("form").class("sign-in-form").set("novalidate", "");
        let view = view.show(move || {
            form.was_ended
                .get()
                .then(|| note(say(UserText::SessionEnded)))
        });
        let view = view.child(field(
            FieldKind::Username,
            say(Text::Email),
            form.email,
            Signal::derive(move || form.email_mistake()),
        ));
        let view = view.child(field(
            FieldKind::CurrentPassword,
            say(UserText::Password),
            form.password,
            Signal::derive(move || form.password_mistake()),
        ));
        let view = view
            .child(trouble(form.refused))
            .child(submit_button(label, form.is_busy.into()));
        let help = draw("p")
            .class("sign-in-help")
            .text(say(UserText::SignInHelp));
        view.child(help).on("submit", move |event| {
            event.prevent_default();
            self.submit();
        })
    }

    fn submit(self) {
        let form = self.form;
        form.was_sent.set(true);
        let is_empty =
            |typed: RwSignal<String>| typed.with_untracked(|typed| typed.trim().is_empty());
        if is_empty(form.email) || is_empty(form.password) {
            form.refused.set(None);
            focus_mistake();
        } else if !form.is_busy.get_untracked() {
            // The password is taken out of its field; that is no mistake.
            form.was_sent.set(false);
            self.on_sign_in.run(());
        }
    }
}

/// A field of an account's forms: what is wrong is said when the form is sent.
pub(super) fn field(
    kind: FieldKind,
    label: &'static str,
    value: RwSignal<String>,
    mistake: Signal<String>,
) -> Drawn {
    Field {
        kind,
        label,
        value,
        mistake,
        on_leave: Callback::new(|()| {}),
    }
    .draw()
}

/// What is wrong with no one field: a live region, because it comes while nobody touches anything.
pub(super) fn trouble(refused: RwSignal<Option<Problem>>) -> Drawn {
    let trouble = draw("div").class("account-trouble").set("role", "status");
    trouble.show(move || {
        refused
            .get()
            .filter(|problem| {
                !matches!(
                    problem.field,
                    Some(ProblemField::Password | ProblemField::NewPassword)
                )
            })
            .map(|problem| note(&sentence(problem)))
    })
}
