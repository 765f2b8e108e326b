//! What a conversion, its undoing and an erasure do to a thread as each side reads it.

use super::message_log::{Plain, bubbles, customer, log, mina, notice};
use shared::conversation::{Conversation, Message, Side};
use shared::conversion::{Converted, Proof};
use shared::ids::Position;
use shared::samples::{CORA, MINA, NOON_ISH, NOOR, Person, conversation, message, messages};
use widget::conversation::message_log::{Showing, Viewer};
use widget::conversation::rows::{Line, Mark, Offer, Row};

/// Cora's conversation since it is Noor's.
fn head(proof: Proof, may_undo: bool) -> Conversation {
    let mut head = conversation();
    if let Some(customer) = &mut head.customer {
        customer.face = NOOR.face();
    }
    head.converted = Some(Converted {
        proof,
        cut: Position(4),
        at: NOON_ISH,
        may_undo,
    });
    head
}

fn says(position: u8, who: &Person, text: &str) -> Message {
    message(position, who, Side::Customer, text, 61)
}

/// Four messages of then, the notice, one of now.
fn thread() -> Vec<Message> {
    let mut all = messages();
    all.push(notice(5, "converted"));
    all.push(says(6, &NOOR, "It is me."));
    all
}

fn shown(all: Vec<Message>, viewer: &Viewer, head: Option<&Conversation>) -> Vec<(String, Row)> {
    let showing = Showing {
        viewer,
        other_seen: Position::NONE,
        new_after: None,
        now: NOON_ISH,
        head,
    };
    log(all).rows([].iter(), &showing, &Plain)
}

fn lines(rows: &[(String, Row)]) -> Vec<&Line> {
    let lines = rows.iter().filter_map(|(_, row)| match row {
        Row::Notice(line) => Some(line),
        _ => None,
    });
    lines.collect()
}

fn marks(rows: &[(String, Row)]) -> Vec<Mark> {
    bubbles(rows).iter().map(|bubble| bubble.mark).collect()
}

#[test]
fn what_nobody_proved_is_marked_and_named_once() {
    let head = head(Proof::AddressOnly, true);
    let rows = shown(thread(), &customer(), Some(&head));
    use Mark::{None as Plain, Unproven};
    assert_eq!(marks(&rows), [Unproven, Plain, Plain, Unproven, Plain]);
    assert_eq!(
        rows[0],
        ("unproven".into(), Row::Notice(Line::plain("unproven")))
    );
    let words: Vec<&str> = lines(&rows).iter().map(|line| line.text.as_str()).collect();
    assert_eq!(words, ["unproven", "converted holds \"-\" \"-\""]);
    for proof in [Proof::SameBrowser, Proof::Mailbox] {
        let rows = shown(thread(), &customer(), Some(&self::head(proof, true)));
        assert_eq!(marks(&rows), [Plain; 5], "{proof:?}");
        assert_eq!(lines(&rows).len(), 1, "{proof:?}");
    }
}

#[test]
fn a_heading_above_is_no_row_of_staff_so_that_their_place_stays() {
    let before = shown(messages(), &mina(), Some(&conversation()));
    let after = shown(thread(), &mina(), Some(&head(Proof::AddressOnly, false)));
    assert_eq!(before[0].0, after[0].0);
    assert_eq!(marks(&after)[0], Mark::Unproven);
}

#[test]
fn only_the_conversion_that_holds_can_be_taken_back_and_only_by_whom_may() {
    for (viewer, proof, may_undo, offer) in [
        (customer(), Proof::AddressOnly, true, Some(Offer::NotMe)),
        (customer(), Proof::AddressOnly, false, None),
        // In the menu: nobody doubts it.
        (customer(), Proof::SameBrowser, true, None),
        (mina(), Proof::SameBrowser, true, Some(Offer::Undo)),
        (mina(), Proof::AddressOnly, false, None),
    ] {
        let head = head(proof, may_undo);
        let rows = shown(thread(), &viewer, Some(&head));
        assert_eq!(lines(&rows).last().unwrap().offer, offer, "{proof:?}");
        let undone = Conversation {
            converted: None,
            ..head
        };
        let rows = shown(thread(), &viewer, Some(&undone));
        assert_eq!(lines(&rows).last().unwrap().offer, None, "{proof:?}");
    }
}

#[test]
fn staff_read_who_became_who() {
    let words = |all, head| lines(&shown(all, &mina(), Some(&head)))[0].text.clone();
    let named = |holds| format!("converted {holds} {:?} {:?}", CORA.name, NOOR.name);
    let head = head(Proof::Mailbox, false);
    // Before the user wrote: as the head calls them.
    assert_eq!(words(thread()[..5].to_vec(), head.clone()), named("holds"));
    let undone = Conversation {
        converted: None,
        ..head.clone()
    };
    assert_eq!(words(thread(), undone), named("held"));
    // What stands above is not here yet.
    assert_eq!(
        words(thread()[4..].to_vec(), head),
        format!("converted holds \"-\" {:?}", NOOR.name)
    );
}

#[test]
fn a_word_that_nobody_knows_is_no_row() {
    let mut all = messages();
    all.push(notice(5, "unheard of"));
    assert_eq!(
        shown(all, &mina(), None).len(),
        shown(messages(), &mina(), None).len()
    );
}

#[test]
fn what_was_erased_says_so_in_a_row_of_its_own() {
    let before = shown(messages(), &customer(), None);
    let mut all = messages();
    all[1].text.clear();
    let after = shown(all, &customer(), None);
    assert_eq!(bubbles(&after)[1].text, "erased");
    assert_eq!(marks(&after)[1], Mark::Erased);
    // An element keeps its words for as long as it has its key.
    assert_ne!(before[2].0, after[2].0);
    assert_eq!(before[1].0, after[1].0);
    assert_eq!(bubbles(&after)[1].author.as_ref().unwrap().name, MINA.name);
}
