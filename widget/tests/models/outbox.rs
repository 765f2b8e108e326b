//! What was sent and not yet acknowledged is kept, in order, and sent once.

use proptest::prelude::*;
use shared::ids::{ClientId, ConversationId, PersonId, Position, Time};
use shared::problem::ProblemCode;
use shared::samples::{CORA, MINA, NOOR, Person, client_id, conversation_id};
use widget::conversation::drafts::{Destination, Writer};
use widget::conversation::outbox::{KEPT_MS, Outbox, Standing, Unsent};

pub fn cora() -> Writer {
    Writer::new(Some(CORA.person_id()))
}

pub fn unsent(number: u8) -> Unsent {
    Unsent {
        client_id: client_id(number),
        writer: Some(CORA.person_id()),
        conversation_id: Some(conversation_id(1)),
        text: format!("message {number}"),
        reply_to: None,
        guest: None,
        written_at: Time(1_000 + i64::from(number)),
        with: None,
    }
}

pub fn first_of_a_guest(number: u8) -> Unsent {
    Unsent {
        writer: None,
        conversation_id: None,
        guest: Some((CORA.name.into(), CORA.email.into())),
        ..unsent(number)
    }
}

pub fn first_to(person: &Person, number: u8) -> Unsent {
    Unsent {
        conversation_id: None,
        with: Some(person.person_id()),
        ..unsent(number)
    }
}

fn waiting() -> Standing {
    Standing::Waiting {
        not_before: Time::default(),
        failures: 0,
    }
}

pub fn outbox(messages: impl IntoIterator<Item = Unsent>) -> Outbox {
    let mut outbox = Outbox::default();
    for unsent in messages {
        outbox.put(unsent, waiting());
    }
    outbox
}

pub fn due(outbox: &Outbox, now: i64) -> Vec<ClientId> {
    outbox
        .due(&cora(), Time(now))
        .into_iter()
        .map(|unsent| unsent.client_id)
        .collect()
}

#[test]
fn one_conversation_has_one_message_under_way_so_order_is_kept() {
    let mut outbox = outbox([unsent(2), unsent(1), unsent(3)]);
    assert_eq!(due(&outbox, 5_000), [client_id(1)]);
    outbox.under_way(&client_id(1));
    assert!(due(&outbox, 5_000).is_empty());
    outbox.acknowledged(&client_id(1));
    assert_eq!(due(&outbox, 5_000), [client_id(2)]);
}

#[test]
fn a_message_that_waits_holds_back_those_behind_it() {
    let mut outbox = outbox([unsent(1), unsent(2)]);
    outbox.under_way(&client_id(1));
    outbox.postpone(&client_id(1), Time(10_000), 0, 500);
    assert!(due(&outbox, 10_499).is_empty());
    assert_eq!(due(&outbox, 10_500), [client_id(1)]);
}

#[test]
fn other_conversations_do_not_wait() {
    let other = Unsent {
        conversation_id: Some(conversation_id(2)),
        ..unsent(2)
    };
    let mut outbox = outbox([unsent(1), other]);
    outbox.under_way(&client_id(1));
    assert_eq!(due(&outbox, 5_000), [client_id(2)]);
}

#[test]
fn a_refused_message_stays_to_be_seen_and_holds_nobody_back() {
    let mut outbox = outbox([unsent(1), unsent(2)]);
    outbox.under_way(&client_id(1));
    outbox.refused(&client_id(1), ProblemCode::TextTooLong);
    assert_eq!(due(&outbox, 5_000), [client_id(2)]);
    assert_eq!(outbox.entries().len(), 2);
    outbox.retry(&client_id(1));
    assert_eq!(
        due(&outbox, 5_000),
        [client_id(1)],
        "the retry is the same message"
    );
}

