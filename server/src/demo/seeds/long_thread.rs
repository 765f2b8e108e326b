//! A long thread, over several days: something to scroll back in.
//!
//! The law: more messages than two pages hold, and day lines between them. Each day is talked about at the hour at which
//! the demonstration starts: nobody knows the viewer's time zone, but people try things while they are awake.

use super::{Ending, Line, Scene, Standing, customer, mina, teo};
use shared::samples::NOOR;

/// Noor furnishes a reading room. Begun nine days before the start.
pub const LONG_THREAD: Scene = Scene {
    customer: &NOOR,
    standing: Standing::User,
    began_minutes_ago: 9 * 24 * 60,
    lines: &READING_ROOM,
    ending: Ending::Read,
};

const READING_ROOM: [Line; 68] = [
    customer(
        0,
        "Hello! I am furnishing a small reading room above our library, and I would like your light in it.",
    ),
    mina(
        4,
        "Hello Noor, what a lovely thing to do. Tell me about the room.",
    ),
    customer(
        2,
        "Six metres by four. One long table, a sofa, two armchairs, and a window to the north.",
    ),
    customer(1, "People come after work, so it is mostly dark."),
    mina(3, "How high is the ceiling?"),
    customer(1, "Just under three metres."),
    mina(
        2,
        "Good, then a pendant over the table won't be in anybody's way. I'd hang a Paper Moon there.",
    ),
    customer(2, "One or two?"),
    mina(
        3,
        "For a table of that length, two. One makes a stage of the middle.",
    ),
    customer(1, "Ha. We have enough of those."),
    mina(2, "How long is the table, exactly?"),
    customer(6, "I went to measure: 2.80 m."),
    mina(
        2,
        "Then two, 1.30 m apart, their lower edge 65 cm over the table top.",
    ),
    customer(1, "Written down."),
    customer(3, "Is it enough light to read small print?"),
    mina(
        2,
        "Soft light for talking, yes. For small print I'd add a reading lamp at each end.",
    ),
    customer(1, "The brass one?"),
    mina(
        1,
        "The brass one. The shade turns, so neighbours don't get it in the eyes.",
    ),
    customer(4, "How warm are the bulbs?"),
    mina(
        2,
        "2,700 kelvin. We can send 2,200 if you like it more like a candle.",
    ),
    customer(1, "2,700 sounds right for reading."),
    mina(1, "It is."),
    customer(9, "I have to run to my shift. May I come back tomorrow?"),
    mina(1, "Of course. Everything stays here."),
    customer(1390, "Hello again, I am back. About the sofa corner."),
    teo(
        3,
        "Hello Noor. Mina is at the kiln today, I am Teo. I have read along, so go on.",
    ),
    customer(2, "Oh good, then I needn't tell it all again."),
    teo(1, "That's the idea."),
    customer(2, "The sofa is dark green and a little tired."),
    teo(
        2,
        "A Heather Throw over the back, and two Ember Cushions. The red wakes the green.",
    ),
    customer(1, "Would that not look like Christmas?"),
    teo(
        2,
        "It would with a bright red. Ember is nearer to rust, and heather cools it.",
    ),
    customer(3, "Could I see them in daylight before I order?"),
    teo(
        2,
        "We can send swatches of both. They're free, and we don't want them back.",
    ),
    customer(1, "Yes please."),
    teo(1, "To the library's address?"),
    customer(1, "To the library, yes. They know me."),
    teo(2, "They go out today."),
    customer(
        5,
        "And by the armchairs? There is a small round table between them.",
    ),
    teo(
        2,
        "A Blue Harbour Lamp. It is the right height for two people who read and don't talk.",
    ),
    customer(1, "You have met our guests."),
    teo(1, "We have an armchair like that too."),
    customer(4, "Is the blue one in stock?"),
    teo(
        1,
        "Four left. I'll put one aside for you, without obligation.",
    ),
    customer(1, "Thank you, that is kind."),
    customer(2830, "The swatches are here. The rust is beautiful."),
    mina(7, "I'm glad! And the heather?"),
    customer(2, "Also. But my colleague asks whether the wool scratches."),
    mina(
        2,
        "It's lambswool, so hardly. Put the swatch to the inside of your wrist for a minute.",
    ),
    customer(3, "She did. She wants one for home now."),
    mina(1, "It happens."),
    customer(
        6,
        "So: two Paper Moons, two reading lamps, one Blue Harbour, one throw, two cushions.",
    ),
    customer(1, "Did I forget anything?"),
    mina(
        3,
        "Something for the door? The floor there will suffer in winter.",
    ),
    customer(2, "True. One Doorstep Rug, then."),
    mina(2, "Shall I write it all up as an offer?"),
    customer(1, "Yes please, addressed to the library."),
    mina(
        26,
        "It's in the mail to you. Ten per cent off, because you lend books to people.",
    ),
    customer(4, "Oh! Thank you. The board meets the day after tomorrow."),
    mina(1, "I keep everything aside until then."),
    customer(2820, "They said yes. To all of it, rug included."),
    teo(3, "Wonderful! Then it leaves on Monday, in three boxes."),
    customer(2, "Is somebody needed to carry?"),
    teo(1, "The heaviest has 9 kg. One person and a lift will do."),
    customer(1, "We have stairs and two students."),
    teo(1, "Even better."),
    customer(2, "Thank you both. I'll send a picture when it glows."),
    mina(12, "Please do. It goes on our wall."),
];
