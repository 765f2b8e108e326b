//! What goes back, and what goes on.

use super::*;
use shared::samples::{CORA, MINA, NOON_ISH, NOOR, Person, TEO};

fn said(author: &Person, side: Side, position: u64) -> Said {
    Said {
        author: author.person_id(),
        side,
        position: Position(position),
        at: Time(NOON_ISH.0 + position as i64),
    }
}

fn participant(person: &Person, side: Side, seen: u64, last_written: u64) -> Participant {
    Participant {
        person_id: person.person_id(),
        side,
        seen: Position(seen),
        last_written: Position(last_written),
    }
}

use Side::{Customer, Staff};

fn plan(staff_seen: u64, said: &[Said], later: &[Said], participants: &[Participant]) -> UndoPlan {
    plan_undo(&Before {
        guest: &CORA.person_id(),
        became: &NOOR.person_id(),
        cut: Position(3),
        staff_seen: Position(staff_seen),
        said,
        later,
        participants,
    })
}

#[test]
fn where_nothing_was_written_since_all_is_as_it_was() {
    let guests = [said(&CORA, Customer, 3), said(&MINA, Staff, 2)];
    let there = [
        participant(&CORA, Customer, 3, 3),
        participant(&MINA, Staff, 2, 2),
    ];
    let mut with_user = there.to_vec();
    with_user.push(participant(&NOOR, Customer, 3, 0));
    let plan = plan(2, &guests, &[], &with_user);
    assert_eq!(plan.carried, None);
    assert_eq!(plan.kept.participants, there);
    assert_eq!(
        plan.kept.counters,
        Counters {
            last_position: Position(5),
            last_activity_at: None,
            last_customer: Position(3),
            last_staff: Position(2),
            customer_seen: Position(3),
            staff_seen: Position(2),
        }
    );
}

#[test]
fn what_was_written_since_goes_on_without_gaps() {
    // 1 to 3 the guest's, 4 the notice, 5 the user, 6 Mina, 7 another notice, 8 and 9 the user.
    let guests = [said(&CORA, Customer, 3), said(&MINA, Staff, 2)];
    let later = [
        said(&NOOR, Customer, 5),
        said(&MINA, Staff, 6),
        said(&NOOR, Customer, 8),
        said(&NOOR, Customer, 9),
    ];
    let participants = [
        participant(&CORA, Customer, 3, 3),
        participant(&MINA, Staff, 8, 6),
        participant(&TEO, Staff, 2, 0),
        participant(&NOOR, Customer, 9, 9),
    ];
    let plan = plan(8, &guests, &later, &participants);
    assert_eq!(
        plan.kept.participants,
        [
            participant(&CORA, Customer, 3, 3),
            participant(&MINA, Staff, 4, 2),
            participant(&TEO, Staff, 2, 0),
        ]
    );
    let counters = plan.kept.counters;
    assert_eq!(
        (counters.last_position, counters.staff_seen),
        (Position(5), Position(4))
    );
    assert_eq!(counters.last_activity_at, Some(Time(NOON_ISH.0 + 3)));
    let carried = plan.carried.unwrap();
    assert_eq!(carried.unanswered, 2);
    assert_eq!(
        carried.part.participants,
        [
            participant(&MINA, Staff, 4, 3),
            participant(&NOOR, Customer, 5, 5)
        ]
    );
    assert_eq!(
        carried.part.counters,
        Counters {
            last_position: Position(5),
            last_activity_at: Some(Time(NOON_ISH.0 + 9)),
            last_customer: Position(5),
            last_staff: Position(3),
            customer_seen: Position(5),
            staff_seen: Position(4),
        }
    );
}

#[test]
fn an_agent_who_was_the_guest_is_an_agent_there_again() {
    let guests = [said(&CORA, Customer, 3), said(&NOOR, Staff, 2)];
    let participants = [
        participant(&CORA, Customer, 3, 3),
        participant(&NOOR, Customer, 3, 0),
    ];
    let plan = plan(2, &guests, &[], &participants);
    assert_eq!(
        plan.kept.participants,
        [
            participant(&CORA, Customer, 3, 3),
            participant(&NOOR, Staff, 3, 2)
        ]
    );
}
