//! Problems as sentences (D11).
//!
//! The law: one exhaustive match, so a new failure cannot ship without its sentence. Each says what to do next.

use super::sentences::counted;
use crate::net::Failure;
use shared::limits;
use shared::problem::{Field, Problem, ProblemCode};

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
        ProblemCode::OutOfRange => range(problem.field).into(),
        ProblemCode::TooMany => too_many(problem.field),
        ProblemCode::Duplicate => "That stands in the list already.".into(),
        ProblemCode::NameRequired | ProblemCode::NameTooLong => name(problem),
        ProblemCode::TextTooLong => too_long(problem.field),
        ProblemCode::UrlShape => url(problem.field).into(),
        ProblemCode::PasswordShort => {
            format!("Use {} characters or more.", limits::PASSWORD_CHARACTERS)
        }
        code => plain(code).into(),
    }
}

/// Those that are the same wherever they happen.
const fn plain(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::NameReserved => "That name belongs to the support group. Please use another one.",
        ProblemCode::EmailRequired => "Please type an email address.",
        ProblemCode::EmailNoAt => "That address is missing its @.",
        ProblemCode::EmailShape => "That address looks unfinished. It should read like name@example.org.",
        ProblemCode::EmailTooLong => "That address is too long. Please use another one.",
        ProblemCode::TextEmpty => "Please type something.",
        ProblemCode::BadText => "It holds characters that can't be kept. Please type it again.",
        ProblemCode::TooBig => "That is too large. A picture may have up to 2 MB.",
        ProblemCode::StaleVersion => "Somebody else changed this meanwhile. Please look again.",
        ProblemCode::SignInRefused => "That address and password don't go together. Please try again.",
        ProblemCode::PasswordLong => "That password is too long. Please use a shorter one.",
        ProblemCode::PasswordWeak => "That password is easy to guess. Please use another one.",
        ProblemCode::PathOnly => "Only the part after your site's address belongs here: /shop/* instead of https://…/shop/*.",
        ProblemCode::RuleShape => "A rule begins with / or is *, as in /shop/*, and has up to 200 letters.",
        ProblemCode::BothLists => "Fill one of the two lists: where the chat is shown, or where it isn't.",
        ProblemCode::ColourShape => "A colour reads #RRGGBB, as in #2563EB.",
        ProblemCode::OriginScheme => "An origin begins with https://. Only localhost may use http://.",
        ProblemCode::OriginHost => "That isn't the name of a site. It should read like https://shop.example.",
        ProblemCode::OriginPort => "A port is a number from 1 to 65535.",
        ProblemCode::OriginMore => "An origin ends after the site's name: https://shop.example, without a path.",
        ProblemCode::HostShape => "That isn't the name of a server. It should read like mail.example.org.",
        ProblemCode::LanguageUnknown => "That language isn't there. Please choose one of the list.",
        ProblemCode::NoSuchGroup => "There is no group with that id. Please choose one of the list.",
        ProblemCode::NameTaken => "There is a group of that name already. Please use another one.",
        ProblemCode::EmailTaken => "Somebody with that address has an account already.",
        ProblemCode::NeedsUserGroups => "Guest Mode needs User Groups. Turn User Groups on first.",
        ProblemCode::NeedsGuestGroup => "Guest Mode needs a guest group. Choose one first.",
        ProblemCode::GuestGroupEmpty => "Nobody is in the guest group yet. Add a person to it first.",
        ProblemCode::GuestModeIsOn => "Guest Mode needs User Groups. Turn Guest Mode off first.",
        ProblemCode::LastAdmin => "They are the last admin. Make somebody else an admin first.",
        ProblemCode::KeyIdShape => "A key's name has 1 to 64 letters, digits, dots, hyphens or underscores.",
        ProblemCode::KeyTaken => "There is a key of that name already. Please use another one.",
        ProblemCode::KeyWeak => "That key is too weak. Please use a longer one.",
        ProblemCode::KeyShape => "That isn't the public half of such a key. It begins with -----BEGIN PUBLIC KEY-----.",
        ProblemCode::PictureShape => "That isn't a picture we can read. Please use a PNG, JPEG or WebP file.",
        ProblemCode::MailOff => "No mail server is set up. Fill in the server's name, save, and try again.",
        ProblemCode::MailRefused => "The mail server didn't take it. Please check its name, port, user name and password.",
        ProblemCode::LineShape => "It is one line of up to 200 letters.",
        ProblemCode::NoSuchPicture => "That picture isn't there any more. Please upload it again.",
        ProblemCode::NeedsTls => "A password needs a line that nobody can read along: choose STARTTLS or TLS.",
        ProblemCode::NotFound => "It isn't there any more. Please look again.",
        ProblemCode::NoIdentity | ProblemCode::IdentityInvalid => "Your session has ended. Please sign in again.",
        ProblemCode::ForeignOrigin => "This page was opened under another address than the server's. Please use the server's own.",
        ProblemCode::Outdated => "There is a newer version of this page. Please reload it.",
        ProblemCode::NotStored | ProblemCode::GoingAway => "The server couldn't keep that just now. Please try again.",
        ProblemCode::GuestOff => "Guest Mode is off.",
        // Only the chat itself is told these.
        ProblemCode::IdReused
        | ProblemCode::DuplicateFlood
        | ProblemCode::NoSuchPosition
        | ProblemCode::Undeliverable
        // Said with particulars, above.
        | ProblemCode::SlowDown
        | ProblemCode::OutOfRange
        | ProblemCode::TooMany
        | ProblemCode::Duplicate
        | ProblemCode::NameRequired
        | ProblemCode::NameTooLong
        | ProblemCode::TextTooLong
        | ProblemCode::UrlShape
        | ProblemCode::PasswordShort
        // Two programs of ours misunderstood each other.
        | ProblemCode::Malformed
        | ProblemCode::Type
        | ProblemCode::UnknownField
        | ProblemCode::BadCursor
        | ProblemCode::BadFrame
        | ProblemCode::Method
        | ProblemCode::ContentType
        | ProblemCode::Broken => "Something went wrong on our side. Please try again.",
    }
}

