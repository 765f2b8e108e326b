//! Earlier chats are brought by a mailed code.

use super::super::story::{Stage, story};
use super::header;
use crate::conversion::{CodeEntry, CodeForm, CodeStep, UserOrGuest};
use crate::frame::draw::Drawn;
use crate::reactive::Callback;
use crate::shell::{footer, screen, screen_body};
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{self, CORA, LONG, NOOR};

pub fn stories() -> Vec<Option<Drawn>> {
    use UserOrGuest::{Guest, User};
    vec![
        story("Code, the address", Stage::Card, || {
            code(Guest, filled("", CodeStep::Address), None)
        }),
        story("Code, the address, a mistake", Stage::Card, || {
            let form = filled("cora.example.org", CodeStep::Address);
            form.say_mistakes();
            code(Guest, form, None)
        }),
        story("Code, being asked for", Stage::Card, || {
            let form = filled(CORA.email, CodeStep::Address);
            form.is_busy.set(true);
            code(Guest, form, None)
        }),
        story("Code, on its way", Stage::Card, || {
            code(Guest, filled(CORA.email, CodeStep::Code), None)
        }),
        story("Code, not the one", Stage::Card, || {
            let form = filled(CORA.email, CodeStep::Code);
            form.code.set("1234 5678".into());
            code(Guest, form, Some(ProblemCode::CodeRefused.into()))
        }),
        story("Code, too short", Stage::Card, || {
            let form = filled(CORA.email, CodeStep::Code);
            form.code.set("1234".into());
            form.say_mistakes();
            code(Guest, form, None)
        }),
        story("Code, too many", Stage::Card, || {
            let wait = Problem::retry_after(ProblemCode::SlowDown, 240);
            code(Guest, filled(CORA.email, CodeStep::Address), Some(wait))
        }),
        story("Code, narrow, long words", Stage::Narrow, || {
            code(Guest, filled(LONG.email, CodeStep::Code), None)
        }),
        story("Code, an address refused", Stage::Narrow, || {
            let problem = Problem::about(ProblemCode::EmailShape, Field::Email);
            code(User, filled(CORA.email, CodeStep::Address), Some(problem))
        }),
        story("Code, as a user", Stage::Card, || {
            code(User, filled(NOOR.email, CodeStep::Address), None)
        }),
    ]
}

fn filled(email: &str, step: CodeStep) -> CodeForm {
    let form = CodeForm::new();
    form.go_to(step);
    form.email.set(email.into());
    form
}

fn code(title: UserOrGuest, form: CodeForm, refused: Option<Problem>) -> Option<Drawn> {
    form.refused.set(refused);
    let entry = CodeEntry {
        form,
        title,
        on_ask: Callback::new(move |()| form.go_to(CodeStep::Code)),
        on_enter: Callback::new(move |()| form.refused.set(Some(ProblemCode::CodeRefused.into()))),
    };
    Some(screen([
        header(&samples::site().support_name),
        screen_body(entry.draw()),
        footer("Lantern & Loom".into(), "".into(), "".into()),
    ]))
}
