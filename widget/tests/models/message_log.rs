//! A thread is shown in one order, each message once, with nothing after a hole.

use proptest::prelude::*;
use shared::conversation::{Message, MessageKind, Side};
use shared::ids::{Position, Time};
use shared::problem::ProblemCode;
use shared::samples::{CORA, MINA, NOON_ISH, TEO, client_id, conversation_id, message, messages};
use widget::conversation::message_log::{
    Hole, Labels, MessageLog, Saying, Showing, Viewer, one_line,
};
use widget::conversation::outbox::{Entry, Standing, Unsent};
use widget::conversation::rows::{Bubble, Line, Place, Row, Tick, Whose};

/// Days are UTC, and a time is its minute.
pub struct Plain;

impl Labels for Plain {
    fn say(&self, saying: &Saying) -> Option<String> {
        Some(match saying {
            Saying::Notice(told) if told.word == "unheard of" => return None,
            Saying::Notice(told) => format!(
                "{} {} {:?} {:?}",
                told.word,
                if told.is_live { "holds" } else { "held" },
                told.guest.unwrap_or("-"),
                told.name.unwrap_or("-"),
            ),
            Saying::Erased => "erased".into(),
            Saying::Unproven => "unproven".into(),
        })
    }

    fn day_number(&self, time: Time) -> i64 {
        time.0.div_euclid(86_400_000)
    }

    fn day(&self, time: Time, now: Time) -> String {
        format!("{} days ago", self.day_number(now) - self.day_number(time))
    }

    fn time(&self, time: Time) -> String {
        format!("minute {}", (time.0 - NOON_ISH.0) / 60_000)
    }
}

pub fn customer() -> Viewer {
    Viewer {
        person_id: Some(CORA.person_id()),
        side: Side::Customer,
    }
}

pub fn mina() -> Viewer {
    Viewer {
        person_id: Some(MINA.person_id()),
        side: Side::Staff,
    }
}

pub fn log(messages: Vec<Message>) -> MessageLog {
    let mut log = MessageLog::default();
    log.merge(messages);
    log
}

fn shown(
    log: &MessageLog,
    unsent: &[Entry],
    viewer: &Viewer,
    seen: u64,
    new_after: Option<u64>,
) -> Vec<(String, Row)> {
    let showing = Showing {
        viewer,
        other_seen: Position(seen),
        new_after: new_after.map(Position),
        now: NOON_ISH,
        head: None,
    };
    log.rows(unsent.iter(), &showing, &Plain)
}

pub fn bubbles(rows: &[(String, Row)]) -> Vec<&Bubble> {
    rows.iter()
        .filter_map(|(_, row)| {
            if let Row::Bubble(bubble) = row {
                Some(bubble)
            } else {
                None
            }
        })
        .collect()
}

/// A line of nobody's, an hour later.
pub fn notice(position: u8, word: &str) -> Message {
    Message {
        kind: MessageKind::Notice,
        side: Side::System,
        author: None,
        client_id: None,
        ..message(position, &MINA, Side::Staff, word, 60)
    }
}

fn pending(number: u8, standing: Standing) -> Entry {
    let unsent = Unsent {
        client_id: client_id(number),
        writer: Some(CORA.person_id()),
        conversation_id: Some(conversation_id(1)),
        text: "Still there?".into(),
        reply_to: None,
        guest: None,
        written_at: Time(NOON_ISH.0 + 6 * 60_000),
        with: None,
    };
    Entry { unsent, standing }
}

fn waiting() -> Standing {
    Standing::Waiting {
        not_before: Time::default(),
        failures: 0,
    }
}

#[test]
fn bubbles_of_one_person_within_two_minutes_belong_together() {
    let log = log(messages());
    let rows = shown(&log, &[], &customer(), 0, None);
    let places: Vec<(Whose, Place)> = bubbles(&rows)
        .iter()
        .map(|bubble| (bubble.whose, bubble.place))
        .collect();
    assert_eq!(
        places,
        [
            (Whose::Own, Place::Alone),
            (Whose::Other, Place::First),
            (Whose::Other, Place::Last),
            (Whose::Own, Place::Alone),
        ]
    );
    assert!(matches!(&rows[0].1, Row::Day(day) if day == "0 days ago"));
}

