//! Changing the password.
//!
//! The law: the old one is asked for, and both leave the fields when it is done.

use super::form::Form;
use crate::admin::ui::{Button, FieldKind, Mistake, Section, TextField};
use crate::admin::{api, notices, sentences as say};
use crate::frame::navigation;
use crate::net::Method;
use leptos::prelude::*;
use shared::account::ChangePassword;
use shared::problem::{Field, ProblemCode};

#[component]
pub fn Password() -> impl IntoView {
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Form::new([(Field::NewPassword, new)]);
    let errand = form.errand;
    // What is wrong with the present one only the server knows, unless there is none.
    let mistake = Signal::derive(move || {
        if errand.is_refused_as(ProblemCode::SignInRefused) {
            return Some(String::from(say::PASSWORD_WRONG));
        }
        let is_missing = form.is_judged() && old.with(String::is_empty);
        is_missing.then(|| String::from(say::PASSWORD_MISSING))
    });
    let done = notices::speaker();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = ChangePassword {
            password: old.get_untracked(),
            new_password: new.get_untracked(),
        };
        let is_missing = command.password.is_empty();
        if !form.passes() || is_missing {
            return navigation::focus_on_mistake();
        }
        let call =
            async move { api::order_with(Method::Post, "/api/account/password", &command).await };
        errand.run(call, move |()| {
            old.set(String::new());
            new.set(String::new());
            form.begin_anew();
            done.run(say::PASSWORD_CHANGED.into());
        });
    };
    view! {
        <Section id="password" title=say::PASSWORD help=say::PASSWORD_HELP>
            <form class="card-form" on:submit=send novalidate=true>
                <TextField
                    label=say::PRESENT_PASSWORD
                    kind=FieldKind::Password
                    value=old
                    mistake
                />
                <TextField
                    label=say::NEW_PASSWORD
                    kind=FieldKind::NewPassword
                    value=new
                    help=say::new_password_help()
                    mistake=form.mistake(Field::NewPassword)
                />
                <Mistake words=errand.words_besides(&[Field::Password, Field::NewPassword])/>
                <div class="card-actions">
                    <Button label=say::CHANGE_PASSWORD submits=true busy=errand.busy()/>
                </div>
            </form>
        </Section>
    }
}