#[test]
fn the_server_is_given_the_patience_it_asked_for() {
    let mut outbox = outbox([unsent(1)]);
    outbox.under_way(&client_id(1));
    outbox.postpone(&client_id(1), Time(10_000), 7_000, 0);
    assert!(due(&outbox, 16_999).is_empty());
    assert_eq!(due(&outbox, 17_000), [client_id(1)]);
    outbox.hurry();
    assert_eq!(due(&outbox, 10_001), [client_id(1)]);
}

#[test]
fn what_follows_a_first_message_goes_into_the_conversation_it_started() {
    let mut outbox = outbox([
        first_of_a_guest(1),
        first_of_a_guest(2),
        first_of_a_guest(3),
    ]);
    outbox.under_way(&client_id(1));
    outbox.acknowledged(&client_id(1));
    let changed = outbox.started(
        &Writer::default(),
        &Destination::New,
        &CORA.person_id(),
        &conversation_id(7),
    );
    assert_eq!(changed.len(), 2);
    let next = outbox.due(&cora(), Time(5_000));
    assert_eq!(next.len(), 1);
    assert_eq!(next[0].client_id, client_id(2));
    assert_eq!(next[0].conversation_id, Some(conversation_id(7)));
    assert!(next[0].guest.is_none());
}

#[test]
fn after_a_day_a_message_is_let_go() {
    let mut outbox = outbox([unsent(1)]);
    assert!(outbox.expire(Time(1_001 + KEPT_MS)).is_empty());
    assert_eq!(outbox.expire(Time(1_002 + KEPT_MS)).len(), 1);
    assert!(outbox.is_empty());
}

#[test]
fn a_message_that_another_tab_looks_after_is_not_sent_until_that_tab_is_gone() {
    let mut outbox = Outbox::default();
    outbox.put(unsent(1), Standing::Elsewhere);
    outbox.put(unsent(2), Standing::Elsewhere);
    assert!(due(&outbox, 5_000).is_empty());
    outbox.release(&client_id(1));
    outbox.adopt(&client_id(2));
    assert_eq!(due(&outbox, 5_000), [client_id(2)]);
    outbox.release(&client_id(2));
    assert_eq!(outbox.entries().len(), 1, "what is ours is not given away");
}

#[test]
fn stored_and_read_again_it_is_the_same_command() {
    for unsent in [unsent(1), first_of_a_guest(2), first_to(&NOOR, 3)] {
        let bytes = postcard::to_allocvec(&unsent).unwrap();
        assert_eq!(Unsent::from_stored(bytes), Some(unsent));
    }
}

/// What a build before direct conversations stored.
#[derive(serde::Serialize)]
struct Older {
    client_id: ClientId,
    writer: Option<PersonId>,
    conversation_id: Option<ConversationId>,
    text: String,
    reply_to: Option<Position>,
    guest: Option<(String, String)>,
    written_at: Time,
}

#[test]
fn what_an_older_build_stored_is_sent_as_it_was_meant() {
    for unsent in [unsent(1), first_of_a_guest(2)] {
        let kept = unsent.clone();
        let older = Older {
            client_id: kept.client_id,
            writer: kept.writer,
            conversation_id: kept.conversation_id,
            text: kept.text,
            reply_to: kept.reply_to,
            guest: kept.guest,
            written_at: kept.written_at,
        };
        let bytes = postcard::to_allocvec(&older).unwrap();
        assert_eq!(Unsent::from_stored(bytes), Some(unsent.clone()));
        assert!(unsent.key().starts_with("porchlight.outbox.1."));
    }
}

#[test]
fn an_older_build_never_finds_a_first_message_to_somebody() {
    let mut to_noor = first_to(&NOOR, 1);
    assert!(to_noor.key().starts_with("porchlight.outbox.2."));
    // Nor once it goes into the conversation, because its key stays.
    to_noor.conversation_id = Some(conversation_id(1));
    assert!(to_noor.key().starts_with("porchlight.outbox.2."));
}

