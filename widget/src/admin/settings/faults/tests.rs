//! What is wrong with a draft, as a table.

use super::*;
use shared::settings::rules::Surroundings;
use shared::settings::{GuestGroup, Switch};

fn page() -> SettingsPage {
    SettingsPage {
        settings: Settings::default(),
        version: 1,
        changed_by: None,
        changed_at: None,
        guest_group: GuestGroup::NotChosen,
        languages: vec!["de".into()],
        keys: Vec::new(),
        has_mail_password: false,
    }
}

fn found(settings: Settings) -> Vec<(Field, ProblemCode, Option<usize>)> {
    let surroundings = Surroundings {
        languages: &["de"],
        guest_group: GuestGroup::NotChosen,
        has_logo: true,
        compose: str::to_owned,
    };
    faults(&page(), &Draft::of(&settings), surroundings)
        .into_iter()
        .map(|fault| (fault.field, fault.code, fault.entry))
        .collect()
}

#[test]
fn nothing_is_wrong_with_what_is_stored() {
    assert!(found(Settings::default()).is_empty());
}

#[test]
fn every_field_that_is_wrong_is_named_at_once() {
    let settings = Settings {
        site_name: " ".into(),
        accent: "blue".into(),
        page_size: 0,
        user_groups: Switch::Off,
        guest_mode: Switch::On,
        ..Settings::default()
    };
    assert_eq!(
        found(settings),
        [
            (Field::SiteName, ProblemCode::NameRequired, None),
            (Field::Accent, ProblemCode::ColourShape, None),
            (Field::PageSize, ProblemCode::OutOfRange, None),
            (Field::GuestMode, ProblemCode::NeedsUserGroups, None),
        ]
    );
}

#[test]
fn every_entry_that_is_wrong_is_named_at_its_place() {
    let origins = [
        "ftp://a.example",
        "https://shop.example",
        "",
        "https://a..example",
        "https://a.example/x",
    ];
    let settings = Settings {
        allowed_origins: origins.map(String::from).into(),
        ..Settings::default()
    };
    assert_eq!(
        found(settings),
        [
            (Field::AllowedOrigins, ProblemCode::OriginScheme, Some(0)),
            (Field::AllowedOrigins, ProblemCode::OriginHost, Some(3)),
            (Field::AllowedOrigins, ProblemCode::OriginMore, Some(4)),
        ]
    );
}

#[test]
fn both_lists_and_what_is_wrong_in_them_are_said() {
    let settings = Settings {
        include_urls: vec!["shop".into(), "/shop".into()],
        exclude_urls: vec!["/cart".into()],
        ..Settings::default()
    };
    assert_eq!(
        found(settings),
        [
            (Field::IncludeUrls, ProblemCode::RuleShape, Some(0)),
            (Field::ExcludeUrls, ProblemCode::BothLists, None),
        ]
    );
}

#[test]
fn an_id_that_is_none_is_no_group() {
    let draft = Draft {
        group_text: "the office".into(),
        ..Draft::of(&Settings::default())
    };
    let surroundings = Surroundings {
        languages: &[],
        guest_group: GuestGroup::NotChosen,
        has_logo: true,
        compose: str::to_owned,
    };
    let found = faults(&page(), &draft, surroundings);
    assert_eq!(
        found,
        [Fault::of(Field::GuestGroupId, ProblemCode::NoSuchGroup)]
    );
}

#[test]
fn a_line_that_was_not_filled_in_is_not_saved() {
    let settings = Settings {
        include_urls: vec!["/shop/*".into(), "  ".into()],
        ..Settings::default()
    };
    assert_eq!(
        to_save(&page(), &Draft::of(&settings)).include_urls,
        ["/shop/*"]
    );
}
