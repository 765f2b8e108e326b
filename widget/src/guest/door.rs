//! The visitor's door: who is behind it, and two fields to knock.
//!
//! The law: it asks for name and address once and says the same whatever is typed (D7); each mistake is one plain
//! sentence under its field, said on leaving the field, and gone as soon as it is mended.

use super::welcome::welcome;
use crate::frame::draw::{Drawn, draw};
use crate::frame::element::focus_mistake;
use crate::i18n::{Text, problem_sentence, problem_text, say};
use crate::reactive::{Callable, Callback};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::shell::{Drawing, empty_state, footer, note};
use crate::ui::{Field, FieldKind, Weight, button, submit_button};
use shared::problem::{Field as ProblemField, Problem, ProblemCode};
use shared::settings::{GuestDoor, Site};
use shared::text::{Name, check_email_shape};

/// What is typed, and what is known to be wrong with it.
#[derive(Clone, Copy)]
pub struct DoorForm {
    pub name: RwSignal<String>,
    pub email: RwSignal<String>,
    name_left: RwSignal<bool>,
    email_left: RwSignal<bool>,
}

impl DoorForm {
    /// Starts with what is already known: drafts that were typed before, or nothing.
    pub fn new(name: String, email: String) -> Self {
        Self {
            name: RwSignal::new(name),
            email: RwSignal::new(email),
            name_left: RwSignal::new(false),
            email_left: RwSignal::new(false),
        }
    }

    /// Says every mistake there is, as *Start chat* does.
    pub fn say_mistakes(self) {
        self.name_left.set(true);
        self.email_left.set(true);
    }

    /// Nothing is typed any more, and nothing that is missing is a mistake yet.
    pub fn clear(self) {
        self.name_left.set(false);
        self.email_left.set(false);
        self.name.set(String::new());
        self.email.set(String::new());
    }

    fn name_problem(self) -> Option<ProblemCode> {
        self.name.with(|name| Name::parse(name).err())
    }

    fn email_problem(self) -> Option<ProblemCode> {
        self.email.with(|email| check_email_shape(email).err())
    }
}

/// The door.
#[derive(Clone)]
pub struct Door {
    pub site: Signal<Site>,
    pub form: DoorForm,
    /// What the server said about the last attempt.
    pub refused: Signal<Option<Problem>>,
    /// Whether an attempt is on its way.
    pub is_starting: Signal<bool>,
    /// *Start chat*, with a form that reads well.
    pub on_start: Callback<()>,
    pub on_close: Option<Callback<()>>,
    /// Continues an earlier conversation, by a code.
    pub on_continue: Callback<()>,
    /// What became of an earlier conversation, and what was not sent in it; empty for nothing.
    pub told: Vec<String>,
    /// The privacy page as a whole address; empty for none.
    pub privacy: Signal<String>,
}

impl Door {
    pub fn draw(self) -> Drawn {
        let site = self.site;
        let door = Memo::new(move |_| site.with(|site| site.door));
        let has_codes = Memo::new(move |_| site.with(|site| site.codes.is_on()));
        let mut told = draw("div").class("door-told").set("role", "status");
        for sentence in &self.told {
            told = told.child(note(sentence));
        }
        let (welcome, privacy) = (welcome(site, self.on_close), self.privacy);
        let body = draw("div").class("door-body").child(told).show(move || {
            Some(match door.get() {
                GuestDoor::Open => self.form(has_codes),
                GuestDoor::NobodyHere => empty_state(Drawing::PORCH, say(Text::NobodyHere), None),
                GuestDoor::Closed => empty_state(Drawing::PORCH, say(Text::DoorClosed), None),
            })
        });
        let text = Signal::derive(move || site.with(|site| site.footer_text.clone()));
        let url = Signal::derive(move || site.with(|site| site.footer_url.clone()));
        draw("div")
            .class("door")
            .child(welcome)
            .child(body)
            .child(footer(text, url, privacy))
    }

