//! The rows of the table of bad settings (S, R), and the good ones.

use super::*;
use shared::samples;
use shared::settings::Switch;

const HERE: Surroundings<'_> = Surroundings {
    languages: &["de", "fr"],
    guest_group: GuestGroup::Staffed,
};

fn set(edit: impl FnOnce(&mut Settings)) -> Result<Settings, Fault> {
    let former = Settings::default();
    let mut next = former.clone();
    edit(&mut next);
    change(&former, next, HERE)
}

fn key(edit: impl FnOnce(&mut Settings)) -> &'static str {
    set(edit).expect_err("it should be refused").key
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
            key(|settings| settings.footer_url = bad.into()),
            "footer_url",
            "{bad:?}"
        );
        assert_eq!(
            key(|settings| settings.privacy_url = bad.into()),
            "privacy_url",
            "{bad:?}"
        );
    }
    assert_eq!(
        key(|settings| settings.footer_url = "/about".into()),
        "footer_url"
    );
    for good in [
        "",
        "https://shop.example",
        "https://shop.example/privacy?lang=de#top",
        "https://shop.example:8443/x",
    ] {
        assert!(
            set(|settings| settings.footer_url = good.into()).is_ok(),
            "{good}"
        );
        assert!(
            set(|settings| settings.privacy_url = good.into()).is_ok(),
            "{good}"
        );
    }
    assert!(set(|settings| settings.privacy_url = "/privacy".into()).is_ok());
}

#[test]
fn s05_numbers_stay_in_their_range() {
    for bad in [0, 101, 1_000_000_000] {
        assert_eq!(key(|settings| settings.page_size = bad), "page_size");
    }
    assert!(set(|settings| settings.page_size = 100).is_ok());
    assert_eq!(
        key(|settings| settings.guest_idle_days = 181),
        "guest_idle_days"
    );
    assert_eq!(
        key(|settings| settings.guest_absolute_days = 0),
        "guest_absolute_days"
    );
}

#[test]
fn s07_guest_mode_needs_somebody_who_answers() {
    let former = Settings::default();
    let on = |user_groups: Switch| Settings {
        user_groups,
        guest_mode: Switch::On,
        guest_group_id: Some(samples::group_id(1)),
        ..Settings::default()
    };
    let with = |guest_group, next| {
        change(
            &former,
            next,
            Surroundings {
                languages: &[],
                guest_group,
            },
        )
    };
    assert!(with(GuestGroup::Staffed, on(Switch::On)).is_ok());
    assert_eq!(
        with(GuestGroup::Staffed, on(Switch::Off)).unwrap_err().key,
        "guest_mode"
    );
    assert_eq!(
        with(GuestGroup::Empty, on(Switch::On)).unwrap_err().key,
        "guest_mode"
    );
    assert_eq!(
        with(GuestGroup::Gone, on(Switch::On)).unwrap_err().key,
        "guest_group_id"
    );
    let unchosen = Settings {
        guest_group_id: None,
        ..on(Switch::On)
    };
    assert_eq!(
        with(GuestGroup::NotChosen, unchosen).unwrap_err().key,
        "guest_mode"
    );
}

#[test]
fn a_guest_group_that_emptied_does_not_hold_up_other_settings() {
    let former = Settings {
        user_groups: Switch::On,
        guest_mode: Switch::On,
        guest_group_id: Some(samples::group_id(1)),
        ..Settings::default()
    };
    let here = Surroundings {
        languages: &[],
        guest_group: GuestGroup::Empty,
    };
    assert!(
        change(
            &former,
            Settings {
                accent: "#112233".into(),
                ..former.clone()
            },
            here
        )
        .is_ok()
    );
    assert!(
        change(
            &former,
            Settings {
                guest_mode: Switch::Off,
                ..former.clone()
            },
            here
        )
        .is_ok()
    );
    let without_groups = Settings {
        user_groups: Switch::Off,
        ..former.clone()
    };
    assert!(
        change(&former, without_groups, here)
            .unwrap_err()
            .sentence
            .contains("guest_mode off first")
    );
}

#[test]
fn s11_a_language_has_a_file() {
    for bad in ["../../etc", "xx", "", "EN", "de/../fr", "de\0"] {
        assert_eq!(
            key(|settings| settings.language = bad.into()),
            "language",
            "{bad:?}"
        );
    }
    assert!(set(|settings| settings.language = "de".into()).is_ok());
}

#[test]
fn names_and_sentences_are_one_line() {
    assert_eq!(
        key(|settings| settings.site_name = " \u{200b}".into()),
        "site_name"
    );
    assert_eq!(
        key(|settings| settings.site_name = "x".repeat(81)),
        "site_name"
    );
    assert_eq!(
        key(|settings| settings.support_name = "a\0".into()),
        "support_name"
    );
    assert_eq!(
        key(|settings| settings.greeting = "x".repeat(201)),
        "greeting"
    );
    assert_eq!(
        key(|settings| settings.usual_answer = "a\nb".into()),
        "usual_answer"
    );
    assert_eq!(
        key(|settings| settings.footer_text = "a\u{202e}b".into()),
        "footer_text"
    );
    assert_eq!(key(|settings| settings.accent = "blue".into()), "accent");
    assert_eq!(
        set(|settings| settings.site_name = "  Lantern  & Loom ".into())
            .unwrap()
            .site_name,
        "Lantern & Loom"
    );
    assert_eq!(
        set(|settings| settings.accent = "#ff8800".into())
            .unwrap()
            .accent,
        "#FF8800"
    );
    assert_eq!(
        key(|settings| settings.reserved_names = vec![String::new()]),
        "reserved_names"
    );
    assert_eq!(
        key(|settings| settings.reserved_names = vec!["x".into(); 101]),
        "reserved_names"
    );
}

#[test]
fn r05_r09_a_bad_origin_is_named_by_its_place_and_not_echoed() {
    for bad in [
        "file://",
        "chrome-extension://x",
        "https://a; script-src *",
        "https://a/b",
        "http://shop.example",
    ] {
        let refused = set(|settings| {
            settings.allowed_origins = vec!["https://good.example".into(), bad.into()]
        })
        .unwrap_err();
        assert_eq!(refused.key, "allowed_origins");
        assert!(
            refused.sentence.starts_with("Entry 2 ") && !refused.sentence.contains(bad),
            "{refused}"
        );
    }
    let origins = [
        "https://Shop.Example:443",
        "https://shop.example",
        "http://127.0.0.1",
    ];
    let kept = set(|settings| settings.allowed_origins = origins.map(String::from).into()).unwrap();
    assert_eq!(
        kept.allowed_origins,
        ["https://shop.example", "http://127.0.0.1"]
    );
}

#[test]
fn r11_the_list_of_origins_fits_its_header() {
    let many = |count: usize, label: usize| -> Vec<String> {
        (0..count)
            .map(|number| format!("https://{}{number}.example", "x".repeat(label)))
            .collect()
    };
    assert_eq!(
        key(|settings| settings.allowed_origins = many(51, 1)),
        "allowed_origins"
    );
    assert!(set(|settings| settings.allowed_origins = many(50, 1)).is_ok());
    assert_eq!(
        key(|settings| settings.allowed_origins = many(50, 30)),
        "allowed_origins"
    );
}
