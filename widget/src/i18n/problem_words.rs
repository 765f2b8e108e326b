//! Problems as sentences (D11).
//!
//! The law: one exhaustive match, so a new failure cannot ship without its sentence.

use super::english::Text;
use super::{say, say_count};
use shared::problem::{Problem, ProblemCode};

/// Which sentence a problem is said in.
pub const fn problem_text(code: ProblemCode) -> Text {
    match code {
        ProblemCode::NameRequired => Text::ProblemNameRequired,
        ProblemCode::NameTooLong => Text::ProblemNameTooLong,
        ProblemCode::NameReserved => Text::ProblemNameReserved,
        ProblemCode::EmailRequired => Text::ProblemEmailRequired,
        ProblemCode::EmailNoAt => Text::ProblemEmailNoAt,
        ProblemCode::EmailShape => Text::ProblemEmailShape,
        ProblemCode::EmailTooLong => Text::ProblemEmailTooLong,
        ProblemCode::TextEmpty => Text::ProblemTextEmpty,
        ProblemCode::TextTooLong => Text::ProblemTextTooLong,
        ProblemCode::BadText => Text::ProblemBadText,
        ProblemCode::DuplicateFlood => Text::ProblemDuplicateFlood,
        ProblemCode::Undeliverable => Text::ProblemUndeliverable,
        ProblemCode::NoSuchPosition => Text::ProblemQuoteGone,
        ProblemCode::TooBig => Text::ProblemTooBig,
        ProblemCode::IdReused => Text::ProblemIdReused,
        ProblemCode::StaleVersion => Text::ProblemStale,
        ProblemCode::SlowDown => Text::ProblemSlowDown,
        ProblemCode::NotStored | ProblemCode::GoingAway => Text::ProblemNotStored,
        ProblemCode::NotFound => Text::ProblemNotFound,
        ProblemCode::GuestOff => Text::DoorClosed,
        ProblemCode::NoIdentity | ProblemCode::Continued => Text::ProblemSessionEnded,
        ProblemCode::IdentityInvalid => Text::ProblemNotConfirmed,
        ProblemCode::ForeignOrigin => Text::ProblemForeignOrigin,
        ProblemCode::Outdated => Text::ProblemOutdated,
        // Two programs of ours misunderstood each other; whoever reads it can only try again.
        ProblemCode::Malformed
        | ProblemCode::Type
        | ProblemCode::UnknownField
        | ProblemCode::BadCursor
        | ProblemCode::BadFrame
        | ProblemCode::Method
        | ProblemCode::ContentType
        | ProblemCode::OutOfRange
        | ProblemCode::Broken
        // What only the admin page and `/agent` ask for; they have sentences of their own.
        | ProblemCode::SignInRefused
        | ProblemCode::PasswordShort
        | ProblemCode::PasswordLong
        | ProblemCode::PasswordWeak
        | ProblemCode::CodeRefused
        | ProblemCode::HostKeyRefused
        | ProblemCode::AddressPrivate
        | ProblemCode::UrlShape
        | ProblemCode::PathOnly
        | ProblemCode::RuleShape
        | ProblemCode::BothLists
        | ProblemCode::TooMany
        | ProblemCode::Duplicate
        | ProblemCode::LineShape
        | ProblemCode::ColourShape
        | ProblemCode::OriginScheme
        | ProblemCode::OriginHost
        | ProblemCode::OriginPort
        | ProblemCode::OriginMore
        | ProblemCode::HostShape
        | ProblemCode::LanguageUnknown
        | ProblemCode::NoSuchGroup
        | ProblemCode::NameTaken
        | ProblemCode::EmailTaken
        | ProblemCode::NeedsUserGroups
        | ProblemCode::NeedsGuestGroup
        | ProblemCode::GuestGroupEmpty
        | ProblemCode::GuestModeIsOn
        | ProblemCode::KeptTooShort
        | ProblemCode::LastAdmin
        | ProblemCode::KeyIdShape
        | ProblemCode::KeyTaken
        | ProblemCode::KeyWeak
        | ProblemCode::KeyShape
        | ProblemCode::PictureShape
        | ProblemCode::NoSuchPicture
        | ProblemCode::NeedsTls
        | ProblemCode::MailOff
        | ProblemCode::MailRefused => Text::ProblemBroken,
    }
}

/// A problem in one sentence that says what to do next.
pub fn problem_sentence(problem: Problem) -> String {
    match (problem.code, problem.retry_after_s) {
        (ProblemCode::SlowDown, Some(seconds)) if seconds > 0 => {
            say_count(Text::ProblemWait, seconds)
        }
        (code, _) => say(problem_text(code)).into(),
    }
}

/// What stands under a message that was refused.
pub fn send_failure_sentence(code: ProblemCode) -> &'static str {
    say(problem_text(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_seconds() {
        let wait = |seconds| problem_sentence(Problem::retry_after(ProblemCode::SlowDown, seconds));
        assert_eq!(
            wait(1),
            "That was a lot at once. Please try again in 1 second."
        );
        assert_eq!(
            wait(7),
            "That was a lot at once. Please try again in 7 seconds."
        );
        assert_eq!(
            wait(0),
            "That was a lot at once. Please wait a moment, then try again."
        );
    }

    #[test]
    fn a_missing_at_is_named() {
        assert_eq!(
            problem_sentence(ProblemCode::EmailNoAt.into()),
            "That address is missing its @."
        );
    }
}
