//! What a dry run and a conversion say, as it is read.

use super::*;
use shared::conversion::DryRunOutcome;
use shared::ids::{ConversionId, Position, Time};
use shared::samples::{CORA, NOOR, client_id};

const MANY: DryRunOutcome = DryRunOutcome {
    guests: 312,
    by_address: 200,
    by_mailbox: 7,
    users: 180,
    unverified: 40,
    ambiguous: 9,
    blocked: 4,
    settled: 2,
    old: 10,
    of_staff: 1,
    unclaimed: 39,
    by_policy: 0,
};

fn row() -> ConversionRow {
    let side = |person: &shared::samples::Person, is_user| ConversionSide {
        person_id: person.person_id(),
        name: person.name.into(),
        email: Some(person.email.into()),
        is_user,
    };
    ConversionRow {
        conversion_id: ConversionId::parse(client_id(1).as_str()).unwrap(),
        guest: side(&CORA, false),
        became: side(&NOOR, true),
        proof: Proof::AddressOnly,
        cut: Position(12),
        at: Time(0),
        may_undo: true,
        undone_at: None,
        undone_by: None,
        not_me: false,
        carried_to: None,
    }
}

#[test]
fn a_dry_run_says_how_many_would_become_users_and_how_many_would_not() {
    let one = DryRunOutcome {
        guests: 1,
        by_address: 1,
        users: 1,
        ..DryRunOutcome::default()
    };
    let none = DryRunOutcome {
        guests: 2,
        unclaimed: 2,
        ..DryRunOutcome::default()
    };
    for (outcome, expected) in [
        (
            MANY,
            "of 312 guests, 207 would become 180 users, and 105 would stay guests.",
        ),
        (one, "1 guest would become 1 user."),
        (none, "2 guests would stay what they are."),
    ] {
        let words = dry_run_words(&outcome);
        assert!(words.ends_with(expected), "{words}");
    }
    assert_eq!(dry_run_words(&DryRunOutcome::default()), DRY_RUN_NOBODY);
}

#[test]
fn every_guest_is_in_one_line_of_the_table() {
    let lines = dry_run_lines(ConversionPolicy::AutoVerified, &MANY);
    let (sums, parts): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.is_sum);
    let count = |lines: &[&DryRunLine]| lines.iter().map(|line| line.guests).sum::<u64>();
    assert_eq!((count(&sums), count(&parts)), (312, 312));
    assert!(lines.iter().all(|line| line.guests > 0));
    assert!(lines[0].is_sum && lines[0].guests == 207);
    assert_eq!(
        dry_run_lines(ConversionPolicy::Off, &DryRunOutcome::default()),
        []
    );
}

#[test]
fn each_policy_says_why_it_leaves_guests_alone() {
    let left = DryRunOutcome {
        guests: 3,
        by_policy: 3,
        ..DryRunOutcome::default()
    };
    let words = |policy| dry_run_lines(policy, &left)[1].words.clone();
    assert_eq!(words(ConversionPolicy::Off), "You chose Never");
    assert_ne!(
        words(ConversionPolicy::SameBrowser),
        words(ConversionPolicy::Off)
    );
}

#[test]
fn a_conversion_says_who_became_who_and_undoing_it_what_goes_where() {
    let row = row();
    assert_eq!(
        conversion_words(&row),
        "The guest Cora Lindqvist became the user Noor Haddad."
    );
    assert_eq!(
        cut_words(&row),
        "The first 12 messages were written as a guest."
    );
    let words = undo_words(&row, "20 February").join(" ");
    for part in [CORA.name, CORA.email, NOOR.name, "20 February"] {
        assert!(words.contains(part), "{part} is missing in: {words}");
    }
    let continued = ConversionRow {
        became: ConversionSide {
            is_user: false,
            ..row.guest.clone()
        },
        ..row.clone()
    };
    assert_eq!(
        conversion_words(&continued),
        "The guest Cora Lindqvist went on in another browser."
    );
    let by = |name: Option<&str>, not_me| {
        undone_words(&ConversionRow {
            undone_by: name.map(Into::into),
            not_me,
            ..row.clone()
        })
    };
    assert_eq!(by(Some("Ada Brandt"), false), "Undone by Ada Brandt");
    assert_eq!(
        by(Some("Noor Haddad"), true),
        "Noor Haddad said that it wasn't them"
    );
    assert_eq!(by(None, false), "Undone");
}

#[test]
fn every_notice_has_a_sentence_of_its_own() {
    let notices = [
        Notice::Converted(Proof::SameBrowser),
        Notice::Converted(Proof::Mailbox),
        Notice::Converted(Proof::AddressOnly),
        Notice::Continued,
        Notice::Undone,
        Notice::CarriedOn,
    ];
    let mut said: Vec<_> = notices
        .map(|notice| notice_words(notice.word()).unwrap())
        .into();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), notices.len());
    assert_eq!(notice_words("of a newer server"), None);
}
