//! The rows of the table of bad settings (S, R), and the good ones.

use super::*;
use crate::samples;
use crate::settings::{MailSecurity, Switch};
use unicode_normalization::UnicodeNormalization;

/// How long things are kept.
mod keep;
/// Lists of origins and of paths.
mod lists;

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

/// Guest Mode on, answered by the first sample group.
fn on() -> Settings {
    Settings {
        user_groups: Switch::On,
        guest_mode: Switch::On,
        guest_group_id: Some(samples::group_id(1)),
        ..Settings::default()
    }
}

#[test]
fn s07_guest_mode_needs_somebody_who_answers() {
    let off = Settings::default();
    let without_groups = Settings {
        user_groups: Switch::Off,
        ..on()
    };
    let unchosen = Settings {
        guest_group_id: None,
        ..on()
    };
    let other_group = Settings {
        guest_group_id: Some(samples::group_id(2)),
        ..on()
    };
    for (former, next, standing, expected) in [
        (&off, &on(), GuestGroup::Staffed, None),
        (
            &off,
            &without_groups,
            GuestGroup::Staffed,
            Some((Field::GuestMode, ProblemCode::NeedsUserGroups)),
        ),
        (
            &on(),
            &without_groups,
            GuestGroup::Staffed,
            Some((Field::UserGroups, ProblemCode::GuestModeIsOn)),
        ),
        (
            &off,
            &on(),
            GuestGroup::Empty,
            Some((Field::GuestMode, ProblemCode::GuestGroupEmpty)),
        ),
        (
            &on(),
            &other_group,
            GuestGroup::Empty,
            Some((Field::GuestGroupId, ProblemCode::GuestGroupEmpty)),
        ),
        (
            &off,
            &on(),
            GuestGroup::Gone,
            Some((Field::GuestGroupId, ProblemCode::NoSuchGroup)),
        ),
        (
            &off,
            &unchosen,
            GuestGroup::NotChosen,
            Some((Field::GuestMode, ProblemCode::NeedsGuestGroup)),
        ),
        (
            &on(),
            &unchosen,
            GuestGroup::NotChosen,
            Some((Field::GuestGroupId, ProblemCode::NeedsGuestGroup)),
        ),
        (&on(), &other_group, GuestGroup::Staffed, None),
    ] {
        let here = Surroundings {
            guest_group: standing,
            ..HERE
        };
        let refused = change(former, next.clone(), here).err();
        assert_eq!(
            refused.map(|fault| (fault.field, fault.code)),
            expected,
            "{standing:?}"
        );
    }
}

#[test]
fn a_guest_group_that_emptied_does_not_hold_up_other_settings() {
    for standing in [GuestGroup::Empty, GuestGroup::Gone] {
        let here = Surroundings {
            guest_group: standing,
            ..HERE
        };
        let recoloured = Settings {
            accent: "#112233".into(),
            ..on()
        };
        assert!(change(&on(), recoloured, here).is_ok());
        let closed = Settings {
            guest_mode: Switch::Off,
            ..on()
        };
        assert!(change(&on(), closed, here).is_ok());
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
fn s15_a_mail_server_is_a_host_name() {
    fn with_mail(edit: impl FnOnce(&mut Settings)) -> impl FnOnce(&mut Settings) {
        |settings| {
            settings.mail_host = "smtp.example.com".into();
            settings.mail_from = "chat@example.com".into();
            edit(settings);
        }
    }
    for bad in [
        "smtp.example.com\r\nRCPT TO:<x@evil.example>",
        "smtp\n",
        "-oQ",
        "-oQ/tmp/x.example",
        "smtp.example.com:25",
        "smtp://smtp.example.com",
        "user@smtp.example.com",
        "smtp example com",
        "smtp..example.com",
        "2130706433",
        "0x7f.1",
        "a_b.example.com",
        "/etc/passwd",
        "[::1]",
    ] {
        let bad_host = with_mail(|settings| settings.mail_host = bad.into());
        // White space around it is no part of what was typed.
        if bad == "smtp\n" {
            assert_eq!(set(bad_host).unwrap().mail_host, "smtp");
            continue;
        }
        assert_eq!(
            fault(bad_host),
            (Field::MailHost, ProblemCode::HostShape),
            "{bad:?}"
        );
    }
    for (typed, kept) in [
        ("SMTP.Example.COM", "smtp.example.com"),
        ("localhost", "localhost"),
        ("10.0.0.25", "10.0.0.25"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", ""),
    ] {
        let good = with_mail(|settings| settings.mail_host = typed.into());
        assert_eq!(set(good).unwrap().mail_host, kept);
    }
    for (bad, code) in [
        ("", ProblemCode::EmailRequired),
        ("chat", ProblemCode::EmailNoAt),
        ("Chat <chat@example.com>", ProblemCode::EmailShape),
        (
            "chat@example.com\r\nBcc: x@y.example",
            ProblemCode::EmailShape,
        ),
        ("a@example.com, b@example.com", ProblemCode::EmailShape),
        ("чат@example.com", ProblemCode::EmailShape),
        ("-oQ@example.com", ProblemCode::EmailShape),
    ] {
        let bad_from = with_mail(|settings| settings.mail_from = bad.into());
        assert_eq!(fault(bad_from), (Field::MailFrom, code), "{bad:?}");
    }
    let bad_user = with_mail(|settings| settings.mail_user = "a\r\nb".into());
    assert_eq!(fault(bad_user), (Field::MailUser, ProblemCode::LineShape));
}

#[test]
fn a_password_travels_in_the_clear_on_this_machine_only() {
    let in_the_clear = |host: &str| {
        let mail_host = host.to_owned();
        move |settings: &mut Settings| {
            settings.mail_host = mail_host;
            settings.mail_from = "chat@example.com".into();
            settings.mail_security = MailSecurity::None;
        }
    };
    for far in ["smtp.example.com", "10.0.0.25", "localhost.example.com"] {
        assert_eq!(
            fault(in_the_clear(far)),
            (Field::MailSecurity, ProblemCode::NeedsTls)
        );
    }
    for near in ["localhost", "127.0.0.1", "mail.localhost"] {
        assert!(set(in_the_clear(near)).is_ok(), "{near}");
    }
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