#[test]
fn a_day_is_named_once_and_parts_what_stood_together() {
    let late = message(5, &CORA, Side::Customer, "Good morning", 9 * 60 + 55);
    let mut first = message(4, &CORA, Side::Customer, "Good night", 0);
    first.sent_at = Time(late.sent_at.0 - 60_000);
    let log = log(vec![first, late]);
    let rows = shown(&log, &[], &customer(), 0, None);
    let days = rows
        .iter()
        .filter(|(_, row)| matches!(row, Row::Day(_)))
        .count();
    assert_eq!(days, 2);
    assert!(
        bubbles(&rows)
            .iter()
            .all(|bubble| bubble.place == Place::Alone)
    );
}

#[test]
fn ticks_say_how_far_it_came() {
    let log = log(messages());
    let failed = pending(6, Standing::Refused(ProblemCode::TextTooLong));
    let unsent = [pending(5, waiting()), failed];
    let rows = shown(&log, &unsent, &customer(), 1, None);
    let ticks: Vec<Tick> = bubbles(&rows).iter().map(|bubble| bubble.tick).collect();
    assert_eq!(
        ticks,
        [
            Tick::Seen,
            Tick::None,
            Tick::None,
            Tick::Sent,
            Tick::Pending,
            Tick::Failed(ProblemCode::TextTooLong)
        ]
    );
}

#[test]
fn a_pending_message_keeps_its_key_when_it_is_stored() {
    let mut log = log(messages());
    let unsent = [pending(5, waiting())];
    let before = shown(&log, &unsent, &customer(), 0, None);
    log.merge([message(5, &CORA, Side::Customer, "Still there?", 6)]);
    let after = shown(&log, &unsent, &customer(), 0, None);
    assert_eq!(
        before.len(),
        after.len(),
        "it is shown once, although the outbox does not know yet"
    );
    assert_eq!(
        before.last().map(|row| &row.0),
        after.last().map(|row| &row.0)
    );
}

#[test]
fn staff_see_a_colleague_beside_them_and_the_customer_opposite() {
    let mut all = messages();
    all.push(message(5, &TEO, Side::Staff, "Done.", 20));
    let log = log(all);
    let rows = shown(&log, &[], &mina(), 0, None);
    let whose: Vec<Whose> = bubbles(&rows).iter().map(|bubble| bubble.whose).collect();
    assert_eq!(
        whose,
        [
            Whose::Other,
            Whose::Own,
            Whose::Own,
            Whose::Other,
            Whose::Colleague
        ]
    );
    assert_eq!(
        log.colleague_since(&mina(), Position(4))
            .map(|message| message.position),
        Some(Position(5))
    );
    assert!(log.colleague_since(&mina(), Position(5)).is_none());
}

#[test]
fn the_line_of_new_messages_stands_before_the_first_of_the_other_side() {
    let log = log(messages());
    let rows = shown(&log, &[], &customer(), 0, Some(1));
    let place = rows
        .iter()
        .position(|(_, row)| *row == Row::NewMessages)
        .unwrap();
    assert!(
        matches!(&rows[place + 1].1, Row::Bubble(bubble) if bubble.position == Some(Position(2)))
    );
    assert_eq!(
        rows.iter()
            .filter(|(_, row)| *row == Row::NewMessages)
            .count(),
        1
    );
    let own_only = shown(&log, &[], &customer(), 0, Some(3));
    assert!(own_only.iter().all(|(_, row)| *row != Row::NewMessages));
}

