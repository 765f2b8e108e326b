//! How mails are sent.
//!
//! The laws: what an admin types reaches neither a command line nor a line of the mail protocol; a password never
//! travels to another machine in the clear.

use super::{Fault, Settings, line};
use crate::limits;
use crate::problem::{Field, ProblemCode};
use crate::settings::MailSecurity;
use crate::settings::origin::{host_name, is_loopback};
use crate::text::check_email_shape;

/// Brings the settings of the mail server into the form in which they are stored.
///
/// **Errors**: the first that is not good.
pub(super) fn tidy(settings: &mut Settings) -> Result<(), Fault> {
    settings.mail_user = line(Field::MailUser, &settings.mail_user, limits::EMAIL_BYTES)?;
    let typed_from = settings.mail_from.trim();
    if !typed_from.is_empty() {
        settings.mail_from =
            address(typed_from).map_err(|code| Fault::of(Field::MailFrom, code))?;
    }
    let typed_host = settings.mail_host.trim();
    if typed_host.is_empty() {
        settings.mail_host = String::new();
        return Ok(());
    }
    settings.mail_host =
        host_name(typed_host).ok_or(Fault::of(Field::MailHost, ProblemCode::HostShape))?;
    if settings.mail_from.is_empty() {
        return Err(Fault::of(Field::MailFrom, ProblemCode::EmailRequired));
    }
    if settings.mail_security == MailSecurity::None && !is_loopback(&settings.mail_host) {
        return Err(Fault::of(Field::MailSecurity, ProblemCode::NeedsTls));
    }
    Ok(())
}

/// An address that any mail server takes: ASCII, its host as it stands in certificates.
fn address(typed: &str) -> Result<String, ProblemCode> {
    check_email_shape(typed)?;
    let (local, domain) = typed.rsplit_once('@').ok_or(ProblemCode::EmailNoAt)?;
    let domain = host_name(domain).ok_or(ProblemCode::EmailShape)?;
    if local.is_ascii() && !local.starts_with('-') {
        Ok(format!("{local}@{domain}"))
    } else {
        Err(ProblemCode::EmailShape)
    }
}
