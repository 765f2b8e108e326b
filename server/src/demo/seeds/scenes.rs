//! The short conversations.
//!
//! The law: in the words of `shared::samples`, nobody else exists.

use super::{Ending, Line, Scene, Standing, customer, mina, teo};
use shared::samples::{IDRIS, LONG, NOOR, RIGHT_TO_LEFT};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Oldest first.
pub const SCENES: [Scene; 4] = [
    Scene {
        customer: &NOOR,
        standing: Standing::User,
        began_minutes_ago: 2 * DAY,
        lines: &WASHING,
        ending: Ending::Waiting,
    },
    Scene {
        customer: &IDRIS,
        standing: Standing::Guest,
        began_minutes_ago: 25 * HOUR,
        lines: &PANE,
        ending: Ending::Read,
    },
    Scene {
        customer: &LONG,
        standing: Standing::Guest,
        began_minutes_ago: 41,
        lines: &ENGRAVING,
        ending: Ending::Waiting,
    },
    Scene {
        customer: &RIGHT_TO_LEFT,
        standing: Standing::Guest,
        began_minutes_ago: 12,
        lines: &SHIPPING,
        ending: Ending::Waiting,
    },
];

const WASHING: [Line; 6] = [
    customer(
        0,
        "Hello! My heather throw had an accident with some tea. May it go into the machine?",
    ),
    teo(
        5,
        "Hello Noor. Better not: wool and spin cycles don't get on.",
    ),
    teo(
        1,
        "Cold water, a drop of wool soap, press it, don't wring it. Then dry it flat on a towel.",
    ),
    customer(9, "And if the stain stays?"),
    teo(
        2,
        "Then send it to us. We have a bath for that, and it costs you the postage only.\n\nThe address is on the label \
         in the corner.",
    ),
    teo(1420, "Did it work?"),
];

const PANE: [Line; 7] = [
    customer(
        0,
        "Hello. A pane of my porch lantern cracked in the frost. Can I buy just the glass?",
    ),
    mina(
        6,
        "Hello Idris, I'm sorry about the frost. Yes, every pane can be had by itself, for € 6.",
    ),
    mina(
        0,
        "Is it one of the four side panes, or the little one on top?",
    ),
    customer(4, "A side pane."),
    mina(
        3,
        "Then it goes out tomorrow morning. The bill is in the box; no need to pay before.",
    ),
    customer(2, "That is very kind, thank you."),
    mina(1, "You're welcome. Keep the light on."),
];

const ENGRAVING: [Line; 2] = [
    customer(
        0,
        "Good day. I would like the brass reading lamp as a present, with a name engraved on its foot. The name is \
         mine, and people tell me it is rather long. Is there a limit?",
    ),
    customer(3, "It may go around twice."),
];

const SHIPPING: [Line; 2] = [
    customer(0, "مرحبًا، هل ما زال المصباح الأزرق متوفرًا؟"),
    customer(1, "وهل يمكنكم إرساله إلى الرباط؟"),
];
