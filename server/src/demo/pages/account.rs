//! The shop's own forms: sign in, sign up.
//!
//! The law: a mistake is one plain sentence beneath its field, tied to it for screen readers; what was typed stays,
//! save the password.

use super::layout::{View, page};
use crate::demo::rules::{SignInForm, SignUpForm, SignUpMistakes};
use maud::{Markup, html};

/// `/sign-in`. `mistake` stands beneath the password: it never says which of the two was wrong.
pub fn sign_in(view: &View<'_>, form: &SignInForm, mistake: Option<&str>) -> Markup {
    let content = html! {
        div.wrap.sheet { div.sheet-card {
            h1 { "Sign in" }
            form.sheet-form method="post" action="/sign-in" novalidate {
                (Field { name: "email", label: "E-mail address", kind: "email", autocomplete: "username", value: &form.email, hint: None, mistake: None })
                (Field { name: "password", label: "Password", kind: "password", autocomplete: "current-password", value: "", hint: None, mistake })
                button.button type="submit" { "Sign in" }
            }
            p.sheet-foot { "New here? " a href="/sign-up" { "Make an account" } ". You can chat without one." }
        } }
    };
    page(view, "Sign in", &content)
}

/// `/sign-up`.
pub fn sign_up(view: &View<'_>, form: &SignUpForm, mistakes: &SignUpMistakes) -> Markup {
    let content = html! {
        div.wrap.sheet { div.sheet-card {
            h1 { "Make an account" }
            form.sheet-form method="post" action="/sign-up" novalidate {
                (Field { name: "name", label: "Your name", kind: "text", autocomplete: "name", value: &form.name, hint: None, mistake: mistakes.name })
                (Field { name: "email", label: "E-mail address", kind: "email", autocomplete: "username", value: &form.email, hint: None, mistake: mistakes.email })
                (Field { name: "password", label: "Password", kind: "password", autocomplete: "new-password", value: "", hint: Some("At least 8 characters."), mistake: mistakes.password })
                div.switch {
                    input.switch-box #verified type="checkbox" role="switch" name="verified" value="on" checked[form.verified.is_some()] aria-describedby="verified-hint";
                    label.switch-label for="verified" { "Address verified" }
                    p.field-hint #verified-hint { "A real shop would mail you first. Here you choose what the shop tells the chat about your address." }
                }
                button.button type="submit" { "Make the account" }
            }
            p.sheet-foot { "Already have one? " a href="/sign-in" { "Sign in" } "." }
        } }
    };
    page(view, "Make an account", &content)
}

/// A labelled box with its hint and its mistake.
pub struct Field<'a> {
    pub name: &'a str,
    pub label: &'a str,
    pub kind: &'a str,
    pub autocomplete: &'a str,
    pub value: &'a str,
    pub hint: Option<&'a str>,
    pub mistake: Option<&'a str>,
}

impl maud::Render for Field<'_> {
    fn render(&self) -> Markup {
        let words_id = format!("{}-words", self.name);
        let words = self.mistake.or(self.hint);
        html! {
            div.field {
                label.field-label for=(self.name) { (self.label) }
                input.field-box
                    id=(self.name)
                    type=(self.kind)
                    name=(self.name)
                    value=(self.value)
                    autocomplete=(self.autocomplete)
                    required
                    autofocus[self.mistake.is_some()]
                    aria-invalid=[self.mistake.map(|_| "true")]
                    aria-describedby=[words.map(|_| words_id.as_str())];
                @if let Some(mistake) = self.mistake {
                    p.field-mistake id=(words_id) { (mistake) }
                } @else if let Some(hint) = self.hint {
                    p.field-hint id=(words_id) { (hint) }
                }
            }
        }
    }
}
