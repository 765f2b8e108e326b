//! An address, then the code that was mailed to it: how earlier chats come here.
//!
//! The law: what is said after an address was sent is the same for every address; a code is one field, which takes it
//! however it was copied.

use crate::frame::clock;
use crate::frame::draw::{Drawn, draw};
use crate::frame::element::focus_mistake;
use crate::frame::page::focus_typing;
use crate::i18n::{Text, UserText, problem_sentence, problem_text, say};
use crate::reactive::{Callable, Callback, Effect, RwSignal, Signal};
use crate::shell::note;
use crate::ui::{Field, FieldKind, Weight, button, submit_button};
use shared::limits::CODE_DIGITS;
use shared::problem::{Field as ProblemField, Problem, ProblemCode};
use shared::text::check_email_shape;

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum CodeStep {
    #[default]
    Address,
    /// A code is on its way, if there is something to continue.
    Code,
}

/// What is typed, and what came of it.
#[derive(Clone, Copy)]
pub struct CodeForm {
    pub email: RwSignal<String>,
    pub code: RwSignal<String>,
    pub step: RwSignal<CodeStep>,
    /// Codes asked for: said anew each time.
    pub asked: RwSignal<u32>,
    /// What the server said about the last attempt.
    pub refused: RwSignal<Option<Problem>>,
    pub is_busy: RwSignal<bool>,
    /// Whether every mistake is said.
    was_sent: RwSignal<bool>,
}

impl CodeForm {
    pub fn new() -> Self {
        Self {
            email: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            step: RwSignal::new(CodeStep::Address),
            asked: RwSignal::new(0),
            refused: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            was_sent: RwSignal::new(false),
        }
    }

    /// Nothing of what was typed stays.
    pub fn wipe(self) {
        self.email.set(String::new());
        self.go_to(CodeStep::Address);
    }

    pub fn go_to(self, step: CodeStep) {
        self.code.set(String::new());
        self.refused.set(None);
        self.was_sent.set(false);
        self.step.set(step);
    }

    /// Says every mistake there is, as sending does.
    pub fn say_mistakes(self) {
        self.was_sent.set(true);
    }

    /// The code without what stands between its digits.
    pub fn digits(self) -> String {
        self.code.with_untracked(|typed| digits_of(typed))
    }

    fn email_mistake(self) -> String {
        let own = self.email.with(|email| check_email_shape(email).err());
        match own.filter(|_| self.was_sent.get()) {
            Some(code) => say(problem_text(code)).into(),
            None => self.refused_about(ProblemField::Email),
        }
    }

    fn code_mistake(self) -> String {
        let is_short = self
            .code
            .with(|typed| digits_of(typed).len() != CODE_DIGITS);
        match self.refused.get() {
            Some(problem) if problem.code == ProblemCode::CodeRefused => {
                say(UserText::CodeRefused).into()
            }
            _ if self.was_sent.get() && is_short => say(UserText::CodeShape).into(),
            _ => self.refused_about(ProblemField::Code),
        }
    }

    fn refused_about(self, field: ProblemField) -> String {
        let refused = self.refused.get();
        let refused = refused.filter(|problem| problem.field == Some(field));
        refused.map_or(String::new(), problem_sentence)
    }

    /// What the server said about no field of this step.
    fn trouble(self) -> Option<String> {
        let problem = self.refused.get()?;
        let is_said_below = problem.code == ProblemCode::CodeRefused
            || matches!(
                problem.field,
                Some(ProblemField::Email | ProblemField::Code)
            );
        (!is_said_below).then(|| problem_sentence(problem))
    }
}

impl Default for CodeForm {
    fn default() -> Self {
        Self::new()
    }
}

fn digits_of(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// The form.
#[derive(Clone, Copy)]
pub struct CodeEntry {
    pub form: CodeForm,
    /// What it is for, to a visitor or to a user.
    pub title: UserOrGuest,
    /// Sends a code, with an address that reads well; also another one.
    pub on_ask: Callback<()>,
    /// Enters the code, with as many digits as it has.
    pub on_enter: Callback<()>,
}

/// Who brings earlier chats.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum UserOrGuest {
    User,
    Guest,
}