#[test]
fn a_first_message_to_somebody_goes_to_them_and_to_nobody_else() {
    let to_support = Unsent {
        conversation_id: None,
        ..unsent(3)
    };
    let mut outbox = outbox([
        first_to(&NOOR, 1),
        first_to(&NOOR, 2),
        to_support,
        first_to(&MINA, 4),
    ]);
    // One under way for each of them, and the command says whom it is for.
    let under_way: Vec<_> = outbox
        .due(&cora(), Time(5_000))
        .into_iter()
        .map(|unsent| (unsent.client_id.clone(), unsent.as_start().with))
        .collect();
    assert!(
        under_way
            == [
                (client_id(1), Some(NOOR.person_id())),
                (client_id(3), None),
                (client_id(4), Some(MINA.person_id())),
            ]
    );
    // What follows the first one goes after it; what goes elsewhere stays as it is.
    outbox.acknowledged(&client_id(1));
    let to_noor = Destination::With(NOOR.person_id());
    let changed = outbox.started(&cora(), &to_noor, &CORA.person_id(), &conversation_id(7));
    let ids: Vec<_> = changed
        .iter()
        .map(|unsent| unsent.client_id.clone())
        .collect();
    assert_eq!(ids, [client_id(2)]);
    let places: Vec<_> = outbox
        .entries()
        .iter()
        .map(|entry| entry.unsent.destination())
        .collect();
    assert_eq!(
        places,
        [
            Destination::In(conversation_id(7)),
            Destination::New,
            Destination::With(MINA.person_id()),
        ]
    );
}

/// What may happen to an outbox of one conversation.
#[derive(Clone, Debug)]
enum Happening {
    Write,
    Send,
    Acknowledge,
    Fail { chance: u32 },
    Wait { ms: i64 },
    Hurry,
    Write2,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        Just(Happening::Write),
        Just(Happening::Send),
        Just(Happening::Acknowledge),
        (0u32..1_000).prop_map(|chance| Happening::Fail { chance }),
        (0i64..40_000).prop_map(|ms| Happening::Wait { ms }),
        Just(Happening::Hurry),
        Just(Happening::Write2),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_every_message_arrives_once_and_in_order(happenings in prop::collection::vec(happening(), 1..80)) {
        let mut outbox = Outbox::default();
        let (mut now, mut written, mut under_way, mut arrived) = (100_000i64, 0u8, None::<ClientId>, Vec::new());
        let write = |outbox: &mut Outbox, written: &mut u8| {
            *written += 1;
            outbox.put(Unsent { written_at: Time(i64::from(*written)), ..unsent(*written) }, waiting());
        };
        for happening in happenings {
            match happening {
                Happening::Write | Happening::Write2 if written < 100 => write(&mut outbox, &mut written),
                Happening::Send => for unsent in outbox.due(&cora(), Time(now)) {
                    prop_assert!(under_way.is_none(), "two under way");
                    outbox.under_way(&unsent.client_id);
                    under_way = Some(unsent.client_id);
                },
                Happening::Acknowledge => if let Some(client_id) = under_way.take() {
                    prop_assert!(outbox.acknowledged(&client_id).is_some());
                    arrived.push(client_id);
                },
                Happening::Fail { chance } => if let Some(client_id) = under_way.take() {
                    outbox.postpone(&client_id, Time(now), 0, chance);
                },
                Happening::Wait { ms } => now += ms,
                Happening::Hurry => outbox.hurry(),
                _ => {}
            }
        }
        // The network comes back for good.
        if let Some(client_id) = under_way.take() {
            outbox.postpone(&client_id, Time(now), 0, 0);
        }
        while !outbox.is_empty() {
            now += 60_000;
            for unsent in outbox.due(&cora(), Time(now)) {
                outbox.under_way(&unsent.client_id);
                outbox.acknowledged(&unsent.client_id);
                arrived.push(unsent.client_id);
            }
        }
        prop_assert_eq!(arrived, (1..=written).map(client_id).collect::<Vec<_>>());
    }
}