    fn form(&self, has_codes: Memo<bool>) -> Drawn {
        let (form, refused, is_starting) = (self.form, self.refused, self.is_starting);
        let (on_start, on_continue) = (self.on_start, self.on_continue);
        let refused_about = still_refused(form, refused);
        let name_mistake = move || {
            mistake(
                form.name_left.get(),
                form.name_problem(),
                refused_about(ProblemField::Name),
            )
        };
        let email_mistake = move || {
            mistake(
                form.email_left.get(),
                form.email_problem(),
                refused_about(ProblemField::Email),
            )
        };
        let name = field(
            FieldKind::Name,
            form.name,
            form.name_left,
            Signal::derive(name_mistake),
        );
        let email = field(
            FieldKind::Email,
            form.email,
            form.email_left,
            Signal::derive(email_mistake),
        );
        let label = Signal::derive(move || {
            say(if is_starting.get() {
                Text::Starting
            } else {
                Text::StartChat
            })
            .to_owned()
        });
        let view = draw("form")
            .class("door-form")
            .set("novalidate", "")
            .child(name)
            .child(email);
        let view = view.show(move || {
            refused
                .get()
                .filter(is_about_no_field)
                .map(|problem| note(&problem_sentence(problem)))
        });
        // The button could not be pressed while the server was asked, so the keyboard has left it.
        Effect::new(move |_: Option<()>| {
            if refused.with(Option::is_some) {
                focus_mistake();
            }
        });
        let earlier = || button(say(Text::ContinueEarlier), Weight::Quiet, on_continue);
        view.child(submit_button(label, is_starting))
            .children(has_codes.get().then(earlier))
            .on("submit", move |event| {
                event.prevent_default();
                form.say_mistakes();
                let reads_well = form.name_problem().is_none() && form.email_problem().is_none();
                if !reads_well {
                    focus_mistake();
                } else if !is_starting.get_untracked() {
                    on_start.run(());
                }
            })
    }
}

fn field(
    kind: FieldKind,
    value: RwSignal<String>,
    left: RwSignal<bool>,
    mistake: Signal<String>,
) -> Drawn {
    let label = say(match kind {
        FieldKind::Name => Text::FullName,
        _ => Text::Email,
    });
    // Walking through an empty form is no mistake yet.
    let on_leave = Callback::new(move |()| {
        if !left.get_untracked() && value.with_untracked(|typed| !typed.is_empty()) {
            left.set(true);
        }
    });
    Field {
        kind,
        label,
        value,
        mistake,
        on_leave,
    }
    .draw()
}

/// Such a problem stands above the button.
const fn is_about_no_field(problem: &Problem) -> bool {
    !matches!(
        problem.field,
        Some(ProblemField::Name | ProblemField::Email)
    )
}

/// What the server said about a field, for as long as the field reads as it did then.
fn still_refused(
    form: DoorForm,
    refused: Signal<Option<Problem>>,
) -> impl Fn(ProblemField) -> Option<Problem> + Copy {
    let then = RwSignal::new((String::new(), String::new()));
    Effect::new(move |_: Option<()>| {
        if refused.get().is_some() {
            then.set((form.name.get_untracked(), form.email.get_untracked()));
        }
    });
    move |field| {
        let is_unchanged = match field {
            ProblemField::Name => then.with(|then| form.name.with(|name| *name == then.0)),
            _ => then.with(|then| form.email.with(|email| *email == then.1)),
        };
        refused
            .get()
            .filter(|problem| is_unchanged && problem.field == Some(field))
    }
}

/// What stands under a field: its own mistake once somebody left it, else what the server said about it.
fn mistake(was_left: bool, own: Option<ProblemCode>, refused: Option<Problem>) -> String {
    match (own, refused) {
        (Some(code), _) if was_left => say(problem_text(code)).into(),
        (None, Some(problem)) => problem_sentence(problem),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_said_on_leaving_the_field() {
        let no_at = Some(ProblemCode::EmailNoAt);
        let reserved = Some(Problem::about(
            ProblemCode::NameReserved,
            ProblemField::Name,
        ));
        assert_eq!(mistake(false, no_at, None), "");
        assert_eq!(mistake(true, no_at, None), "That address is missing its @.");
        assert_eq!(mistake(true, None, None), "");
        assert_eq!(
            mistake(true, None, reserved),
            "That name belongs to our team. Please use your own."
        );
        assert_eq!(
            mistake(true, no_at, reserved),
            "That address is missing its @."
        );
    }

    #[test]
    fn a_form_that_is_cleared_says_no_mistake() {
        let form = DoorForm::new("Cora".into(), "cora.example.org".into());
        form.say_mistakes();
        form.clear();
        assert!(form.name_problem().is_some() && form.email_problem().is_some());
        assert!(!form.name_left.get_untracked() && !form.email_left.get_untracked());
    }
}
