//! Which passwords are good ones, and what an admin should know.
//!
//! The law: pure. Length is what counts; besides it only what everybody tries first is refused, never a lack of digits
//! or signs.

use shared::limits;
use shared::problem::ProblemCode;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// Words that open the lists of the most used passwords, without the digits and signs that people put behind them.
const COMMON: [&str; 40] = [
    "password",
    "passwort",
    "passw0rd",
    "p4ssword",
    "letmein",
    "welcome",
    "admin",
    "administrator",
    "iloveyou",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "basketball",
    "sunshine",
    "princess",
    "superman",
    "batman",
    "starwars",
    "changeme",
    "default",
    "secret",
    "porchlight",
    "login",
    "master",
    "hello",
    "freedom",
    "whatever",
    "trustno",
    "michael",
    "jennifer",
    "jordan",
    "michelle",
    "charlie",
    "computer",
    "internet",
    "samsung",
    "support",
    "customer",
    "test",
];

/// Rows of keys and rows of letters: pieces of them, forwards and backwards, are typed without a thought.
const ROWS: [&str; 6] = [
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Fewer different characters were not chosen, but held down.
const DIFFERENT_CHARACTERS: usize = 5;
/// The own name or address counts from this length: nearly every password holds an `a`. **Units**: characters.
const OWN_CHARACTERS: usize = 4;

/// Whether somebody may have this password.
///
/// **Errors**: `password_short`, `password_long`; `password_weak` for one that everybody knows, and for one that holds
/// the own name or what stands before the `@` as a whole.
pub fn may_have_password(password: &str, name: &str, login: &str) -> Result<(), ProblemCode> {
    if password.len() > limits::PASSWORD_BYTES {
        return Err(ProblemCode::PasswordLong);
    }
    let spelled: String = password.nfkc().collect();
    if spelled.chars().count() < limits::PASSWORD_CHARACTERS {
        return Err(ProblemCode::PasswordShort);
    }
    let folded = folded(&spelled);
    let local = login.rsplit_once('@').map_or(login, |(local, _)| local);
    let holds_own = [name, local]
        .map(self::folded)
        .into_iter()
        .any(|own| own.chars().count() >= OWN_CHARACTERS && folded.contains(&own));
    if holds_own || is_common(&spelled, &folded) {
        return Err(ProblemCode::PasswordWeak);
    }
    Ok(())
}

/// Letters and digits in small letters: what is left when signs and capitals are looked through.
fn folded(text: &str) -> String {
    text.nfkc()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn is_common(spelled: &str, folded: &str) -> bool {
    let different: BTreeSet<char> = spelled.chars().collect();
    if different.len() < DIFFERENT_CHARACTERS {
        return true;
    }
    let bare = folded.trim_matches(|character: char| character.is_ascii_digit());
    let meant = undisguised(spelled);
    [folded, bare, meant.as_str()]
        .into_iter()
        .any(|text| is_one_word(text) || is_of_a_row(text))
}

/// `P@$$w0rd99!` as it is meant: the word, without what was put behind it.
fn undisguised(spelled: &str) -> String {
    let word = spelled
        .trim_start_matches(|character: char| character.is_ascii_digit())
        .trim_end_matches(|character: char| !character.is_alphabetic());
    let meant = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            '@' => 'a',
            '$' => 's',
            '0' => 'o',
            '3' => 'e',
            '!' => 'i',
            other => other,
        });
    meant
        .filter(|character| character.is_alphanumeric())
        .collect()
}

/// A common word, once or several times over.
fn is_one_word(text: &str) -> bool {
    COMMON
        .iter()
        .any(|word| !text.is_empty() && text.replace(word, "").is_empty())
}

fn is_of_a_row(text: &str) -> bool {
    let backwards: String = text.chars().rev().collect();
    text.len() >= OWN_CHARACTERS
        && ROWS
            .iter()
            .any(|row| row.contains(text) || row.contains(&backwards))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples::ADA;

    fn judged(password: &str) -> Result<(), ProblemCode> {
        may_have_password(password, ADA.name, ADA.email)
    }

    #[test]
    fn a_password_is_ten_characters_or_more() {
        for (password, judgement) in [
            ("", Err(ProblemCode::PasswordShort)),
            ("nine char", Err(ProblemCode::PasswordShort)),
            ("ten charac", Ok(())),
            ("ÄÖÜäöüßéè", Err(ProblemCode::PasswordShort)),
            // Two characters that are one: counted as they are kept.
            ("a\u{301}bcdefghi", Err(ProblemCode::PasswordShort)),
            ("correct horse battery staple", Ok(())),
            ("灯りは夜の玄関で静かに", Ok(())),
        ] {
            assert_eq!(judged(password), judgement, "{password}");
        }
        assert_eq!(judged(&"lamp oil ".repeat(28)), Ok(()), "252 bytes");
        assert_eq!(
            judged(&"lamp oil ".repeat(29)),
            Err(ProblemCode::PasswordLong)
        );
    }

    #[test]
    fn what_everybody_tries_first_is_weak() {
        for password in [
            "password123",
            "Password2026!",
            "P@$$w0rd1234",
            "123passwordpassword",
            "1234567890",
            "9876543210!",
            "qwertyuiop",
            "QWERTZUIOP12",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "abcdefghijk",
            "aaaaaaaaaaaa",
            "abababababab",
            "administrator",
            "porchlight-1",
        ] {
            assert_eq!(
                judged(password),
                Err(ProblemCode::PasswordWeak),
                "{password}"
            );
        }
        assert_eq!(judged("my password is a lamp"), Ok(()));
    }

    #[test]
    fn the_own_name_or_address_is_weak() {
        for (password, name, login) in [
            ("AdaBrandt-99", ADA.name, "x@example.com"),
            ("ada brandt lamp", ADA.name, "x@example.com"),
            ("lamp-mina.okafor", "Mina", "mina.okafor@example.com"),
        ] {
            assert_eq!(
                may_have_password(password, name, login),
                Err(ProblemCode::PasswordWeak),
                "{password}"
            );
        }
        // What is too short to be told from any other text is no reason.
        assert_eq!(
            may_have_password("adagio for strings", "Ada", "ada@example.com"),
            Ok(())
        );
    }
}
