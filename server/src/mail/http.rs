//! The mail server's password, and a mail to try it.

use super::{Letter, send, store};
use crate::app::App;
use crate::error::Refusal;
use crate::http::answer::Answer;
use crate::http::command::Command;
use crate::identity::caller::Known;
use crate::identity::secret::Secret;
use crate::person::email::Email;
use crate::safety::audit::{self, Done};
use crate::settings::settings_page::settings_page;
use axum::extract::State;
use axum::http::StatusCode;
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::{KeepMailPassword, SendTestMail, SettingsPage};
use std::sync::Arc;

/// `PUT /api/admin/mail-password`: kept, never shown. Empty: forgotten.
///
/// **Errors**: `password_long`.
pub async fn keep_password(
    State(app): State<Arc<App>>,
    known: Known,
    Command(KeepMailPassword { password }): Command<KeepMailPassword>,
) -> Result<Answer<SettingsPage>, Refusal> {
    if password.len() > limits::PASSWORD_BYTES {
        return Err(Problem::about(ProblemCode::PasswordLong, Field::Password).into());
    }
    let kept = (app.by(&known.person_id), Secret::new(password));
    app.writer
        .run(kept, |tx, (by, password)| {
            Box::pin(async move {
                if password.expose().is_empty() {
                    store::delete_mail_password(tx.connection()).await?;
                } else {
                    store::replace_mail_password(tx.connection(), password, by.now).await?;
                }
                audit::record(tx.connection(), by, &Done::MailPasswordKept).await
            })
        })
        .await?;
    Ok(Answer::ok(settings_page(&app).await?))
}

/// `POST /api/admin/mail-test`: a mail with the settings as they are stored.
///
/// **Errors**: about the address; `mail_off`; `mail_refused`.
pub async fn send_test(
    State(app): State<Arc<App>>,
    known: Known,
    Command(SendTestMail { email }): Command<SendTestMail>,
) -> Result<StatusCode, Refusal> {
    let to = Email::parse(&email).map_err(|code| Problem::about(code, Field::Email))?;
    let site_name = &app.policy().settings.site_name;
    let letter = Letter {
        to,
        subject: format!("A test from {site_name}"),
        text: format!("Mails from the support chat of {site_name} arrive here.\n"),
    };
    send(&app, letter).await?;
    app.writer
        .run(app.by(&known.person_id), |tx, by| {
            Box::pin(async move { audit::record(tx.connection(), by, &Done::MailTested).await })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
