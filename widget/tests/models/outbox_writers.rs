//! Whose an unsent message is: nobody sends what is somebody else's, and what was a guest's may become a user's.

use super::outbox::{cora, due, first_of_a_guest, first_to, outbox, unsent};
use shared::ids::{PersonId, Time};
use shared::problem::ProblemCode;
use shared::samples::{CORA, IDRIS, MINA, NOOR, Person, client_id, conversation_id};
use widget::conversation::drafts::{Destination, Writer};
use widget::conversation::outbox::Unsent;

#[test]
fn nobody_sends_the_messages_of_somebody_else() {
    let outbox = outbox([unsent(1), first_to(&MINA, 2)]);
    assert_eq!(due(&outbox, 5_000), [client_id(1), client_id(2)]);
    for other in [Writer::default(), Writer::new(Some(IDRIS.person_id()))] {
        assert_eq!(outbox.due(&other, Time(5_000)), []);
    }
}

#[test]
fn what_a_guest_wrote_first_goes_out_whoever_has_signed_in_since() {
    let outbox = outbox([first_of_a_guest(1), first_of_a_guest(2)]);
    for reader in [
        Writer::default(),
        cora(),
        Writer::new(Some(IDRIS.person_id())),
    ] {
        let due = outbox.due(&reader, Time(5_000));
        assert_eq!(due, [first_of_a_guest(1)]);
    }
}

#[test]
fn what_a_guest_wrote_and_was_refused_becomes_that_of_a_user_with_the_same_address() {
    let mut outbox = outbox([first_of_a_guest(1), first_of_a_guest(2), unsent(3)]);
    let user = NOOR.person_id();
    outbox.refused(&client_id(1), ProblemCode::NoIdentity);
    outbox.refused(&client_id(3), ProblemCode::NoIdentity);
    assert_eq!(outbox.inherited(&user, IDRIS.email), []);
    let inherited = outbox.inherited(&user, &CORA.email.to_uppercase());
    let first = Unsent {
        writer: Some(user.clone()),
        guest: None,
        ..first_of_a_guest(1)
    };
    assert_eq!(inherited, std::slice::from_ref(&first));
    assert_eq!(outbox.due(&Writer::new(Some(user)), Time(5_000)), [first]);
    assert_eq!(outbox.due(&cora(), Time(5_000)), [first_of_a_guest(2)]);
}

#[test]
fn what_a_guest_wrote_behind_a_message_that_went_on_waits_for_the_user() {
    let mut outbox = outbox([first_of_a_guest(1), first_of_a_guest(2), unsent(3)]);
    outbox.refused_together(&first_of_a_guest(1), ProblemCode::Continued);
    // By itself the second one would begin anew, as another guest.
    assert_eq!(outbox.due(&Writer::default(), Time(5_000)), []);
    let user = NOOR.person_id();
    let inherited = outbox.inherited(&user, CORA.email);
    assert_eq!(inherited.len(), 2);
    let reader = Writer::new(Some(user.clone()));
    assert_eq!(outbox.due(&reader, Time(5_000)), inherited[..1]);
    outbox.started(&reader, &Destination::New, &user, &conversation_id(1));
    outbox.acknowledged(&client_id(1));
    let next = outbox.due(&reader, Time(5_000));
    assert_eq!(next[0].client_id, client_id(2));
    assert_eq!(next[0].conversation_id, Some(conversation_id(1)));
}

#[test]
fn a_destination_sees_only_its_own() {
    let outbox = outbox([unsent(1), first_of_a_guest(2)]);
    let of = |writer: &Writer, destination: &Destination| outbox.of(writer, destination).count();
    assert_eq!(of(&cora(), &Destination::In(conversation_id(1))), 1);
    assert_eq!(of(&cora(), &Destination::In(conversation_id(2))), 0);
    assert_eq!(of(&cora(), &Destination::New), 0);
    assert_eq!(of(&Writer::default(), &Destination::New), 1);
}

#[test]
fn what_somebody_left_is_found_by_who_they_were_and_where() {
    let of_noor = Unsent {
        writer: Some(NOOR.person_id()),
        conversation_id: Some(conversation_id(2)),
        ..unsent(3)
    };
    let outbox = outbox([unsent(1), first_of_a_guest(2), of_noor, first_to(&MINA, 4)]);
    let (cora, noor) = (CORA.person_id(), NOOR.person_id());
    let left = |reader: &PersonId| {
        let reader = Writer::new(Some(reader.clone()));
        let left = outbox.of_others(&reader);
        left.map(|(who, place)| (who.clone(), place.clone()))
            .collect::<Vec<_>>()
    };
    // What has no conversation yet, or no name, can be nobody else's.
    assert_eq!(left(&noor), [(cora.clone(), conversation_id(1))]);
    assert_eq!(left(&cora), [(noor, conversation_id(2))]);
    let first = |person: &Person| {
        let first = outbox.first_of(person.person_id().as_str());
        first.map(|unsent| unsent.client_id.clone())
    };
    assert_eq!(first(&CORA), Some(client_id(1)));
    assert_eq!(first(&NOOR), Some(client_id(3)));
    assert_eq!(first(&IDRIS), None);
}
