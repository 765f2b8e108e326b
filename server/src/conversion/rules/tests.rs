//! The table of C1 to C14, row by row.

use super::*;
use shared::samples::{CORA, IDRIS, NOON_ISH, NOOR};

const NOW: Time = NOON_ISH;
const ADDRESS: &str = "noor@example.org";
const OTHER: &str = "cora@example.org";

use ConversionPolicy::{AutoAny, AutoVerified, Off, SameBrowser};
use Reason::{
    Acted, Ambiguous, Beyond, Blocked, OfStaff, Old, OtherAddress, Policy, Settled, Silent,
    Unverified,
};
use Verdict::{Ask, Convert, Stay};
use Whereabouts::{Elsewhere, Here};

const ALL: [ConversionPolicy; 4] = [Off, SameBrowser, AutoVerified, AutoAny];

/// Whose address the host verified.
fn user() -> UserFacts {
    UserFacts {
        person_id: NOOR.person_id(),
        email: Some(ADDRESS.into()),
        is_verified: true,
        is_changed: false,
        is_staff: false,
        is_acted: false,
        is_shared: false,
    }
}

fn unverified() -> UserFacts {
    UserFacts {
        is_verified: false,
        ..user()
    }
}

/// Who typed the same address, and wrote a minute ago.
fn guest() -> GuestFacts {
    GuestFacts {
        person_id: CORA.person_id(),
        email: Some(ADDRESS.into()),
        is_proven: false,
        is_blocked: false,
        is_reported: false,
        is_settled: false,
        wrote_at: Some(Time(NOW.0 - 60_000)),
    }
}

fn proven() -> GuestFacts {
    GuestFacts {
        is_proven: true,
        ..guest()
    }
}

fn of_another_address() -> GuestFacts {
    GuestFacts {
        email: Some(OTHER.into()),
        ..guest()
    }
}

fn days_ago(days: i64) -> GuestFacts {
    GuestFacts {
        wrote_at: Some(Time(NOW.0 - days * DAY_MS)),
        ..guest()
    }
}

fn at_sign_in(
    policy: ConversionPolicy,
    user: &UserFacts,
    guest: &GuestFacts,
    whereabouts: Whereabouts,
) -> Verdict {
    let occasion = Occasion {
        policy,
        evidence: Evidence::Host(user),
        now: NOW,
    };
    plan_conversion(occasion, &[(guest.clone(), whereabouts)])[0]
}

fn by_code(policy: ConversionPolicy, guest: &GuestFacts) -> Verdict {
    let occasion = Occasion {
        policy,
        evidence: Evidence::Code { is_acted: false },
        now: NOW,
    };
    plan_conversion(occasion, &[(guest.clone(), Elsewhere)])[0]
}

/// What each policy says: `off`, `same_browser`, `auto_verified`, `auto_any`.
fn by_policy(user: &UserFacts, guest: &GuestFacts, whereabouts: Whereabouts) -> [Verdict; 4] {
    ALL.map(|policy| at_sign_in(policy, user, guest, whereabouts))
}

const BY_BROWSER: Verdict = Convert(Proof::SameBrowser);
const BY_MAILBOX: Verdict = Convert(Proof::Mailbox);
const BY_ADDRESS: Verdict = Convert(Proof::AddressOnly);

#[test]
fn c01_the_same_browser_and_the_same_address_need_no_verified_flag() {
    let expected = [Stay(Policy), BY_BROWSER, BY_BROWSER, BY_BROWSER];
    assert_eq!(by_policy(&user(), &guest(), Here), expected);
    assert_eq!(by_policy(&unverified(), &guest(), Here), expected);
    let staff = UserFacts {
        is_staff: true,
        ..unverified()
    };
    assert_eq!(by_policy(&staff, &guest(), Here), expected);
    assert_eq!(
        by_policy(&user(), &days_ago(400), Here),
        expected,
        "a session that lives is young enough"
    );
}