#[test]
fn what_lies_behind_a_hole_waits_for_it() {
    let mut all = messages();
    let third = all.remove(2);
    let mut log = log(all);
    assert_eq!(log.hole(Position(4)), Some(Hole { after: Position(2) }));
    assert_eq!(log.last(), Position(2));
    assert_eq!(bubbles(&shown(&log, &[], &customer(), 0, None)).len(), 2);
    log.merge([third]);
    assert_eq!(log.hole(Position(4)), None);
    assert_eq!(log.hole(Position(6)), Some(Hole { after: Position(4) }));
}

#[test]
fn a_notice_is_nobodys_words_and_nobody_must_see_it() {
    let mut all = messages();
    all.push(notice(5, "undone"));
    let log = log(all);
    let rows = shown(&log, &[], &customer(), 0, None);
    assert_eq!(
        rows.last().unwrap().1,
        Row::Notice(Line::plain("undone held \"-\" \"-\""))
    );
    assert_eq!(log.unseen(&customer(), Position(3)), 0);
    assert_eq!(log.unseen(&customer(), Position::NONE), 2);
}

#[test]
fn a_quote_names_its_author_and_is_one_line() {
    let mut all = messages();
    all[3].reply_to = Some(Position(2));
    let log = log(all);
    let rows = shown(&log, &[], &customer(), 0, None);
    let quote = bubbles(&rows)[3].quote.clone().unwrap();
    assert_eq!(quote.name.as_deref(), Some(MINA.name));
    assert_eq!(log.quote(Position(1), &customer()).name, None);
    assert_eq!(one_line("  a\nb\tc  ", 10), "a b c");
    assert_eq!(one_line("abcdef", 3), "abc…");
}

#[test]
fn older_messages_are_there_until_the_first_one_is() {
    let mut log = log(messages().split_off(2));
    assert!(log.has_older());
    log.merge(messages());
    assert!(!log.has_older());
    assert!(!MessageLog::default().has_older());
}

proptest! {
    #[test]
    fn in_whatever_order_messages_come_they_are_shown_once_and_in_one_order(
        order in Just((1..=20u8).collect::<Vec<_>>()).prop_shuffle(),
        doubled in prop::collection::vec(1..=20u8, 0..20),
        cuts in prop::collection::vec(1usize..6, 1..10),
    ) {
        let all: Vec<u8> = order.into_iter().chain(doubled).collect();
        let mut log = MessageLog::default();
        let mut rest = all.as_slice();
        let mut fresh = 0;
        for cut in cuts.into_iter().cycle() {
            let (page, later) = rest.split_at(cut.min(rest.len()));
            fresh += log.merge(page.iter().map(|number| message(*number, &CORA, Side::Customer, "x", 0))).len();
            let shown: Vec<u64> = log.whole().iter().map(|message| message.position.0).collect();
            prop_assert!(shown.windows(2).all(|pair| pair[1] == pair[0] + 1), "a hole is shown: {:?}", shown);
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        prop_assert_eq!(fresh, 20);
        let positions: Vec<u64> = log.whole().iter().map(|message| message.position.0).collect();
        prop_assert_eq!(positions, (1..=20u64).collect::<Vec<_>>());
        prop_assert_eq!(log.hole(Position(20)), None);
        let rows = shown(&log, &[], &mina(), 0, None);
        let mut keys: Vec<&String> = rows.iter().map(|(key, _)| key).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), rows.len(), "two rows have one key");
    }
}

#[test]
fn a_report_is_about_what_the_other_side_wrote_last() {
    let log = log(messages());
    let newest = |viewer: &Viewer| log.newest_of_other(viewer).map(|message| message.position);
    assert_eq!(newest(&customer()), Some(Position(3)));
    assert_eq!(newest(&mina()), Some(Position(4)));
    let teo = Viewer {
        person_id: Some(TEO.person_id()),
        side: Side::Staff,
    };
    assert_eq!(
        newest(&teo),
        Some(Position(4)),
        "a colleague is no other side"
    );
    assert!(self::log(Vec::new()).newest_of_other(&customer()).is_none());
}