fn slow_down(seconds: Option<u32>) -> String {
    let wait = match seconds.unwrap_or_default() {
        0 => "a moment".into(),
        seconds @ 1..=90 => counted(seconds as usize, "second", "seconds"),
        seconds => counted(seconds.div_ceil(60) as usize, "minute", "minutes"),
    };
    format!("That was too often. Please wait {wait}, then try again.")
}

const fn range(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::PageSize) => "Choose a number from 1 to 100.",
        Some(Field::GuestIdleDays) => "Choose a number from 1 to 180.",
        Some(Field::GuestAbsoluteDays) => "Choose a number from 1 to 365.",
        Some(Field::MailPort) => "A port is a number from 1 to 65535.",
        _ => "That is outside of what is possible. Please choose another value.",
    }
}

fn too_many(field: Option<Field>) -> String {
    let (most, what) = match field {
        Some(Field::AllowedOrigins) => (limits::ALLOWED_ORIGINS, "origins"),
        Some(Field::IncludeUrls | Field::ExcludeUrls) => (limits::URL_RULES, "rules"),
        Some(Field::ReservedNames) => (100, "names"),
        Some(Field::KeyId) => (limits::KEYS_AT_ONCE, "keys at once. Retire one first"),
        Some(Field::GroupId | Field::Name) => (limits::GROUPS, "groups"),
        Some(Field::Email) => (limits::INVITATIONS, "open invitations. Revoke one first"),
        _ => return "Those are too many. Please take some away.".into(),
    };
    format!("There may be at most {most} {what}.")
}

fn name(problem: Problem) -> String {
    let whose = match problem.field {
        Some(Field::SiteName) => "The site's name",
        Some(Field::SupportName) => "The support group's name",
        Some(Field::ReservedNames) => "Each reserved name",
        _ => "The name",
    };
    format!("{whose} has 1 to {} letters.", limits::NAME_CHARACTERS)
}

fn too_long(field: Option<Field>) -> String {
    match field {
        Some(Field::Reason) => format!("Up to {} letters fit.", limits::REASON_CHARACTERS),
        _ => "That is too long: one line of up to 200 letters fits.".into(),
    }
}

const fn url(field: Option<Field>) -> &'static str {
    match field {
        Some(Field::PrivacyUrl) => {
            "It should read like https://shop.example/privacy, or /privacy for a page of your own site."
        }
        _ => "It should read like https://shop.example.",
    }
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
                "There may be at most 50 origins.",
            ),
            (
                Problem::about(ProblemCode::NameRequired, Field::SiteName),
                "The site's name has 1 to 80 letters.",
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
