//! The visitor's door: who is behind it, and two fields to knock.
//!
//! The law: it asks for name and address once and says the same whatever is typed (D7); each mistake is one plain
//! sentence under its field, said on leaving the field, and gone as soon as it is mended.

use crate::i18n::{Text, problem_sentence, problem_text, say};
use crate::shell::{Drawing, EmptyState, Footer, Note};
use crate::ui::{Button, FaceView, Field, FieldKind, Icon, IconButton};
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use leptos::prelude::*;
use shared::identity::Face;
use shared::limits::DOOR_FACES;
use shared::problem::{Field as ProblemField, Problem, ProblemCode};
use shared::settings::{GuestDoor, Presence, Site};
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

    fn name_problem(self) -> Option<ProblemCode> {
        self.name.with(|name| Name::parse(name).err())
    }

    fn email_problem(self) -> Option<ProblemCode> {
        self.email.with(|email| check_email_shape(email).err())
    }
}

#[component]
pub fn Door(
    #[prop(into)] site: Signal<Site>,
    form: DoorForm,
    /// What the server said about the last attempt.
    #[prop(into)]
    refused: Signal<Option<Problem>>,
    /// Whether an attempt is on its way.
    #[prop(into)]
    is_starting: Signal<bool>,
    /// *Start chat*, with a form that reads well.
    on_start: Callback<()>,
    #[prop(optional_no_strip)] on_close: Option<Callback<()>>,
    /// The privacy page as a whole address; empty for none.
    #[prop(into, optional)]
    privacy: Signal<String>,
) -> impl IntoView {
    let door = Memo::new(move |_| site.with(|site| site.door));
    let body = move || match door.get() {
        GuestDoor::Open => door_form(form, refused, is_starting, on_start).into_any(),
        GuestDoor::NobodyHere => closed(Text::NobodyHere),
        GuestDoor::Closed => closed(Text::DoorClosed),
    };
    let footer_text = Signal::derive(move || site.with(|site| site.footer_text.clone()));
    let footer_url = Signal::derive(move || site.with(|site| site.footer_url.clone()));
    view! {
        <div class="door">
            {welcome(site, on_close)}
            <div class="door-body">{body}</div>
            <Footer text=footer_text url=footer_url privacy />
        </div>
    }
}

fn closed(sentence: Text) -> AnyView {
    view! { <EmptyState drawing=Drawing::Porch sentence=say(sentence) action=None /> }.into_any()
}

/// The upper third: whose site it is, what can be done here, and who is there.
fn welcome(site: Signal<Site>, on_close: Option<Callback<()>>) -> impl IntoView {
    let name = move || site.with(|site| site.site_name.clone());
    let faces = Memo::new(move |_| {
        site.with(|site| {
            site.faces
                .iter()
                .take(DOOR_FACES)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    view! {
        <header class="door-welcome">
            <div class="door-brand">
                <span class="door-logo" aria-hidden="true">{move || name().chars().next().map(String::from)}</span>
                <span class="door-site" dir="auto">{name}</span>
                {on_close.map(|on_press| view! { <IconButton icon=Icon::Close name=say(Text::CloseChat) on_press /> })}
            </div>
            <h1 class="door-greeting" dir="auto">{move || site.with(|site| site.greeting.clone())}</h1>
            {move || door_faces(faces.get())}
            {presence(site)}
        </header>
    }
}

/// Faces that lean on each other, and their first names in one line.
fn door_faces(faces: Vec<Face>) -> impl IntoView {
    let names = faces
        .iter()
        .map(|face| face.name.split_whitespace().next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join(", ");
    (!faces.is_empty()).then(|| {
        view! {
            <div class="door-people">
                <span class="face-stack">{faces.into_iter().map(|face| view! { <FaceView face /> }).collect_view()}</span>
                <bdi class="door-names">{names}</bdi>
            </div>
        }
    })
}

/// A green dot and its words, or when somebody usually answers.
fn presence(site: Signal<Site>) -> impl IntoView {
    let is_there = Memo::new(move |_| site.with(|site| site.presence == Presence::There));
    view! {
        <p class="presence" class:is-there=move || is_there.get()>
            <Show when=move || is_there.get()>
                <span class="presence-dot" aria-hidden="true"></span>
                {say(Text::SomebodyHere)}". "
            </Show>
            <span dir="auto">{move || site.with(|site| site.usual_answer.clone())}</span>
        </p>
    }
}

fn door_form(
    form: DoorForm,
    refused: Signal<Option<Problem>>,
    is_starting: Signal<bool>,
    on_start: Callback<()>,
) -> impl IntoView {
    let refused_about = still_refused(form, refused);
    let name_mistake = Signal::derive(move || {
        mistake(
            form.name_left.get(),
            form.name_problem(),
            refused_about(ProblemField::Name),
        )
    });
    let email_mistake = Signal::derive(move || {
        mistake(
            form.email_left.get(),
            form.email_problem(),
            refused_about(ProblemField::Email),
        )
    });
    // What is about no field of this form stands above its button.
    let other = move || {
        refused.with(|problem| {
            problem.filter(|problem| {
                !matches!(
                    problem.field,
                    Some(ProblemField::Name | ProblemField::Email)
                )
            })
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.say_mistakes();
        let reads_well = form.name_problem().is_none() && form.email_problem().is_none();
        if reads_well && !is_starting.get_untracked() {
            on_start.run(());
        }
    };
    let label = Signal::derive(move || {
        say(if is_starting.get() {
            Text::Starting
        } else {
            Text::StartChat
        })
        .to_owned()
    });
    let leave = |typed: RwSignal<String>, left: RwSignal<bool>| {
        // Walking through an empty form is no mistake yet.
        Callback::new(move |()| {
            left.update(|left| *left = *left || typed.with_untracked(|typed| !typed.is_empty()))
        })
    };
    view! {
        <form class="door-form" novalidate on:submit=submit>
            <Field kind=FieldKind::Name label=say(Text::FullName) value=form.name mistake=name_mistake on_leave=leave(form.name, form.name_left) />
            <Field kind=FieldKind::Email label=say(Text::Email) value=form.email mistake=email_mistake on_leave=leave(form.email, form.email_left) />
            {move || other().map(|problem| view! { <Note sentence=problem_sentence(problem) /> })}
            <Button label on_press=Callback::new(|()| {}) submits=true disabled=is_starting />
        </form>
    }
}

/// What the server said about a field, for as long as the field reads as it did then.
fn still_refused(
    form: DoorForm,
    refused: Signal<Option<Problem>>,
) -> impl Fn(ProblemField) -> Option<Problem> + Copy {
    let then = RwSignal::new((String::new(), String::new()));
    Effect::new(move |_| {
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
}
