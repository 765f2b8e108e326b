//! Addresses: what is taken is one address, written in one way.

use crate::mutate::{corpus, fuzz};
use porchlight::person::email::Email;

const WORDS: [&str; 18] = [
    "@",
    ".",
    "..",
    "-",
    "xn--",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\r\nBcc: ",
    ",",
    ";",
    "\0",
    "。",
    "ß",
    "\u{301}",
    "１",
    "\u{37e}",
    " ",
];

#[test]
fn whatever_is_typed_is_one_address_or_none() {
    fuzz(
        "addresses",
        &corpus(include_str!("corpus/addresses.txt")),
        &WORDS,
        |input| {
            let typed = String::from_utf8_lossy(input);
            let Ok(email) = Email::parse(&typed) else {
                return;
            };
            let normalised = email.normalised();
            let (local, domain) = normalised.rsplit_once('@').unwrap();
            assert!(!local.is_empty() && local.len() <= 64 && domain.len() <= 254);
            assert!(!local.contains('@') && !local.bytes().any(|byte| byte.is_ascii_uppercase()));
            let is_label = |label: &str| {
                !label.is_empty()
                    && label.len() <= 63
                    && label.bytes().all(|byte| {
                        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
                    })
            };
            assert!(
                domain.contains('.') && domain.split('.').all(is_label),
                "{domain:?}"
            );
            let is_a_network_address = domain.parse::<std::net::Ipv4Addr>().is_ok();
            assert!(!is_a_network_address, "{domain:?}");
            for text in [normalised, email.as_typed()] {
                let splits = |character: char| {
                    character.is_whitespace()
                        || character.is_control()
                        || ",;:<>()[]\"\\".contains(character)
                        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
                };
                assert!(!text.contains(splits), "{text:?}");
            }
            // Normalising twice is normalising once, and case and space around it change nothing.
            let again =
                Email::parse(normalised).unwrap_or_else(|code| panic!("{normalised:?}: {code:?}"));
            assert_eq!(again.normalised(), normalised);
            let shouted = Email::parse(&format!("\t{} ", email.as_typed())).unwrap();
            assert_eq!(shouted.normalised(), normalised);
        },
    );
}
