//! Problems as sentences (D11).
//!
//! The law: one exhaustive match, so a new failure cannot ship without its sentence. Each says what to do next.

use super::sentences::counted;
use crate::net::Failure;
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};
use shared::settings::rules::Fault;

/// A failure in one sentence.
pub fn failure_words(failure: Failure) -> String {
    match failure {
        Failure::Unreachable => "We couldn't reach the server. Please try again.".into(),
        Failure::Outdated => "There is a newer version of this page. Please reload it.".into(),
        Failure::Refused(problem) => problem_words(problem),
    }
}

/// A problem in one sentence.
pub fn problem_words(problem: Problem) -> String {
    match problem.code {
        ProblemCode::SlowDown => slow_down(problem.retry_after_s),
        ProblemCode::TooMany => too_many(problem),
        ProblemCode::TextTooLong => {
            format!(
                "That is too long. Up to {} characters fit.",
                limits::REASON_CHARACTERS
            )
        }
        ProblemCode::PasswordShort => {
            format!("Use {} characters or more.", limits::PASSWORD_CHARACTERS)
        }
        ProblemCode::UrlShape if problem.field == Some(Field::WebhookUrl) => {
            "Write an https:// address without a user name.".into()
        }
        code => match plain(code) {
            Some(words) => words.into(),
            None => rule_words(problem),
        },
    }
}

/// What the rules of settings say, in their own words.
fn rule_words(problem: Problem) -> String {
    Fault::of(problem.field.unwrap_or(Field::Name), problem.code).sentence()
}

/// Those that are the same wherever they happen. `None`: the rules of settings say it.
const fn plain(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::NameReserved => "That name belongs to the support group. Please use another one.",
        ProblemCode::EmailRequired => "Please type an email address.",
        ProblemCode::EmailNoAt => "That address is missing its @.",
        ProblemCode::EmailShape => "That address looks unfinished. It should read like name@example.org.",
        ProblemCode::EmailTooLong => "That address is too long. Please use another one.",
        ProblemCode::TextEmpty => "Please type something.",
        ProblemCode::BadText => "It holds characters that can't be kept. Please type it again.",
        ProblemCode::TooBig => "That is too large. A picture may have up to 2 MB.",
        ProblemCode::StaleVersion => "Somebody else changed this meanwhile. Please look again.",
        ProblemCode::SignInRefused => "That address and that password don't belong together.",
        ProblemCode::PasswordLong => "That password is too long. Please use a shorter one.",
        ProblemCode::PasswordWeak => "That password is easy to guess. Please use another one.",
        ProblemCode::NameTaken => "That name is taken. Please use another one.",
        ProblemCode::EmailTaken => "Somebody with that address has an account already.",
        ProblemCode::LastAdmin => "They are the last admin. Make somebody else an admin first.",
        ProblemCode::KeyIdShape => "A key's name has 1 to 64 letters, digits, dots, hyphens or underscores.",
        ProblemCode::KeyTaken => "There is a key of that name already. Please use another one.",
        ProblemCode::KeyWeak => "That key is too weak. Please use a longer one.",
        ProblemCode::KeyShape => "That isn't the public half of such a key. It begins with -----BEGIN PUBLIC KEY-----.",
        ProblemCode::PictureShape | ProblemCode::ContentType => {
            "That isn't a picture we can read. Please use a PNG, JPEG or WebP file."
        }
        ProblemCode::MailOff => "No mail server is set up. Fill in the server's name, save, and try again.",
        ProblemCode::MailRefused => "The mail server didn't take it. Please check its name, port, user name and password.",
        ProblemCode::AddressPrivate => "That isn't a public https address. Please use another one.",
        ProblemCode::CodeRefused => "That code doesn't work. Please ask for a new one.",
        ProblemCode::HostKeyRefused => "That key doesn't work any more. Please make a new one.",
        ProblemCode::NotFound => "It isn't there any more. Please look again.",
        ProblemCode::NoIdentity | ProblemCode::IdentityInvalid => "Your session has ended. Please sign in again.",
        ProblemCode::ForeignOrigin => "This page was opened under another address than the server's. Please use the server's own.",
        ProblemCode::Outdated => "There is a newer version of this page. Please reload it.",
        ProblemCode::NotStored | ProblemCode::GoingAway => "The server couldn't keep that just now. Please try again.",
        ProblemCode::GuestOff => "Guest Mode is off.",
        ProblemCode::NameRequired
        | ProblemCode::NameTooLong
        | ProblemCode::LineShape
        | ProblemCode::OutOfRange
        | ProblemCode::UrlShape
        | ProblemCode::PathOnly
        | ProblemCode::RuleShape
        | ProblemCode::BothLists
        | ProblemCode::Duplicate
        | ProblemCode::ColourShape
        | ProblemCode::OriginScheme
        | ProblemCode::OriginHost
        | ProblemCode::OriginPort
        | ProblemCode::OriginMore
        | ProblemCode::HostShape
        | ProblemCode::LanguageUnknown
        | ProblemCode::NoSuchGroup
        | ProblemCode::NoSuchPicture
        | ProblemCode::NeedsTls
        | ProblemCode::NeedsUserGroups
        | ProblemCode::NeedsGuestGroup
        | ProblemCode::GuestGroupEmpty
        | ProblemCode::GuestModeIsOn
        | ProblemCode::KeptTooShort => return None,
        // Only the chat itself is told these.
        ProblemCode::IdReused
        | ProblemCode::Continued
        | ProblemCode::DuplicateFlood
        | ProblemCode::NoSuchPosition
        | ProblemCode::Undeliverable
        // Said with particulars, above.
        | ProblemCode::SlowDown
        | ProblemCode::TooMany
        | ProblemCode::TextTooLong
        | ProblemCode::PasswordShort
        // Two programs of ours misunderstood each other.
        | ProblemCode::Malformed
        | ProblemCode::Type
        | ProblemCode::UnknownField
        | ProblemCode::BadCursor
        | ProblemCode::BadFrame
        | ProblemCode::Method
        | ProblemCode::Broken => "Something went wrong on our side. Please try again.",
    })
}

