//! Changing the password.
//!
//! The law: the old one is asked for, and both leave the fields when it is done.

use super::form::Form;
use crate::admin::ui::{Button, FieldKind, Mistake, Section, TextField};
use crate::admin::{api, notices, sentences as say};
use crate::net::Method;
use leptos::prelude::*;
use shared::account::ChangePassword;
use shared::problem::Field;

#[component]
pub fn Password() -> impl IntoView {
    let (old, new) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let form = Form::new();
    let errand = form.errand;
    let done = notices::speaker();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = ChangePassword {
            password: old.get_untracked(),
            new_password: new.get_untracked(),
        };
        let call =
            async move { api::order_with(Method::Post, "/api/account/password", &command).await };
        errand.run(call, move |()| {
            old.set(String::new());
            new.set(String::new());
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
                    mistake=form.mistake(Field::Password)
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
