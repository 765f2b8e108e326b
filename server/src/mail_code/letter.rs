//! The mail with the code, in the site's language.
//!
//! The law: the site's name, the code and fixed words; nothing that a guest, a user or an agent wrote, and no link. The
//! code stands on a line of its own: digits that are parted by a space change places in a line from right to left.

use super::rules::MailCode;
use crate::mail::Letter;
use crate::person::email::Email;

/// What a language says.
struct Words {
    /// Before the site's name.
    subject: &'static str,
    /// Before the site's name.
    opening: &'static str,
    closing: &'static str,
}

const ENGLISH: Words = Words {
    subject: "Your code for",
    opening: "Your code for the chat of",
    closing: "It is good for ten minutes, in the window where you asked for it.\n\
              Tell it to nobody, not even to us.\n\
              If you did not ask for it, you need not do anything: nobody gets in without it.",
};

const GERMAN: Words = Words {
    subject: "Dein Code für",
    opening: "Dein Code für den Chat von",
    closing: "Er gilt zehn Minuten, in dem Fenster, in dem du ihn angefordert hast.\n\
              Sag ihn niemandem, auch uns nicht.\n\
              Wenn du ihn nicht angefordert hast, musst du nichts tun: Ohne ihn kommt niemand hinein.",
};

const ARABIC: Words = Words {
    subject: "رمزك في",
    opening: "رمزك في محادثة",
    closing: "يصلح لعشر دقائق، في النافذة التي طلبته منها.\n\
              لا تخبر به أحدًا، ولا حتى نحن.\n\
              إن لم تكن قد طلبته فلا حاجة إلى فعل شيء: لا يدخل أحد من دونه.",
};

/// Languages as settings name them. What is not among them is answered in English.
const LETTERS: [(&str, &Words); 2] = [("ar", &ARABIC), ("de", &GERMAN)];

/// The mail to whoever is to show that the mailbox is theirs.
pub fn write(to: Email, code: &MailCode, site_name: &str, language: &str) -> Letter {
    let found = LETTERS.iter().find(|(name, _)| *name == language);
    let words = found.map_or(&ENGLISH, |(_, words)| words);
    let Words {
        subject,
        opening,
        closing,
    } = words;
    Letter {
        to,
        subject: format!("{subject} {site_name}"),
        text: format!("{opening} {site_name}:\n\n{}\n\n{closing}\n", code.expose()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::LANGUAGES;
    use shared::limits::CODE_MINUTES;

    fn written(language: &str) -> Letter {
        let to = Email::parse("cora@example.org").unwrap();
        write(to, &MailCode::of(1_234_567), "Lantern & Loom", language)
    }

    #[test]
    fn every_language_of_the_widget_has_its_letter() {
        let names: Vec<&str> = LETTERS.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, LANGUAGES);
        let english = written("en").text;
        for language in LANGUAGES {
            let letter = written(language);
            assert_ne!(letter.text, english, "{language}");
            assert!(letter.subject.ends_with(" Lantern & Loom"), "{language}");
        }
        assert_eq!(written("tlh").text, english);
    }

    #[test]
    fn a_letter_is_the_site_the_code_and_fixed_words() {
        assert_eq!(CODE_MINUTES, 10, "the words say ten");
        let letter = written("en");
        insta::assert_snapshot!(format!("{}\n\n{}", letter.subject, letter.text));
        for language in ["en", "de", "ar"] {
            let text = written(language).text;
            assert!(text.lines().any(|line| line == "01234567"), "{language}");
            for forbidden in ["http", "://", "cora"] {
                assert!(!text.contains(forbidden), "{language}: {forbidden}");
            }
        }
    }
}
