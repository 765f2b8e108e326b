//! Mail: the server, its password, a test.
//!
//! The law: the password is kept apart from the settings, is never shown again, and leaves the field once it is kept.

use super::bind::bind;
use super::desk::use_desk;
use super::general::one_of;
use super::number::NumberField;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use crate::admin::session::use_session;
use crate::admin::ui::{Button, Choice, FieldKind, Loudness, Mistake, Section, TextField};
use crate::admin::{api, notices};
use crate::frame::navigation;
use crate::net::Method;
use leptos::prelude::*;
use shared::problem::Field;
use shared::settings::{KeepMailPassword, MailSecurity, SendTestMail, SettingsPage};

#[component]
pub fn Mail() -> impl IntoView {
    let desk = use_desk();
    let securities = vec![
        MailSecurity::StartTls,
        MailSecurity::Tls,
        MailSecurity::None,
    ];
    let security = one_of(bind!(desk, mail_security), securities, say::mail_security);
    let code = move |label, help, value, field| {
        view! {
            <TextField
                label
                kind=FieldKind::Code
                value
                help
                mistake=desk.mistake(field)
                on_leave=desk.leaves(field)
            />
        }
    };
    view! {
        <Section id="mail" title=say::MAIL help=say::MAIL_HELP>
            {code(say::MAIL_HOST, say::MAIL_HOST_HELP, bind!(desk, mail_host), Field::MailHost)}
            <div class="settings-pair">
                <NumberField
                    desk
                    field=Field::MailPort
                    label=say::MAIL_PORT
                    help=say::MAIL_PORT_HELP
                    value=bind!(desk, mail_port)
                />
                <Choice
                    label=say::MAIL_SECURITY
                    value=security.0
                    options=security.1
                    help=say::MAIL_SECURITY_HELP
                    mistake=desk.mistake_at_once(Field::MailSecurity)
                />
            </div>
            {code(say::MAIL_FROM, say::MAIL_FROM_HELP, bind!(desk, mail_from), Field::MailFrom)}
            {code(say::MAIL_USER, say::MAIL_USER_HELP, bind!(desk, mail_user), Field::MailUser)}
            <Password/>
            <TestMail/>
        </Section>
    }
}

#[component]
fn Password() -> impl IntoView {
    let desk = use_desk();
    let typed = RwSignal::new(String::new());
    let errand = Errand::new();
    let done = notices::speaker();
    let is_kept = Memo::new(move |_| {
        desk.page
            .value()
            .with(|page| page.as_ref().is_some_and(|page| page.has_mail_password))
    });
    let put = move |password: String| {
        let notice = match password.is_empty() {
            true => say::PASSWORD_FORGOTTEN,
            false => say::PASSWORD_KEPT,
        };
        let command = KeepMailPassword { password };
        let call =
            async move { api::put::<_, SettingsPage>("/api/admin/mail-password", &command).await };
        errand.run(call, move |page| {
            typed.set(String::new());
            desk.changed_apart(page);
            done.run(notice.into());
        });
    };
    let state = move || match is_kept.get() {
        true => say::MAIL_PASSWORD_KEPT,
        false => say::MAIL_PASSWORD_NONE,
    };
    let keep = move |()| {
        let password = typed.get_untracked();
        if !password.is_empty() {
            put(password);
        }
    };
    view! {
        <TextField
            label=say::MAIL_PASSWORD
            kind=FieldKind::Secret
            value=typed
            help=say::MAIL_PASSWORD_HELP
            mistake=errand.words()
        />
        <div class="card-actions">
            <Button label=say::KEEP_PASSWORD loudness=Loudness::Quiet busy=errand.busy() on_press=keep/>
            <Show when=move || is_kept.get()>
                <Button
                    label=say::FORGET_PASSWORD
                    loudness=Loudness::Danger
                    busy=errand.busy()
                    on_press=move |()| {
                        // The button goes with the password.
                        navigation::focus_around();
                        put(String::new());
                    }
                />
            </Show>
            <p class="card-help">{state}</p>
        </div>
    }
}

#[component]
fn TestMail() -> impl IntoView {
    let desk = use_desk();
    let own = use_session()
        .admin()
        .with_untracked(|admin| admin.as_ref().and_then(|admin| admin.person.email.clone()));
    let email = RwSignal::new(own.unwrap_or_default());
    let errand = Errand::new();
    let done = notices::speaker();
    let send = move |()| {
        let command = SendTestMail {
            email: email.get_untracked(),
        };
        let call =
            async move { api::order_with(Method::Post, "/api/admin/mail-test", &command).await };
        errand.run(call, move |()| done.run(say::TEST_MAIL_SENT.into()));
    };
    let help = Signal::derive(move || match desk.changes() {
        0 => say::TEST_MAIL_HELP,
        _ => say::SAVE_FIRST,
    });
    view! {
        <TextField
            label=say::TEST_MAIL_TO
            kind=FieldKind::Email
            value=email
            mistake=errand.words_about(Field::Email)
        />
        <Mistake words=errand.words_besides(&[Field::Email])/>
        <div class="card-actions">
            <Button label=say::TEST_MAIL loudness=Loudness::Quiet busy=errand.busy() on_press=send/>
            <p class="card-help">{help}</p>
        </div>
    }
}