fn slow_down(seconds: Option<u32>) -> String {
    let wait = match seconds.unwrap_or_default() {
        0 => "a moment".into(),
        seconds @ 1..=90 => counted(seconds as usize, "second", "seconds"),
        seconds => counted(seconds.div_ceil(60) as usize, "minute", "minutes"),
    };
    format!("That was too often. Please wait {wait}, then try again.")
}

fn too_many(problem: Problem) -> String {
    let (most, what) = match problem.field {
        Some(Field::KeyId) => (limits::KEYS_AT_ONCE, "keys at once. Retire one first"),
        Some(Field::GroupId | Field::Name) => (limits::GROUPS, "groups"),
        Some(Field::Scopes) => (
            limits::HOST_KEYS,
            "keys of your site's server. Revoke one first",
        ),
        Some(Field::WebhookUrl) => (limits::WEBHOOKS, "webhooks. End one first"),
        Some(Field::Email) => (limits::INVITATIONS, "open invitations. Revoke one first"),
        Some(_) => return rule_words(problem),
        None => return "Those are too many. Please take some away.".into(),
    };
    format!("There may be at most {most} {what}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_seconds_then_in_minutes() {
        let words = |seconds| problem_words(Problem::retry_after(ProblemCode::SlowDown, seconds));
        assert_eq!(
            words(1),
            "That was too often. Please wait 1 second, then try again."
        );
        assert_eq!(
            words(7),
            "That was too often. Please wait 7 seconds, then try again."
        );
        assert_eq!(
            words(900),
            "That was too often. Please wait 15 minutes, then try again."
        );
        assert_eq!(
            words(0),
            "That was too often. Please wait a moment, then try again."
        );
    }

    #[test]
    fn what_is_said_depends_on_the_field() {
        for (problem, expected) in [
            (
                Problem::about(ProblemCode::OutOfRange, Field::PageSize),
                "Choose a number from 1 to 100.",
            ),
            (
                Problem::about(ProblemCode::TooMany, Field::AllowedOrigins),
                "The list holds at most 50 entries, and 2000 bytes in all.",
            ),
            (
                Problem::about(ProblemCode::TooMany, Field::WebhookUrl),
                "There may be at most 20 webhooks. End one first.",
            ),
            (
                Problem::about(ProblemCode::TooMany, Field::Scopes),
                "There may be at most 20 keys of your site's server. Revoke one first.",
            ),
            (
                Problem::about(ProblemCode::NameRequired, Field::SiteName),
                "Write a name.",
            ),
            (
                Problem::new(ProblemCode::EmailNoAt),
                "That address is missing its @.",
            ),
        ] {
            assert_eq!(problem_words(problem), expected);
        }
    }
}
