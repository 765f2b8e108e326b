//! How long things are kept.

use super::*;

#[test]
fn s21_what_is_kept_is_kept_for_a_month_or_longer_or_for_ever() {
    type Set = fn(&mut Settings, u32);
    let periods: [(Field, Set); 3] = [
        (Field::KeepGuestConversationsDays, |all, days| {
            all.keep_guest_conversations_days = days;
        }),
        (Field::KeepEndedConversationsDays, |all, days| {
            all.keep_ended_conversations_days = days;
        }),
        (Field::KeepAuditDays, |all, days| all.keep_audit_days = days),
    ];
    for (field, put) in periods {
        for bad in [1, 29, 3_651, u32::MAX] {
            assert_eq!(
                fault(|settings| put(settings, bad)),
                (field, ProblemCode::OutOfRange),
                "{bad}"
            );
        }
        for good in [0, 30, 3_650] {
            assert!(set(|settings| put(settings, good)).is_ok(), "{good}");
        }
    }
    let said = Fault::of(Field::KeepAuditDays, ProblemCode::OutOfRange).to_string();
    assert_eq!(
        said,
        "Choose a number of days from 30 to 3650, or 0 to keep everything."
    );
}

#[test]
fn s22_nothing_idle_goes_while_its_guest_may_still_come_back() {
    let short = |settings: &mut Settings| {
        settings.guest_idle_days = 90;
        settings.keep_guest_conversations_days = 89;
    };
    assert_eq!(
        fault(short),
        (Field::KeepGuestConversationsDays, ProblemCode::KeptTooShort)
    );
    let kept = Settings {
        keep_guest_conversations_days: 60,
        ..Settings::default()
    };
    let forgetting_later = Settings {
        guest_idle_days: 61,
        ..kept.clone()
    };
    let refused = change(&kept, forgetting_later, HERE).unwrap_err();
    assert_eq!(
        (refused.field, refused.code),
        (Field::GuestIdleDays, ProblemCode::KeptTooShort)
    );
    for (idle, kept) in [(90, 90), (180, 0), (30, 30)] {
        assert!(
            set(|settings| {
                settings.guest_idle_days = idle;
                settings.keep_guest_conversations_days = kept;
            })
            .is_ok(),
            "{idle}, {kept}"
        );
    }
}
