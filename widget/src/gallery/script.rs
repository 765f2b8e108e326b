//! What the cast says in a thread.

use crate::conversation::list_row::ListRow;
use crate::conversation::rows::{Bubble, Line, Mark, Place, Quote, Row, Tick, Whose};
use shared::identity::ProofLevel;
use shared::ids::Position;
use shared::problem::ProblemCode;
use shared::samples::{self, CORA, IDRIS, LONG, MINA, NOOR, Person, RIGHT_TO_LEFT, TEO};

pub const LONG_WORD: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
pub const RIGHT_TO_LEFT_TEXT: &str = "مرحبًا، هل وصلت الطلبية رقم 4711 إلى المتجر؟";

/// A bubble; `position` is also its key.
pub fn says(
    position: u64,
    whose: Whose,
    who: &Person,
    text: &str,
    time: &str,
    tick: Tick,
    place: Place,
) -> (String, Row) {
    let bubble = Bubble {
        whose,
        author: (whose != Whose::Own).then(|| who.face()),
        text: text.into(),
        time: time.into(),
        tick,
        place,
        position: (tick != Tick::Pending).then_some(Position(position)),
        quote: None,
        mark: Mark::None,
    };
    (format!("m{position}"), Row::Bubble(bubble))
}

fn quoting((key, row): (String, Row), name: Option<&Person>, text: &str) -> (String, Row) {
    let Row::Bubble(mut bubble) = row else {
        return (key, row);
    };
    bubble.quote = Some(Quote {
        position: Position(1),
        name: name.map(|name| name.name.into()),
        text: text.into(),
    });
    (key, Row::Bubble(bubble))
}

fn line(key: &str, row: Row) -> (String, Row) {
    (key.into(), row)
}

/// A customer's thread with everything in it.
pub fn customers_thread() -> Vec<(String, Row)> {
    vec![
        line("d1", Row::Day("Yesterday".into())),
        says(
            1,
            Whose::Own,
            &CORA,
            "Hello, is the blue lamp back in stock?",
            "16:40",
            Tick::Seen,
            Place::Alone,
        ),
        says(
            2,
            Whose::Other,
            &MINA,
            "Hello Cora! It is, since this morning.",
            "16:42",
            Tick::None,
            Place::First,
        ),
        says(
            3,
            Whose::Other,
            &MINA,
            "Here it is: https://example.org/lamps/blue (the large one too). Shall I put one aside for you?",
            "16:42",
            Tick::None,
            Place::Last,
        ),
        says(
            4,
            Whose::Own,
            &CORA,
            "Yes please.",
            "16:45",
            Tick::Seen,
            Place::First,
        ),
        says(
            5,
            Whose::Own,
            &CORA,
            "Until Saturday, if that is possible. I am in town then.",
            "16:45",
            Tick::Seen,
            Place::Last,
        ),
        line("d2", Row::Day("Today".into())),
        line(
            "n1",
            Row::Notice(Line::plain("Your earlier messages are here.")),
        ),
        line("new", Row::NewMessages),
        quoting(
            says(
                7,
                Whose::Other,
                &TEO,
                "It is at the counter, under your name.",
                "09:12",
                Tick::None,
                Place::Alone,
            ),
            None,
            "Until Saturday, if that is possible. I am in town then.",
        ),
        says(
            8,
            Whose::Own,
            &CORA,
            "Wonderful, thank you both.",
            "09:20",
            Tick::Sent,
            Place::First,
        ),
        says(
            9,
            Whose::Own,
            &CORA,
            "Do you take cards?",
            "09:20",
            Tick::Pending,
            Place::Last,
        ),
    ]
}

/// What went wrong, long words, and words that run the other way.
pub fn difficult_thread() -> Vec<(String, Row)> {
    vec![
        line("d1", Row::Day("Friday 20 November".into())),
        says(
            1,
            Whose::Other,
            &LONG,
            LONG_WORD,
            "14:05",
            Tick::None,
            Place::Alone,
        ),
        says(
            2,
            Whose::Other,
            &RIGHT_TO_LEFT,
            RIGHT_TO_LEFT_TEXT,
            "14:06",
            Tick::None,
            Place::Alone,
        ),
        says(
            3,
            Whose::Own,
            &CORA,
            "One line.\n\nAnother, after an empty one. And https://раураl.com/login beside https://a@evil.example\\@good.example",
            "14:07",
            Tick::Seen,
            Place::Alone,
        ),
        says(
            4,
            Whose::Own,
            &CORA,
            RIGHT_TO_LEFT_TEXT,
            "14:08",
            Tick::Seen,
            Place::Alone,
        ),
        says(
            5,
            Whose::Own,
            &CORA,
            "Hello?",
            "14:09",
            Tick::Failed(ProblemCode::DuplicateFlood),
            Place::First,
        ),
        says(
            6,
            Whose::Own,
            &CORA,
            "Can you hear me?",
            "14:09",
            Tick::Failed(ProblemCode::NotStored),
            Place::Last,
        ),
    ]
}

/// The same conversation from the other side: Mina looks, Teo is a colleague.
pub fn staff_thread() -> Vec<(String, Row)> {
    vec![
        line("d1", Row::Day("Today".into())),
        says(
            1,
            Whose::Other,
            &CORA,
            "Hello, is the blue lamp back in stock?",
            "09:02",
            Tick::None,
            Place::Alone,
        ),
        says(
            2,
            Whose::Colleague,
            &TEO,
            "Good morning Cora. Let me look.",
            "09:03",
            Tick::Seen,
            Place::Alone,
        ),
        quoting(
            says(
                3,
                Whose::Own,
                &MINA,
                "It is, since this morning.",
                "09:04",
                Tick::Seen,
                Place::Alone,
            ),
            Some(&CORA),
            "Hello, is the blue lamp back in stock?",
        ),
        says(
            4,
            Whose::Other,
            &CORA,
            "Yes please. Thank you!",
            "09:05",
            Tick::None,
            Place::Alone,
        ),
    ]
}

/// One row of a list.
pub fn row(number: u8, who: &Person, time: &str, snippet: &str, unread: u32) -> ListRow {
    ListRow {
        conversation_id: samples::conversation_id(number),
        name: who.name.into(),
        face: Some(who.face()),
        proof: Some(ProofLevel::Claimed),
        time: time.into(),
        snippet: snippet.into(),
        own_snippet: false,
        unread,
        helper: None,
        typing: None,
    }
}

/// An inbox with everything in it.
pub fn inbox() -> Vec<ListRow> {
    vec![
        ListRow {
            typing: Some("Cora".into()),
            ..row(1, &CORA, "now", "Yes please. Thank you!", 1)
        },
        row(
            2,
            &IDRIS,
            "2 min",
            "My parcel has not moved since Tuesday, could somebody look into that for me?",
            12,
        ),
        ListRow {
            proof: Some(ProofLevel::Host),
            helper: Some(MINA.face()),
            own_snippet: true,
            ..row(3, &NOOR, "14:05", "It leaves tomorrow.", 0)
        },
        ListRow {
            helper: Some(TEO.face()),
            ..row(4, &RIGHT_TO_LEFT, "yesterday", RIGHT_TO_LEFT_TEXT, 0)
        },
        ListRow {
            proof: Some(ProofLevel::Mailbox),
            ..row(5, &LONG, "Fri", LONG_WORD, 100)
        },
    ]
}
