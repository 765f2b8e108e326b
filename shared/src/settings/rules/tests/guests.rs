//! Guest Mode needs somebody who answers (S07).

use super::*;

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
