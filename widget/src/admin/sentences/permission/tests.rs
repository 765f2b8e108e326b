//! Why two may chat or not, sentence by sentence.

use super::*;
use shared::group::{GroupRow, PermissionPair, PersonRow};
use shared::ids::{PersonId, Time};
use shared::samples::{ADA, CORA, MINA, NOOR, Person, TEO, group_id};
use shared::settings::Switch;

const NAMES: [&str; 3] = ["Trial", "Billing", "Office"];

fn group(number: u8) -> GroupRow {
    GroupRow {
        group_id: group_id(number),
        name: NAMES[usize::from(number) - 1].into(),
        people: 2,
        created_at: Time(0),
    }
}

fn board(pairs: &[(u8, u8)]) -> GroupBoard {
    let pair = |(one, other): &(u8, u8)| PermissionPair::of(group_id(*one), group_id(*other));
    GroupBoard {
        groups: [1, 2, 3].map(group).into(),
        permissions: pairs.iter().map(pair).collect(),
        user_groups: Switch::On,
        guest_group_id: None,
    }
}

fn off(board: GroupBoard) -> GroupBoard {
    GroupBoard {
        user_groups: Switch::Off,
        ..board
    }
}

fn person(who: &Person, groups: &[u8]) -> PersonRow {
    PersonRow {
        person_id: PersonId::parse(who.person_id().as_str()).unwrap(),
        name: who.name.into(),
        email: None,
        is_guest: false,
        is_admin: false,
        is_disabled: false,
        has_account: false,
        external_id: None,
        groups: groups.iter().copied().map(group_id).collect(),
        created_at: Time(0),
    }
}

fn admin(who: &Person) -> PersonRow {
    PersonRow {
        is_admin: true,
        ..person(who, &[])
    }
}

#[track_caller]
fn groups_say(board: &GroupBoard, one: u8, other: u8, may: bool, words: &[&str]) {
    let explained = explain_groups(board, &group_id(one), &group_id(other)).unwrap();
    assert_eq!(
        (explained.may, explained.words),
        (may, words.iter().map(|words| (*words).to_owned()).collect())
    );
}

#[track_caller]
fn people_say(board: &GroupBoard, one: &PersonRow, other: &PersonRow, may: bool, words: &[&str]) {
    let explained = explain_people(board, one, other);
    assert_eq!(
        (explained.may, explained.words),
        (may, words.iter().map(|words| (*words).to_owned()).collect())
    );
}

#[test]
fn two_groups_are_joined_by_their_tick_and_by_nothing_else() {
    let some = board(&[(1, 2), (3, 3)]);
    groups_say(
        &some,
        1,
        2,
        true,
        &[
            "People of Trial may chat with people of Billing, because Trial × Billing is ticked.",
            "They couldn't if you took that tick away.",
        ],
    );
    groups_say(
        &some,
        2,
        3,
        false,
        &[
            "People of Billing may not chat with people of Office, because no tick joins the two groups.",
            "They could if you ticked Billing × Office.",
        ],
    );
    groups_say(
        &some,
        1,
        1,
        false,
        &[
            "People of Trial may not chat with each other, because no tick joins the group with itself.",
            "They could if you ticked Trial × Trial.",
        ],
    );
    groups_say(
        &some,
        3,
        3,
        true,
        &[
            "People of Office may chat with each other, because Office × Office is ticked.",
            "They couldn't if you took that tick away.",
        ],
    );
    assert!(explain_groups(&some, &group_id(1), &group_id(9)).is_none());
}

