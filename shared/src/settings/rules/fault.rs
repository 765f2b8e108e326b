//! Why a change was refused, and how it is said.
//!
//! The law: one function makes the sentence, for the command line and for the admin page; it says what would be
//! accepted, and never holds the value that was refused.

use crate::limits;
use crate::problem::{Field, Problem, ProblemCode};
use std::fmt;

/// Why a change was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    pub code: ProblemCode,
    /// Which entry of a list, from 0.
    pub entry: Option<usize>,
}

impl Fault {
    pub const fn of(field: Field, code: ProblemCode) -> Self {
        Self {
            field,
            code,
            entry: None,
        }
    }

    pub const fn of_entry(field: Field, code: ProblemCode, entry: usize) -> Self {
        Self {
            field,
            code,
            entry: Some(entry),
        }
    }

    /// What would be accepted, in English.
    pub fn sentence(&self) -> String {
        let sentence = self.of_setting();
        match self.entry {
            Some(entry) => format!("Entry {}: {sentence}", entry + 1),
            None => sentence,
        }
    }

    fn of_setting(&self) -> String {
        let sentence = match self.code {
            ProblemCode::OutOfRange if is_kept(self.field) => {
                return format!(
                    "Choose a number of days from {} to {}, or 0 to keep everything.",
                    limits::KEEP_DAYS_LEAST,
                    limits::KEEP_DAYS_MOST
                );
            }
            ProblemCode::OutOfRange => {
                return format!("Choose a number from 1 to {}.", most(self.field));
            }
            ProblemCode::LineShape => return line_sentence(self.field),
            ProblemCode::TooMany => return many_sentence(self.field),
            ProblemCode::NameRequired => "Write a name.",
            ProblemCode::NameTooLong => {
                return format!(
                    "A name holds at most {} characters.",
                    limits::NAME_CHARACTERS
                );
            }
            ProblemCode::RuleShape => {
                return format!(
                    "Write a path that begins with /, as in /checkout or /blog/*, without ? and #, of at most {} bytes; or * for every page.",
                    limits::URL_RULE_BYTES
                );
            }
            ProblemCode::ColourShape => "Write a colour as #RRGGBB, as in #2563EB.",
            ProblemCode::LanguageUnknown => "Choose one of the languages that are there.",
            ProblemCode::NoSuchPicture => "Upload the logo first, or take it away.",
            ProblemCode::UrlShape if matches!(self.field, Field::PrivacyUrl) => {
                "Write an https:// address without a user name, a path on your site as in /privacy, or nothing."
            }
            ProblemCode::UrlShape => "Write an https:// address without a user name, or nothing.",
            ProblemCode::Duplicate => "This stands in the list already.",
            code => {
                return origin_sentence(code)
                    .or_else(|| rule_sentence(code))
                    .or_else(|| mail_sentence(code))
                    .or_else(|| guest_sentence(code))
                    .unwrap_or("This cannot be saved as it is.")
                    .to_owned();
            }
        };
        sentence.to_owned()
    }
}

fn line_sentence(field: Field) -> String {
    let most = match field {
        Field::SiteName | Field::SupportName | Field::ReservedNames => limits::NAME_CHARACTERS,
        Field::MailUser => limits::EMAIL_BYTES,
        _ => limits::SENTENCE_CHARACTERS,
    };
    format!("Write one line of at most {most} characters.")
}

fn many_sentence(field: Field) -> String {
    match field {
        Field::AllowedOrigins => format!(
            "The list holds at most {} entries, and {} bytes in all.",
            limits::ALLOWED_ORIGINS,
            limits::FRAME_ANCESTORS_BYTES
        ),
        Field::ReservedNames => format!("The list holds at most {} names.", limits::RESERVED_NAMES),
        _ => format!("The list holds at most {} paths.", limits::URL_RULES),
    }
}

const fn origin_sentence(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::OriginScheme => {
            "It has to begin with https:// (http:// is for localhost only)."
        }
        ProblemCode::OriginHost => "It has no valid host name.",
        ProblemCode::OriginPort => "It has no valid port.",
        ProblemCode::OriginMore => {
            "It may hold nothing but scheme, host and port, as in https://shop.example or https://*.example.com."
        }
        _ => return None,
    })
}

const fn rule_sentence(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::PathOnly => {
            "Write the path alone, without https:// and the site's name: /checkout or /blog/*."
        }
        ProblemCode::BothLists => {
            "Fill one of the two lists: the pages with the chat, or the pages without it."
        }
        _ => return None,
    })
}

const fn mail_sentence(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::HostShape => "Write the mail server's host name, as in smtp.example.com.",
        ProblemCode::EmailRequired => "Say first which address mails come from.",
        ProblemCode::EmailNoAt | ProblemCode::EmailShape => {
            "Write one e-mail address, as in chat@example.com."
        }
        ProblemCode::EmailTooLong => "This address is too long.",
        ProblemCode::NeedsTls => {
            "Without TLS only a mail server on this very machine (localhost) can be used."
        }
        _ => return None,
    })
}

const fn guest_sentence(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::NoSuchGroup => "There is no such group.",
        ProblemCode::NeedsUserGroups => "Guest Mode needs User Groups: turn them on first.",
        ProblemCode::NeedsGuestGroup => {
            "Guest Mode needs a guest group: choose the group that answers guests first."
        }
        ProblemCode::GuestGroupEmpty => {
            "Guest Mode needs somebody in the guest group: add a person to it first."
        }
        ProblemCode::GuestModeIsOn => "Guest Mode needs User Groups: turn Guest Mode off first.",
        ProblemCode::KeptTooShort => {
            "A guest's conversations have to be kept for at least as long as an idle guest is remembered."
        }
        _ => return None,
    })
}

/// Whether it says how long something is kept.
const fn is_kept(field: Field) -> bool {
    matches!(
        field,
        Field::KeepGuestConversationsDays
            | Field::KeepEndedConversationsDays
            | Field::KeepAuditDays
    )
}

/// The highest number that a setting takes.
pub(super) const fn most(field: Field) -> u32 {
    match field {
        Field::PageSize => limits::PAGE_ROWS,
        Field::GuestIdleDays => limits::GUEST_IDLE_DAYS_MOST,
        Field::GuestAbsoluteDays => limits::GUEST_ABSOLUTE_DAYS_MOST,
        _ => u16::MAX as u32,
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::about(fault.code, fault.field)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence())
    }
}
