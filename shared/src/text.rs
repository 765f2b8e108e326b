//! Texts that people type: names, addresses, messages.
//!
//! The law: parsed at the door, by the same plain code in the browser and on the server.
//! Normalising an address (NFC, IDNA) is the server's alone, because it would cost the visitor 93 KB;
//! the browser checks shape and length.

use crate::limits;
use crate::problem::ProblemCode;
use serde::{Deserialize, Serialize};

/// Characters that show nothing: zero-width ones, joiners, bidi controls, variation selectors, fillers.
pub const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters that reorder what stands around them: in a name they would let one person look like another.
pub const fn is_bidi_control(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Non-characters of Unicode (U+FFFE, U+FFFF and their kin): nobody types them, and some databases refuse them.
const fn is_noncharacter(character: char) -> bool {
    let code = character as u32;
    code & 0xFFFE == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF)
}

/// Whether there is anything to see in it.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace() || character.is_control() || is_invisible(character)
    })
}

/// What a message says, 1 to 8,000 characters, with something to see in it. Kept as typed, save for line ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageText(String);

impl MessageText {
    /// **Errors**: `bad_text` for NUL, other controls and non-characters, `text_empty`, `text_too_long`.
    pub fn parse(text: &str) -> Result<Self, ProblemCode> {
        // The length first: what is far too long is not walked.
        if text.len() > limits::MESSAGE_BYTES {
            return Err(ProblemCode::TextTooLong);
        }
        let unreadable = |character: char| {
            is_noncharacter(character)
                || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        };
        if text.chars().any(unreadable) {
            return Err(ProblemCode::BadText);
        }
        if is_blank(text) {
            return Err(ProblemCode::TextEmpty);
        }
        if text.chars().count() > limits::MESSAGE_CHARACTERS {
            return Err(ProblemCode::TextTooLong);
        }
        Ok(Self(with_plain_line_ends(text)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One line feed for each line end. Character by character: searching for texts weighs on the visitor's download.
fn with_plain_line_ends(text: &str) -> String {
    let mut plain = String::new();
    let mut before = ' ';
    for character in text.chars() {
        match (before, character) {
            ('\r', '\n') => {}
            (_, '\r') => plain.push('\n'),
            _ => plain.push(character),
        }
        before = character;
    }
    plain
}

impl core::fmt::Debug for MessageText {
    /// Redacted: a message never reaches a log.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("MessageText(…)")
    }
}

impl TryFrom<String> for MessageText {
    type Error = ProblemCode;

    fn try_from(text: String) -> Result<Self, ProblemCode> {
        Self::parse(&text)
    }
}

impl From<MessageText> for String {
    fn from(text: MessageText) -> String {
        text.0
    }
}

impl core::fmt::Display for ProblemCode {
    /// What serde says when a text inside a larger value is refused; people never see it.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("refused")
    }
}

/// A person's display name, 1 to 80 characters on one line, without characters that hide or reorder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

impl Name {
    /// Trims, folds white space, drops what shows nothing, and checks the length.
    ///
    /// A zero-width joiner between two visible characters stays: names and emoji need it.
    ///
    /// **Errors**: `bad_text` for controls and non-characters, `name_required`, `name_too_long`.
    pub fn parse(text: &str) -> Result<Self, ProblemCode> {
        if text.len() > 4 * limits::NAME_BYTES {
            return Err(ProblemCode::NameTooLong);
        }
        if text.chars().any(|character| {
            (character.is_control() && !character.is_whitespace()) || is_noncharacter(character)
        }) {
            return Err(ProblemCode::BadText);
        }
        if is_blank(text) {
            return Err(ProblemCode::NameRequired);
        }
        let kept: String = text
            .chars()
            .filter(|character| {
                matches!(character, '\u{200C}' | '\u{200D}' | '\u{FE0F}')
                    || !is_invisible(*character)
            })
            .collect();
        let mut name = String::new();
        for word in kept.split_whitespace() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
        if name.chars().count() > limits::NAME_CHARACTERS || name.len() > limits::NAME_BYTES {
            return Err(ProblemCode::NameTooLong);
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl core::fmt::Debug for Name {
    /// Redacted: a name never reaches a log.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Name(…)")
    }
}

impl TryFrom<String> for Name {
    type Error = ProblemCode;

    fn try_from(text: String) -> Result<Self, ProblemCode> {
        Self::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

/// Checks the shape and length of an address as typed: what the form can say before the server is asked.
///
/// Accepts what the server would accept, and little else: one local part without quotes, one domain with a dot
/// (or `localhost`-like single labels refused), no white space inside, no list, no literal.
///
/// **Errors**: `email_required`, `email_no_at`, `email_shape`, `email_too_long`.
pub fn check_email_shape(typed: &str) -> Result<(), ProblemCode> {
    let address = typed.trim();
    if address.is_empty() {
        return Err(ProblemCode::EmailRequired);
    }
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Err(ProblemCode::EmailNoAt);
    };
    // 64 + 1 + 254 is what the two parts may hold; 254 is what the whole may.
    if address.len() > limits::EMAIL_BYTES || local.len() > limits::EMAIL_LOCAL_BYTES {
        return Err(ProblemCode::EmailTooLong);
    }
    let forbidden = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || is_invisible(character)
            || is_noncharacter(character)
            || matches!(
                character,
                '"' | '(' | ')' | ',' | ':' | ';' | '<' | '>' | '[' | ']' | '\\' | '@'
            )
    };
    let local_is_good = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.split('.').any(str::is_empty)
        && !local.chars().any(forbidden);
    let label_is_good = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let domain_is_good = domain.contains('.')
        && domain.split('.').all(label_is_good)
        && !domain.chars().any(|character| {
            forbidden(character) || matches!(character, '/' | '?' | '#' | '%' | '_')
        })
        && !domain
            .chars()
            .all(|character| character.is_ascii_digit() || character == '.');
    if local_is_good && domain_is_good {
        Ok(())
    } else {
        Err(ProblemCode::EmailShape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_something_to_see() {
        for empty in ["", "   ", "\n\t", "\u{200b}\u{2060}", "\u{feff} \u{3164}"] {
            assert_eq!(
                MessageText::parse(empty).unwrap_err(),
                ProblemCode::TextEmpty,
                "{empty:?}"
            );
        }
        for bad in ["a\0b", "\u{ffff}", "x\u{1fffe}", "\u{fdd0}", "\u{7}bell"] {
            assert_eq!(
                MessageText::parse(bad).unwrap_err(),
                ProblemCode::BadText,
                "{bad:?}"
            );
        }
        assert_eq!(MessageText::parse("a\r\nb\rc").unwrap().as_str(), "a\nb\nc");
        assert!(MessageText::parse(&"ж".repeat(8_000)).is_ok());
        assert_eq!(
            MessageText::parse(&"ж".repeat(8_001)).unwrap_err(),
            ProblemCode::TextTooLong
        );
        assert_eq!(
            MessageText::parse(&"x".repeat(40_000)).unwrap_err(),
            ProblemCode::TextTooLong
        );
    }

    #[test]
    fn a_name_is_one_visible_line() {
        for empty in ["", "   ", "\u{200b}\u{2060}"] {
            assert_eq!(
                Name::parse(empty).unwrap_err(),
                ProblemCode::NameRequired,
                "{empty:?}"
            );
        }
        assert_eq!(
            Name::parse("  Cora \n  Lindqvist ").unwrap().as_str(),
            "Cora Lindqvist"
        );
        assert_eq!(Name::parse("Co\u{202e}ra").unwrap().as_str(), "Cora");
        assert_eq!(
            Name::parse("<img src=x onerror=1>").unwrap().as_str(),
            "<img src=x onerror=1>"
        );
        assert_eq!(
            Name::parse(&"x".repeat(81)).unwrap_err(),
            ProblemCode::NameTooLong
        );
        assert_eq!(Name::parse("Cora\0").unwrap_err(), ProblemCode::BadText);
    }

    #[test]
    fn an_address_is_checked_for_shape() {
        for good in [
            "cora@example.org",
            " Victim@X.ORG ",
            "a+b.c@sub.example.org",
            "жора@почта.рф",
            "x@xn--e1aybc.xn--p1ai",
        ] {
            assert_eq!(check_email_shape(good), Ok(()), "{good}");
        }
        for (bad, code) in [
            ("", ProblemCode::EmailRequired),
            ("  ", ProblemCode::EmailRequired),
            ("cora.example.org", ProblemCode::EmailNoAt),
            ("cora@", ProblemCode::EmailShape),
            ("@example.org", ProblemCode::EmailShape),
            ("cora@example", ProblemCode::EmailShape),
            ("victim@x.org.", ProblemCode::EmailShape),
            ("a@x.org,b@x.org", ProblemCode::EmailShape),
            ("a@x.org\nBcc:b@x.org", ProblemCode::EmailShape),
            ("\"a b\"@x.org", ProblemCode::EmailShape),
            ("a@[127.0.0.1]", ProblemCode::EmailShape),
            ("a@127.0.0.1", ProblemCode::EmailShape),
            ("a..b@x.org", ProblemCode::EmailShape),
            ("a\u{202e}b@x.org", ProblemCode::EmailShape),
        ] {
            assert_eq!(check_email_shape(bad), Err(code), "{bad:?}");
        }
        let long_local = format!("{}@x.org", "a".repeat(65));
        assert_eq!(
            check_email_shape(&long_local),
            Err(ProblemCode::EmailTooLong)
        );
        let long = format!("a@{}.org", "b.".repeat(130));
        assert_eq!(check_email_shape(&long), Err(ProblemCode::EmailTooLong));
    }
}