#[test]
fn c02_another_address_in_the_same_browser_is_asked_about() {
    let expected = [Stay(Policy), Ask, Ask, Ask];
    assert_eq!(by_policy(&user(), &of_another_address(), Here), expected);
    let nameless = UserFacts {
        email: None,
        ..unverified()
    };
    assert_eq!(by_policy(&nameless, &guest(), Here), expected);
    let erased_claim = GuestFacts {
        email: None,
        ..guest()
    };
    assert_eq!(by_policy(&user(), &erased_claim, Here), expected);
    assert_eq!(
        by_policy(&nameless, &erased_claim, Here),
        expected,
        "no address is not the same address"
    );
}

#[test]
fn c03_who_proved_the_mailbox_becomes_whom_the_host_verified() {
    let expected = [Stay(Policy), Stay(Policy), BY_MAILBOX, BY_MAILBOX];
    assert_eq!(by_policy(&user(), &proven(), Elsewhere), expected);
    assert_eq!(
        ALL.map(|policy| by_code(policy, &guest())),
        [Stay(Policy), BY_MAILBOX, BY_MAILBOX, BY_MAILBOX],
        "a code that is entered is a proof under every policy but off"
    );
}

#[test]
fn c04_who_only_typed_the_address_becomes_whom_the_host_verified() {
    assert_eq!(
        by_policy(&user(), &guest(), Elsewhere),
        [Stay(Policy), Stay(Policy), BY_ADDRESS, BY_ADDRESS]
    );
    assert_eq!(
        by_policy(&user(), &of_another_address(), Elsewhere),
        [Stay(OtherAddress); 4]
    );
}

#[test]
fn c05_an_address_that_the_host_did_not_verify_converts_nobody() {
    let expected = [Stay(Policy), Stay(Policy), Stay(Unverified), BY_ADDRESS];
    assert_eq!(by_policy(&unverified(), &guest(), Elsewhere), expected);
    assert_eq!(
        by_policy(&unverified(), &proven(), Elsewhere),
        expected,
        "a guest's proof is none of the user's"
    );
}

#[test]
fn c06_a_blocked_or_reported_guest_stays_one() {
    let blocked = GuestFacts {
        is_blocked: true,
        ..proven()
    };
    let reported = GuestFacts {
        is_reported: true,
        ..proven()
    };
    for guest in [blocked, reported] {
        for whereabouts in [Here, Elsewhere] {
            assert_eq!(by_policy(&user(), &guest, whereabouts), [Stay(Blocked); 4]);
        }
        assert_eq!(
            ALL.map(|policy| by_code(policy, &guest)),
            [Stay(Blocked); 4]
        );
    }
}

#[test]
fn c07_who_became_somebody_before_is_never_converted_again_by_itself() {
    let settled = GuestFacts {
        is_settled: true,
        ..proven()
    };
    for whereabouts in [Here, Elsewhere] {
        assert_eq!(
            by_policy(&user(), &settled, whereabouts),
            [Stay(Settled); 4]
        );
    }
    assert_eq!(
        ALL.map(|policy| by_code(policy, &settled)),
        [Stay(Settled); 4]
    );
}

#[test]
fn c08_an_address_of_two_users_is_nobodys_but_the_browser_still_counts() {
    let shared = UserFacts {
        is_shared: true,
        ..user()
    };
    for guest in [guest(), proven()] {
        assert_eq!(
            by_policy(&shared, &guest, Elsewhere),
            [Stay(Policy), Stay(Policy), Stay(Ambiguous), Stay(Ambiguous)]
        );
    }
    assert_eq!(
        at_sign_in(AutoVerified, &shared, &guest(), Here),
        BY_BROWSER
    );
}

#[test]
fn c09_who_is_signed_in_as_somebody_converts_nobody_and_is_not_asked() {
    let acted = UserFacts {
        is_acted: true,
        ..user()
    };
    for guest in [guest(), of_another_address()] {
        for whereabouts in [Here, Elsewhere] {
            assert_eq!(by_policy(&acted, &guest, whereabouts), [Stay(Acted); 4]);
        }
    }
    let occasion = Occasion {
        policy: AutoAny,
        evidence: Evidence::Code { is_acted: true },
        now: NOW,
    };
    assert_eq!(
        plan_conversion(occasion, &[(guest(), Elsewhere)]),
        [Stay(Acted)]
    );
}

