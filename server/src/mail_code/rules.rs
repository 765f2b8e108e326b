//! What is a code, and how often one is mailed.
//!
//! The law: pure. A code has eight digits, in whatever script somebody's keyboard writes them.

use crate::mail;
use shared::conversion::ConversionPolicy;
use shared::limits::{CODE_DIGITS, CODES_PER_DAY, CODES_PER_HOUR};
use shared::settings::Settings;

/// What somebody types for a code: eight digits with room for what stands between them. **Units**: bytes.
const TYPED_BYTES: usize = 100;

/// Ten to the power of [`CODE_DIGITS`]: a code is below it.
pub const CODES: u32 = 100_000_000;

/// Zeros of the scripts in which the widget's languages write numbers, and of wide keyboards.
const ZEROS: [char; 4] = ['0', '\u{660}', '\u{6F0}', '\u{FF10}'];

/// A code. Its `Debug` says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct MailCode(String);

impl MailCode {
    /// From a number below [`CODES`].
    pub fn of(number: u32) -> Self {
        Self(format!("{:0CODE_DIGITS$}", number % CODES))
    }

    /// As somebody typed it: spaces and hyphens between the digits are ignored. `None`: no code of ours.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > TYPED_BYTES {
            return None;
        }
        let mut digits = String::with_capacity(CODE_DIGITS);
        for character in typed.chars().filter(|character| !is_between(*character)) {
            digits.push(digit(character)?);
        }
        (digits.len() == CODE_DIGITS).then_some(Self(digits))
    }

    /// For the mail, and for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for MailCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MailCode(…)")
    }
}

fn digit(character: char) -> Option<char> {
    let value = |zero: &char| u32::from(character).checked_sub(u32::from(*zero));
    let value = ZEROS.iter().filter_map(value).find(|value| *value < 10)?;
    char::from_digit(value, 10)
}

/// What a person or a mail program puts between, around or invisibly into a row of digits.
fn is_between(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// How often codes were asked for under one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub last_hour: u32,
    pub last_day: u32,
}

/// Whether one more may be mailed: nobody's mailbox is filled.
pub const fn may_mail(asked: Asked) -> bool {
    asked.last_hour < CODES_PER_HOUR && asked.last_day < CODES_PER_DAY
}

/// Whether codes are mailed at all: mails can be sent, and the site wants guests to become somebody.
pub fn are_codes_on(settings: &Settings) -> bool {
    mail::is_set_up(settings) && settings.conversion != ConversionPolicy::Off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_eight_digits_however_they_are_typed() {
        for typed in [
            "12345678",
            " 1234 5678\n",
            "1234-5678",
            "12 34\u{a0}56\u{2009}78",
            "1234\u{2013}5678",
            "\u{200f}12345678\u{200e}",
            "١٢٣٤٥٦٧٨",
            "۱۲۳۴۵۶۷۸",
            "１２３４５６７８",
        ] {
            let code = MailCode::parse(typed).map(|code| code.expose().to_owned());
            assert_eq!(code.as_deref(), Some("12345678"), "{typed:?}");
        }
        let long = "1".repeat(1_000);
        for typed in [
            "",
            "1234567",
            "123456789",
            "1234567a",
            "12345678.",
            "+12345678",
            "0x123456",
            "1234567\0",
            "1234567²",
            "１２３４５６７",
            &long,
        ] {
            assert!(MailCode::parse(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn every_number_is_a_code_and_none_is_printed() {
        assert_eq!(u32::try_from(10_u64.pow(8)), Ok(CODES));
        for (number, code) in [(0, "00000000"), (7, "00000007"), (99_999_999, "99999999")] {
            assert_eq!(MailCode::of(number).expose(), code);
            assert!(MailCode::parse(code) == Some(MailCode::of(number)));
        }
        assert_eq!(format!("{:?}", MailCode::of(7)), "MailCode(…)");
    }

    #[test]
    fn three_an_hour_and_eight_a_day() {
        for (last_hour, last_day, may) in [
            (0, 0, true),
            (2, 7, true),
            (3, 3, false),
            (0, 8, false),
            (2, 8, false),
        ] {
            let asked = Asked {
                last_hour,
                last_day,
            };
            assert_eq!(may_mail(asked), may, "{asked:?}");
        }
    }

    #[test]
    fn without_a_mail_server_or_with_conversion_off_there_are_no_codes() {
        let mut settings = Settings::default();
        assert!(!are_codes_on(&settings));
        settings.mail_host = "smtp.example.com".into();
        settings.mail_from = "chat@example.com".into();
        assert!(are_codes_on(&settings));
        settings.conversion = ConversionPolicy::SameBrowser;
        assert!(are_codes_on(&settings));
        settings.conversion = ConversionPolicy::Off;
        assert!(!are_codes_on(&settings));
    }
}
