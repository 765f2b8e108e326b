//! A list of conversations: what an event does to it, and what it asks for.

use super::*;
use shared::conversation::Message;
use shared::conversion::Notice;
use shared::group::Peer;
use shared::ids::{Position, Time};
use shared::realtime::{ConversationChanged, MessageSent};
use shared::samples::{CORA, MINA, NOOR, conversation, conversation_id, message};

fn row(number: u8, activity: i64) -> Conversation {
    Conversation {
        conversation_id: conversation_id(number),
        last_activity_at: Time(activity),
        ..conversation()
    }
}

fn ids(listing: &Listing) -> Vec<ConversationId> {
    listing
        .conversations()
        .iter()
        .map(|row| row.conversation_id.clone())
        .collect()
}

fn mina() -> Viewer {
    Viewer {
        person_id: Some(MINA.person_id()),
        side: Side::Staff,
    }
}

fn answer(number: u8, revision: u64, side: Side) -> Event {
    let who = if side == Side::Staff { MINA } else { CORA };
    Event::MessageSent(MessageSent {
        conversation_id: conversation_id(number),
        revision: Revision(revision),
        message: message(5, &who, side, "Hello", 99),
    })
}

#[test]
fn a_new_message_moves_its_row_to_the_top_once() {
    let mut listing = Listing::default();
    listing.first_page(vec![row(1, 300), row(2, 200), row(3, 100)], None);
    assert_eq!(
        listing.event(&answer(3, 7, Side::Customer), &mina()),
        Effect::Changed
    );
    assert_eq!(ids(&listing), [3, 1, 2].map(conversation_id));
    assert_eq!(
        listing.event(&answer(3, 7, Side::Customer), &mina()),
        Effect::None
    );
    assert_eq!(listing.conversations()[0].unread, 2);
}

#[test]
fn a_direct_conversation_is_found_by_the_other_one() {
    let mut listing = Listing::default();
    let with_noor = Conversation {
        peer: Some(Peer {
            face: NOOR.face(),
            email: None,
        }),
        ..row(2, 200)
    };
    listing.first_page(vec![row(1, 300), with_noor], None);
    let found = listing.with_peer(&NOOR.person_id());
    assert_eq!(found, Some(&conversation_id(2)));
    assert_eq!(listing.with_peer(&MINA.person_id()), None);
}

#[test]
fn what_is_unknown_or_has_a_gap_is_fetched() {
    let mut listing = Listing::default();
    listing.first_page(vec![row(1, 300)], None);
    assert_eq!(
        listing.event(&answer(9, 1, Side::Customer), &mina()),
        Effect::Fetch(conversation_id(9))
    );
    assert_eq!(
        listing.event(&answer(1, 8, Side::Customer), &mina()),
        Effect::Fetch(conversation_id(1))
    );
    assert_eq!(
        listing.get(&conversation_id(1)).map(|row| row.revision),
        Some(Revision(6))
    );
}

#[test]
fn what_changed_without_words_is_fetched_once() {
    let mut listing = Listing::default();
    listing.first_page(vec![row(1, 300)], None);
    let changed = |number, revision| {
        Event::ConversationChanged(ConversationChanged {
            conversation_id: conversation_id(number),
            revision: Revision(revision),
        })
    };
    assert_eq!(
        listing.event(&changed(1, 7), &mina()),
        Effect::Fetch(conversation_id(1))
    );
    assert_eq!(listing.event(&changed(1, 6), &mina()), Effect::None);
    assert_eq!(listing.event(&changed(9, 1), &mina()), Effect::None);
}

#[test]
fn a_notice_asks_for_the_head_and_leaves_an_unanswered_one_unanswered() {
    let notice = |position| Message {
        kind: MessageKind::Notice,
        author: None,
        text: Notice::Continued.word().into(),
        ..message(position, &CORA, Side::System, "", 99)
    };
    let mut listing = Listing {
        chosen: Chosen::Unanswered,
        ..Listing::default()
    };
    listing.first_page(vec![row(1, 300)], None);
    let event = Event::MessageSent(MessageSent {
        conversation_id: conversation_id(1),
        revision: Revision(7),
        message: notice(5),
    });
    let fetched = Effect::Fetch(conversation_id(1));
    assert_eq!(listing.event(&event, &mina()), fetched);
    let told = |position: u8, answered| Conversation {
        revision: Revision(7),
        last_position: Position(u64::from(position)),
        last_message: Some(notice(position)),
        last_staff_position: Position(answered),
        ..row(1, 301)
    };
    listing.put(told(5, 3));
    assert_eq!(ids(&listing), [conversation_id(1)]);
    listing.put(told(5, 4));
    assert_eq!(ids(&listing), []);
}

#[test]
fn an_answer_takes_a_conversation_out_of_the_unanswered() {
    let mut listing = Listing {
        chosen: Chosen::Unanswered,
        ..Listing::default()
    };
    listing.first_page(vec![row(1, 300), row(2, 200)], None);
    listing.event(&answer(1, 7, Side::Staff), &mina());
    assert_eq!(ids(&listing), [conversation_id(2)]);
}

#[test]
fn fetching_the_first_page_again_keeps_the_later_ones() {
    let mut listing = Listing::default();
    listing.first_page(vec![row(1, 500), row(2, 400)], Some("a".into()));
    listing.next_page(vec![row(3, 300), row(4, 200)], Some("b".into()));
    // 5 is new, 1 is gone.
    listing.first_page(vec![row(5, 600), row(2, 400)], Some("c".into()));
    assert_eq!(ids(&listing), [5, 2, 3, 4].map(conversation_id));
    assert_eq!(listing.cursor.as_deref(), Some("b"));
    listing.first_page(vec![row(5, 600)], None);
    assert_eq!(ids(&listing), [conversation_id(5)]);
    assert_eq!(listing.cursor, None);
}

#[test]
fn an_older_head_takes_nothing_back() {
    let mut listing = Listing::default();
    listing.first_page(vec![row(1, 500)], None);
    let old = Conversation {
        revision: Revision(2),
        last_position: Position(1),
        ..row(1, 100)
    };
    listing.put(old);
    assert_eq!(listing.conversations()[0].last_position, Position(4));
}