#[test]
fn c10_the_newest_twenty_of_an_address_come_along_and_none_that_is_old_or_silent() {
    let silent = GuestFacts {
        wrote_at: None,
        ..guest()
    };
    assert_eq!(by_policy(&user(), &silent, Elsewhere), [Stay(Silent); 4]);
    assert_eq!(by_policy(&user(), &silent, Here), [Stay(Silent); 4]);
    for (days, expected, by_code_too) in [
        (179, BY_ADDRESS, BY_MAILBOX),
        (180, BY_ADDRESS, BY_MAILBOX),
        (181, Stay(Old), Stay(Old)),
    ] {
        let guest = days_ago(days);
        assert_eq!(
            at_sign_in(AutoVerified, &user(), &guest, Elsewhere),
            expected
        );
        assert_eq!(by_code(AutoVerified, &guest), by_code_too);
    }
    // Twenty-five, the newest in the middle of the list; one of them is blocked, and takes nobody's place.
    let guests: Vec<(GuestFacts, Whereabouts)> = (0..25)
        .map(|number: i64| {
            let guest = GuestFacts {
                is_blocked: number == 12,
                ..days_ago((number - 12).abs())
            };
            (guest, Elsewhere)
        })
        .collect();
    let occasion = Occasion {
        policy: AutoVerified,
        evidence: Evidence::Host(&user()),
        now: NOW,
    };
    let verdicts = plan_conversion(occasion, &guests);
    let count = |wanted| {
        verdicts
            .iter()
            .filter(|verdict| **verdict == wanted)
            .count()
    };
    assert_eq!(
        (count(BY_ADDRESS), count(Stay(Beyond)), count(Stay(Blocked))),
        (20, 4, 1)
    );
    assert!(
        [0, 1, 23, 24]
            .iter()
            .all(|place| verdicts[*place] == Stay(Beyond)),
        "the oldest stay"
    );
    let mut with_own = guests;
    with_own.push((days_ago(20), Here));
    let verdicts = plan_conversion(occasion, &with_own);
    assert_eq!(
        verdicts[25], BY_BROWSER,
        "the guest of this browser is none of the twenty"
    );
}

#[test]
fn c11_a_changed_address_counts_only_once_it_is_verified() {
    let changed = UserFacts {
        is_changed: true,
        ..unverified()
    };
    assert_eq!(
        by_policy(&changed, &guest(), Elsewhere),
        [
            Stay(Policy),
            Stay(Policy),
            Stay(Unverified),
            Stay(Unverified)
        ]
    );
    assert_eq!(
        by_policy(&changed, &guest(), Here),
        [Stay(Policy), Ask, Ask, Ask]
    );
}

#[test]
fn g5_nobody_becomes_an_agent_or_an_admin_by_an_address() {
    let staff = UserFacts {
        is_staff: true,
        ..user()
    };
    for guest in [guest(), proven()] {
        assert_eq!(by_policy(&staff, &guest, Elsewhere), [Stay(OfStaff); 4]);
    }
}

#[test]
fn only_whose_it_is_and_admins_take_it_back_and_not_for_ever() {
    let holding = Holding {
        became: NOOR.person_id(),
        at: NOW,
        is_final: false,
    };
    let last_moment = Time(NOW.0 + UNDO_DAYS * DAY_MS);
    let (noor, idris) = (NOOR.person_id(), IDRIS.person_id());
    for (undoer, expected) in [
        (Undoer::Nobody, false),
        (Undoer::User(&noor), true),
        (Undoer::User(&idris), false),
        (Undoer::Admin, true),
    ] {
        assert_eq!(may_undo(undoer, &holding, last_moment), expected);
        assert!(!may_undo(undoer, &holding, Time(last_moment.0 + 1)));
        let erased = Holding {
            is_final: true,
            ..holding.clone()
        };
        assert!(!may_undo(undoer, &erased, NOW));
    }
}
