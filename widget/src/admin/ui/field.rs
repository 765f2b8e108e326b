//! Text fields: the label above, a sentence of help and the mistake beneath.
//!
//! The law: help and mistake are tied to their field (`aria-describedby`), and a mistake says what would be accepted.

use super::Value;
use super::drawing::{Drawing, drawing};
use crate::admin::sentences as say;
use crate::ui::unique_id;
use leptos::prelude::*;

/// What is typed into it: decides what the browser offers, and which keys a phone shows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    #[default]
    Text,
    /// Somebody's name.
    Name,
    /// Not `type="email"`: browsers rewrite addresses in such fields.
    Email,
    /// The password one has.
    Password,
    /// A password one chooses.
    NewPassword,
    /// A password of something else than this page: browsers must not offer one's own.
    Secret,
    /// An address of a page, a host's name, an id: nothing that a keyboard should correct.
    Code,
    /// A whole number.
    Number,
    /// What is looked for.
    Search,
}

impl FieldKind {
    const fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::NewPassword | Self::Secret)
    }

    const fn autocomplete(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "username",
            Self::Password => "current-password",
            Self::NewPassword | Self::Secret => "new-password",
            Self::Text | Self::Code | Self::Number | Self::Search => "off",
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Number => "numeric",
            Self::Search => "search",
            Self::Code => "url",
            _ => "text",
        }
    }

    const fn capitals(self) -> &'static str {
        match self {
            Self::Name => "words",
            Self::Text => "sentences",
            _ => "none",
        }
    }
}

/// A field of one line.
#[component]
pub fn TextField(
    label: &'static str,
    #[prop(into)] value: Value<String>,
    #[prop(optional)] kind: FieldKind,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
    /// Somebody left it.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// Drawn narrow: a number, a colour.
    #[prop(optional)]
    short: bool,
    /// What stands beside it, on its line.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let id = unique_id();
    let is_shown = RwSignal::new(false);
    let kind_now = move || match kind.is_secret() && !is_shown.get() {
        true => "password",
        false => "text",
    };
    let described = described_by(&id, help.is_some(), mistake);
    let reveal = kind
        .is_secret()
        .then(|| view! { <Reveal is_shown id=id.clone()/> });
    view! {
        <div class="field" class:is-wrong=move || mistake.with(Option::is_some)>
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-line">
                <input
                    class="field-input"
                    class:field-short=short
                    class:has-reveal=kind.is_secret()
                    id=id.clone()
                    type=kind_now
                    autocomplete=kind.autocomplete()
                    inputmode=kind.keys()
                    autocapitalize=kind.capitals()
                    spellcheck=if kind == FieldKind::Text { "true" } else { "false" }
                    aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    on:blur=move |_| { on_leave.inspect(|on_leave| on_leave.run(())); }
                />
                {reveal}
                {children.map(|children| children())}
            </div>
            <Help id=id.clone() words=help/>
            <FieldMistake id words=mistake/>
        </div>
    }
}

/// A field of several lines.
#[component]
pub fn TextArea(
    label: &'static str,
    #[prop(into)] value: Value<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] mistake: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id();
    let described = described_by(&id, help.is_some(), mistake);
    view! {
        <div class="field" class:is-wrong=move || mistake.with(Option::is_some)>
            <label class="field-label" for=id.clone()>{label}</label>
            <textarea
                class="field-input field-tall"
                id=id.clone()
                rows="5"
                spellcheck="false"
                autocapitalize="none"
                aria-invalid=move || mistake.with(Option::is_some).then_some("true")
                aria-describedby=described
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <Help id=id.clone() words=help/>
            <FieldMistake id words=mistake/>
        </div>
    }
}

/// Shows what was typed into a secret field.
#[component]
fn Reveal(is_shown: RwSignal<bool>, id: String) -> impl IntoView {
    let label = move || match is_shown.get() {
        true => say::HIDE_PASSWORD,
        false => say::SHOW_PASSWORD,
    };
    view! {
        <button
            type="button"
            class="field-reveal"
            aria-pressed=move || is_shown.get().to_string()
            aria-controls=id
            on:click=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)
        >
            {label}
        </button>
    }
}

/// The ids of what stands beneath a field.
pub(super) fn described_by(
    id: &str,
    has_help: bool,
    mistake: Signal<Option<String>>,
) -> Signal<Option<String>> {
    let help = has_help.then(|| help_id(id));
    let wrong = mistake_id(id);
    Signal::derive(move || {
        let wrong = mistake.with(Option::is_some).then(|| wrong.clone());
        match (help.clone(), wrong) {
            (Some(help), Some(wrong)) => Some([&wrong, " ", &help].concat()),
            (help, wrong) => help.or(wrong),
        }
    })
}

fn help_id(id: &str) -> String {
    [id, "-help"].concat()
}

fn mistake_id(id: &str) -> String {
    [id, "-mistake"].concat()
}

/// The sentence of help beneath a field.
#[component]
pub(super) fn Help(id: String, words: Option<String>) -> impl IntoView {
    words.map(|words| view! { <p class="field-help" id=help_id(&id)>{words}</p> })
}

/// The mistake beneath a field.
#[component]
pub(super) fn FieldMistake(id: String, words: Signal<Option<String>>) -> impl IntoView {
    let id = mistake_id(&id);
    move || {
        words.get().map(|words| {
            view! {
                <p class="field-mistake" id=id.clone()>
                    {drawing(Drawing::Warning)}
                    <span>{words}</span>
                </p>
            }
        })
    }
}

/// What is wrong with all of a form, said aloud at once.
#[component]
pub fn Mistake(words: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div class="alert" role="alert">
            {move || words.get().map(|words| view! {
                <p class="mistake">{drawing(Drawing::Warning)}<span>{words}</span></p>
            })}
        </div>
    }
}
