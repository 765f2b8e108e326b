//! Mails: invitations, a test, and codes. Never what somebody wrote to somebody.
//!
//! The laws: nothing of a mail, no address and no password reaches a log; the password travels encrypted, or to this
//! very machine; a mail server that does not answer holds a request up for seconds, never for minutes.
//!
//! Routes: `PUT /api/admin/mail-password`, `POST /api/admin/mail-test`.

/// The routes.
pub mod http;
/// How the server keeps the mail server's password.
pub mod store;

use crate::app::App;
use crate::database::Database;
use crate::error::Refusal;
use crate::identity::secret::Secret;
use crate::person::email::Email;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use shared::problem::ProblemCode;
use shared::settings::{MailSecurity, Settings};
use std::time::Duration;

/// For each step of the conversation with the mail server.
const PATIENCE: Duration = Duration::from_secs(15);

/// A mail to one person, in plain text.
pub struct Letter {
    pub to: Email,
    pub subject: String,
    pub text: String,
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Whether mails can be sent.
pub fn is_set_up(settings: &Settings) -> bool {
    !settings.mail_host.is_empty() && !settings.mail_from.is_empty()
}

/// Hands a mail to the mail server.
///
/// **Errors**: `mail_off`; `mail_refused` where the mail server cannot be reached or does not take it.
pub async fn send(app: &App, letter: Letter) -> Result<(), Refusal> {
    let policy = app.policy();
    if !is_set_up(&policy.settings) {
        return Err(ProblemCode::MailOff.into());
    }
    let sent = hand_over(app, &policy.settings, letter).await;
    app.metrics.mailed(&sent);
    sent
}

async fn hand_over(app: &App, settings: &Settings, letter: Letter) -> Result<(), Refusal> {
    let password = {
        let mut connection = app.database.read().await?;
        store::find_mail_password(&mut connection).await?
    };
    let message = write(settings, &letter).ok_or(ProblemCode::MailRefused)?;
    let transport = transport(settings, password).ok_or(ProblemCode::MailRefused)?;
    let sent = tokio::time::timeout(PATIENCE * 2, transport.send(message)).await;
    match sent {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => {
            // What the mail server said may hold an address.
            let status = error.status().map(|code| code.to_string());
            let (is_tls, is_timeout) = (error.is_tls(), error.is_timeout());
            tracing::warn!(status, is_tls, is_timeout, "a mail was not taken");
            Err(ProblemCode::MailRefused.into())
        }
        Err(_) => {
            tracing::warn!("the mail server did not answer in time");
            Err(ProblemCode::MailRefused.into())
        }
    }
}

/// Whether the mail server answers, and lets us in. Nothing is mailed.
///
/// **Errors**: why not: the middle of a sentence.
pub async fn can_reach(database: &Database, settings: &Settings) -> Result<(), &'static str> {
    let password = async {
        let mut connection = database.read().await?;
        store::find_mail_password(&mut connection).await
    };
    let Ok(password) = password.await else {
        return Err("was not tried, because its password cannot be read");
    };
    let transport = transport(settings, password).ok_or("has a name or a port that is none")?;
    match tokio::time::timeout(PATIENCE, transport.test_connection()).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Err(error)) if error.is_tls() => Err("has no certificate that is believed"),
        Ok(Err(error)) if error.status().is_some() => Err("does not let Porchlight in"),
        Ok(Ok(false) | Err(_)) | Err(_) => Err("does not answer"),
    }
}

/// `None` for an address that no mail can be sent to.
fn write(settings: &Settings, letter: &Letter) -> Option<Message> {
    let from: Address = settings.mail_from.parse().ok()?;
    let to: Address = letter.to.normalised().parse().ok()?;
    let mut message = Message::builder()
        .from(Mailbox::new(Some(settings.site_name.clone()), from))
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .ok()?;
    // RFC 3834: nobody's holiday answers a machine.
    message.headers_mut().insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".into(),
    ));
    Some(message)
}

/// `None` for a host that no certificate can name, and for a port that is none.
fn transport(settings: &Settings, password: Option<Secret>) -> Option<Transport> {
    let host = settings.mail_host.as_str();
    let encryption = || TlsParameters::new(host.to_owned()).ok();
    let tls = match settings.mail_security {
        MailSecurity::StartTls => Tls::Required(encryption()?),
        MailSecurity::Tls => Tls::Wrapper(encryption()?),
        MailSecurity::None => Tls::None,
    };
    let mut builder = Transport::builder_dangerous(host)
        .port(u16::try_from(settings.mail_port).ok()?)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let (false, Some(password)) = (settings.mail_user.is_empty(), password) {
        let password = String::from_utf8(password.expose().to_vec()).ok()?;
        builder = builder.credentials(Credentials::new(settings.mail_user.clone(), password));
    }
    Some(builder.build())
}