#[test]
fn while_user_groups_are_off_nobody_may() {
    let some = off(board(&[(1, 2)]));
    groups_say(
        &some,
        1,
        2,
        false,
        &[
            "People of Trial may not chat with people of Billing, because User Groups are off.",
            "They could if you turned User Groups on.",
        ],
    );
    groups_say(
        &some,
        1,
        3,
        false,
        &[
            "People of Trial may not chat with people of Office, because User Groups are off.",
            "They could if you turned User Groups on and ticked Trial × Office.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[1]),
        &person(&TEO, &[2]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because User Groups are off.",
            "They could if you turned User Groups on.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[1]),
        &person(&TEO, &[3]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because User Groups are off.",
            "Turn User Groups on first. They could if you ticked Trial × Office.",
        ],
    );
    people_say(
        &some,
        &admin(&ADA),
        &person(&TEO, &[]),
        false,
        &[
            "Ada Brandt may not chat with Teo Marchetti, because User Groups are off.",
            "They could if you turned User Groups on.",
        ],
    );
}

#[test]
fn two_people_are_joined_by_any_pair_of_their_groups() {
    let some = board(&[(1, 2), (3, 3)]);
    people_say(
        &some,
        &person(&NOOR, &[1]),
        &person(&TEO, &[2]),
        true,
        &[
            "Noor Haddad and Teo Marchetti may chat with each other, because Noor Haddad is in Trial, Teo Marchetti is in Billing, and Trial × Billing is ticked.",
            "They couldn't if you took that tick away.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[1, 3]),
        &person(&TEO, &[2, 3]),
        true,
        &[
            "Noor Haddad and Teo Marchetti may chat with each other, because Noor Haddad is in Trial, Teo Marchetti is in Billing, and Trial × Billing is ticked.",
            "They couldn't if you took away all ticks that join them: Trial × Billing, Office × Office.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[3]),
        &person(&TEO, &[3]),
        true,
        &[
            "Noor Haddad and Teo Marchetti may chat with each other, because both are in Office, and Office × Office is ticked.",
            "They couldn't if you took that tick away.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[1]),
        &person(&TEO, &[3]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because no tick joins a group of Noor Haddad (Trial) with one of Teo Marchetti (Office).",
            "They could if you ticked Trial × Office.",
        ],
    );
    let many = board(&[]);
    people_say(
        &many,
        &person(&NOOR, &[1, 2]),
        &person(&TEO, &[1, 2, 3]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because no tick joins a group of Noor Haddad (Trial, Billing) with one of Teo Marchetti (Trial, Billing, Office).",
            "They could if you ticked Trial × Trial or Trial × Billing or Trial × Office or another pair of their groups.",
        ],
    );
}

#[test]
fn somebody_in_no_group_is_told_into_which_one() {
    let some = board(&[(1, 2)]);
    people_say(
        &some,
        &person(&NOOR, &[]),
        &person(&TEO, &[2]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because Noor Haddad is in no group.",
            "They could if you put Noor Haddad into Trial, because Trial × Billing is ticked.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[3]),
        &person(&TEO, &[]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because Teo Marchetti is in no group.",
            "They could if you put Teo Marchetti into a group and ticked that group × Office.",
        ],
    );
    people_say(
        &some,
        &person(&NOOR, &[]),
        &person(&TEO, &[]),
        false,
        &[
            "Noor Haddad may not chat with Teo Marchetti, because neither of them is in a group.",
            "They could if you put both into groups and ticked those two.",
        ],
    );
}

#[test]
fn admins_may_chat_with_everybody_and_are_found_like_anybody() {
    let some = board(&[(1, 2)]);
    let by_admin = [
        "Ada Brandt may chat with Teo Marchetti, because Ada Brandt is an admin, and admins may chat with everybody.",
        "Teo Marchetti may answer, but doesn't find Ada Brandt in Groups, because Ada Brandt is in no group.",
        "Teo Marchetti could if you put Ada Brandt into Trial, because Trial × Billing is ticked.",
    ];
    people_say(&some, &admin(&ADA), &person(&TEO, &[2]), true, &by_admin);
    people_say(&some, &person(&TEO, &[2]), &admin(&ADA), true, &by_admin);
    people_say(
        &some,
        &admin(&ADA),
        &admin(&MINA),
        true,
        &[
            "Ada Brandt and Mina Okafor may chat with each other, because Ada Brandt is an admin, and admins may chat with everybody.",
        ],
    );
}

#[test]
fn what_the_rule_is_never_asked_about_is_said_too() {
    let some = board(&[(1, 1)]);
    let noor = person(&NOOR, &[1]);
    people_say(
        &some,
        &noor,
        &noor,
        false,
        &["That is Noor Haddad twice. Pick two people."],
    );
    let guest = PersonRow {
        is_guest: true,
        ..person(&CORA, &[])
    };
    people_say(
        &some,
        &noor,
        &guest,
        false,
        &["Cora Lindqvist is a guest, and guests chat with the guest group only."],
    );
    let disabled = PersonRow {
        is_disabled: true,
        ..person(&TEO, &[1])
    };
    people_say(
        &some,
        &disabled,
        &noor,
        false,
        &[
            "Teo Marchetti is disabled, so nobody finds them and they find nobody.",
            "That would change if you enabled them in People.",
        ],
    );
}
