//! The rows of the table of bad settings (S, R), and the good ones.

use super::*;
use crate::samples;
use crate::settings::{MailSecurity, Switch};
use unicode_normalization::UnicodeNormalization;

/// Guest Mode, and who answers.
mod guests;
/// How long things are kept.
mod keep;
/// Lists of origins and of paths.
mod lists;
/// The mail server.
mod mail;

const HERE: Surroundings<'_> = Surroundings {
    languages: &["de", "fr"],
    guest_group: GuestGroup::Staffed,
    has_logo: true,
    compose: |text| text.nfc().collect(),
};

fn set(edit: impl FnOnce(&mut Settings)) -> Result<Settings, Fault> {
    let former = Settings::default();
    let mut next = former.clone();
    edit(&mut next);
    change(&former, next, HERE)
}

/// Why it is refused. Whatever is refused has a sentence of its own.
fn fault(edit: impl FnOnce(&mut Settings)) -> (Field, ProblemCode) {
    let fault = set(edit).expect_err("it should be refused");
    assert!(!fault.sentence().contains("as it is"), "{fault:?}");
    (fault.field, fault.code)
}

#[test]
fn the_defaults_are_good() {
    assert_eq!(set(|_| ()).unwrap(), Settings::default());
}

#[test]
fn s03_links_lead_to_https_or_nowhere() {
    for bad in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://shop.example",
        "https://user:pw@shop.example/",
        "https://user@shop.example/",
        "https://",
        "https:///x",
        "https://shop.example\\@evil.example",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "java\nscript:alert(1)",
        " https://shop.example",
        "https://*.example.com/",
        "https://shop.example/\"onclick=",
        "ftp://shop.example",
        "/\\evil.example",
        "shop.example",
    ] {
        assert_eq!(
            fault(|settings| settings.footer_url = bad.into()),
            (Field::FooterUrl, ProblemCode::UrlShape),
            "{bad:?}"
        );
        assert_eq!(
            fault(|settings| settings.privacy_url = bad.into()),
            (Field::PrivacyUrl, ProblemCode::UrlShape),
            "{bad:?}"
        );
    }
    let on_host = |settings: &mut Settings| settings.footer_url = "/about".into();
    assert_eq!(fault(on_host).0, Field::FooterUrl);
    for good in [
        "",
        "https://shop.example",
        "https://shop.example/privacy?lang=de#top",
        "https://shop.example:8443/x",
    ] {
        let kept = set(|settings| {
            settings.footer_url = good.into();
            settings.privacy_url = good.into();
        });
        assert_eq!(kept.unwrap().footer_url, good);
    }
    assert!(set(|settings| settings.privacy_url = "/privacy".into()).is_ok());
}

#[test]
fn s05_numbers_stay_in_their_range() {
    type Set = fn(&mut Settings, u32);
    let numbers: [(Field, Set, u32); 4] = [
        (Field::PageSize, |all, number| all.page_size = number, 100),
        (
            Field::GuestIdleDays,
            |all, number| all.guest_idle_days = number,
            180,
        ),
        (
            Field::GuestAbsoluteDays,
            |all, number| all.guest_absolute_days = number,
            365,
        ),
        (
            Field::MailPort,
            |all, number| all.mail_port = number,
            65_535,
        ),
    ];
    for (field, put, most) in numbers {
        for bad in [0, most + 1, 1_000_000_000, u32::MAX] {
            assert_eq!(
                fault(|settings| put(settings, bad)),
                (field, ProblemCode::OutOfRange),
                "{bad}"
            );
        }
        for good in [1, most] {
            assert!(set(|settings| put(settings, good)).is_ok(), "{good}");
        }
    }
}

#[test]
fn s11_a_language_has_a_file() {
    for bad in ["../../etc", "xx", "", "EN", "de/../fr", "de\0"] {
        assert_eq!(
            fault(|settings| settings.language = bad.into()),
            (Field::Language, ProblemCode::LanguageUnknown),
            "{bad:?}"
        );
    }
    assert!(set(|settings| settings.language = "de".into()).is_ok());
}

#[test]
fn names_and_sentences_are_one_line() {
    for (bad, code) in [
        (" \u{200b}", ProblemCode::NameRequired),
        (&"x".repeat(81), ProblemCode::NameTooLong),
        ("a\0", ProblemCode::LineShape),
    ] {
        assert_eq!(
            fault(|settings| settings.site_name = bad.into()),
            (Field::SiteName, code)
        );
        assert_eq!(
            fault(|settings| settings.support_name = bad.into()),
            (Field::SupportName, code)
        );
        let refused =
            set(|settings| settings.reserved_names = vec!["staff".into(), bad.into()]).unwrap_err();
        assert_eq!(
            refused,
            Fault::of_entry(Field::ReservedNames, code, 1),
            "{refused}"
        );
    }
    for bad in [&"x".repeat(201), "a\nb", "a\u{202e}b", "a\0b"] {
        for (field, put) in [
            (
                Field::Greeting,
                (|all, text| all.greeting = text) as fn(&mut Settings, String),
            ),
            (Field::UsualAnswer, |all, text| all.usual_answer = text),
            (Field::FooterText, |all, text| all.footer_text = text),
        ] {
            assert_eq!(
                fault(|settings| put(settings, bad.into())),
                (field, ProblemCode::LineShape),
                "{bad:?}"
            );
        }
    }
    assert_eq!(
        fault(|settings| settings.accent = "blue".into()),
        (Field::Accent, ProblemCode::ColourShape)
    );
    let kept = set(|settings| {
        settings.site_name = "  Lantern  & Loom ".into();
        settings.accent = "#ff8800".into();
        settings.greeting = "  ".into();
    })
    .unwrap();
    assert_eq!(kept.site_name, "Lantern & Loom");
    assert_eq!(kept.accent, "#FF8800");
    assert_eq!(kept.greeting, "");
    assert_eq!(
        fault(|settings| settings.reserved_names = vec!["x".into(); 101]),
        (Field::ReservedNames, ProblemCode::TooMany)
    );
}

#[test]
fn a_logo_was_uploaded() {
    let here = Surroundings {
        has_logo: false,
        ..HERE
    };
    let refused = change(&Settings::default(), Settings::default(), here).unwrap_err();
    assert_eq!(refused, Fault::of(Field::Logo, ProblemCode::NoSuchPicture));
}
