//! Signing in: at the door, and again in place when a session has ended.
//!
//! The law: the password goes into the one command and nowhere else, and leaves the field when it was refused; what is
//! wrong is said as at `/agent`.

use super::errand::Errand;
use super::sentences as say;
use super::session::{Session, use_session};
use super::ui::{Button, Dialog, Door, FieldKind, Mistake, TextField};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::problem::Field;

/// The door of `/admin`.
#[component]
pub fn SignIn(site: Option<String>) -> impl IntoView {
    let title = say::sign_in_to(site.as_deref());
    navigation::set_title(&say::title(
        say::SIGN_IN,
        site.as_deref().unwrap_or_default(),
    ));
    // The only thing to do here.
    navigation::focus_on_first("form input");
    view! {
        <Door>
            <h1 class="door-card-title">{title}</h1>
            <Form/>
            <p class="door-card-help">{say::FORGOT_PASSWORD}</p>
        </Door>
    }
}

/// Over whatever somebody was doing, when the session ended meanwhile.
#[component]
pub fn SignInAgain() -> impl IntoView {
    let session = use_session();
    view! {
        <Dialog title=say::SIGN_IN_AGAIN open=session.has_ended() stays=true>
            <p>{say::SIGN_IN_AGAIN_WORDS}</p>
            <Form/>
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let session = use_session();
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errand = Errand::new();
    let was_sent = RwSignal::new(false);
    let missing = move |field: RwSignal<String>, words: &'static str| {
        let is_missing = move || was_sent.get() && field.with(|typed| typed.trim().is_empty());
        Signal::derive(move || is_missing().then(|| words.to_owned()))
    };
    let no_password = missing(password, say::PASSWORD_MISSING);
    let refused = errand.words_about(Field::Password);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        was_sent.set(true);
        let is_empty =
            |field: RwSignal<String>| field.with_untracked(|typed| typed.trim().is_empty());
        if is_empty(email) || is_empty(password) {
            errand.forget_failure();
            return navigation::focus_on_mistake();
        }
        let call = Session::sign_in(email.get_untracked(), password.get_untracked());
        errand.run(call, move |admin| session.arrived(admin));
    };
    Effect::new(move |_| {
        if errand.failure().is_some() {
            password.set(String::new());
        }
    });
    let label = Signal::derive(move || match errand.is_busy() {
        true => say::SIGNING_IN,
        false => say::SIGN_IN,
    });
    view! {
        <form class="door-card-form" on:submit=send novalidate=true>
            <TextField
                label=say::EMAIL
                kind=FieldKind::Email
                value=email
                mistake=missing(email, say::EMAIL_MISSING)
            />
            <TextField
                label=say::PASSWORD
                kind=FieldKind::Password
                value=password
                mistake=Signal::derive(move || refused.get().or_else(|| no_password.get()))
            />
            <Mistake words=errand.words_besides(&[Field::Password])/>
            <Button label submits=true busy=errand.busy()/>
        </form>
    }
}