impl CodeEntry {
    pub fn draw(self) -> Drawn {
        let form = self.form;
        let title = draw("h2").class("code-form-title").text(match self.title {
            UserOrGuest::User => say(UserText::BringChats),
            UserOrGuest::Guest => say(Text::ContinueEarlier),
        });
        // Another step has another field, which is where one wants to be.
        Effect::new(move |before: Option<(CodeStep, u32)>| {
            let now = (form.step.get(), form.asked.get());
            if before.is_some_and(|before| before != now) {
                clock::after(0, focus_typing);
            }
            now
        });
        Effect::new(move |_: Option<()>| {
            // A wait that is counted down leaves the keyboard where it is.
            let is_said_once = |problem: &Problem| problem.retry_after_s.is_none();
            if form
                .refused
                .with(|refused| refused.as_ref().is_some_and(is_said_once))
            {
                focus_mistake();
            }
        });
        draw("div")
            .class("code-form")
            .child(title)
            .child(told(form))
            .show(move || Some(self.step(form.step.get())))
    }

    fn step(self, step: CodeStep) -> Drawn {
        let view = draw("form").class("code-form-fields").set("novalidate", "");
        let view = match step {
            CodeStep::Address => self.address(view),
            CodeStep::Code => self.code(view),
        };
        view.on("submit", move |event| {
            event.prevent_default();
            self.submit();
        })
    }

    fn address(self, view: Drawn) -> Drawn {
        let form = self.form;
        let help = draw("p")
            .class("code-form-help")
            .text(say(UserText::CodeAddress));
        let field = Field {
            kind: FieldKind::Email,
            label: say(Text::Email),
            value: form.email,
            mistake: Signal::derive(move || form.email_mistake()),
            on_leave: Callback::new(|()| {}),
        };
        let label = self.label(UserText::SendCode);
        view.child(help)
            .child(field.draw())
            .child(trouble(form))
            .child(submit_button(label, form.is_busy.into()))
    }

    fn code(self, view: Drawn) -> Drawn {
        let form = self.form;
        let whose = draw("bdi")
            .class("code-form-address")
            .text_with(move || form.email.get());
        let help = draw("p")
            .class("code-form-help")
            .text(say(UserText::CodeHelp));
        let field = Field {
            kind: FieldKind::Code,
            label: say(UserText::Code),
            value: form.code,
            mistake: Signal::derive(move || form.code_mistake()),
            on_leave: Callback::new(|()| {}),
        };
        let label = self.label(UserText::EnterCode);
        let another = Callback::new(move |()| {
            if !form.is_busy.get_untracked() {
                self.on_ask.run(());
            }
        });
        let elsewhere = Callback::new(move |()| form.go_to(CodeStep::Address));
        let ways = [
            button(say(UserText::AnotherCode), Weight::Quiet, another),
            button(say(UserText::AnotherAddress), Weight::Quiet, elsewhere),
        ];
        view.child(whose)
            .child(field.draw())
            .child(help)
            .child(trouble(form))
            .child(submit_button(label, form.is_busy.into()))
            .child(draw("div").class("code-form-ways").children(ways))
    }

    fn label(self, idle: UserText) -> Signal<String> {
        let is_busy = self.form.is_busy;
        Signal::derive(move || {
            say(match is_busy.get() {
                true => UserText::SendingCode,
                false => idle,
            })
            .to_owned()
        })
    }

    fn submit(self) {
        let form = self.form;
        form.was_sent.set(true);
        let (reads_well, go_on) = match form.step.get_untracked() {
            CodeStep::Address => {
                let shape = form.email.with_untracked(|email| check_email_shape(email));
                (shape.is_ok(), self.on_ask)
            }
            CodeStep::Code => (form.digits().len() == CODE_DIGITS, self.on_enter),
        };
        if !reads_well {
            form.refused.set(None);
            focus_mistake();
        } else if !form.is_busy.get_untracked() {
            go_on.run(());
        }
    }
}

/// What became of asking: the same for every address, and said aloud each time.
fn told(form: CodeForm) -> Drawn {
    let told = draw("div").class("code-form-told").set("role", "status");
    told.show(move || {
        let is_asked = form.step.get() == CodeStep::Code;
        form.asked.track();
        is_asked.then(|| draw("p").text(say(UserText::CodeOnItsWay)))
    })
}

/// What is wrong with no one field: a live region, because it comes while nobody touches anything.
fn trouble(form: CodeForm) -> Drawn {
    let trouble = draw("div").class("code-form-trouble").set("role", "status");
    trouble.show(move || form.trouble().map(|sentence| note(&sentence)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_however_it_was_copied() {
        for typed in ["12345678", " 1234 5678\n", "1234-5678", "Code: 12 34 56 78"] {
            assert_eq!(digits_of(typed), "12345678", "{typed}");
        }
        assert_eq!(digits_of("١٢٣"), "");
    }
}
