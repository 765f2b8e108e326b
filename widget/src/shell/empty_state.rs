//! Nothing to show: one drawing in hairlines, one sentence, one action.
//!
//! The law: it says what will be here, or what to do next, and never apologises.

use crate::frame::draw::{Drawn, draw};
use crate::reactive::Callback;
use crate::ui::{Weight, button, strokes};

/// A drawing: strokes on a 112 by 80 grid. A program holds those that it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Drawing(&'static str);

impl Drawing {
    /// A lamp beside a door: somebody can be written to.
    pub const PORCH: Self = Self(
        "M10 74h92M30 74V14h32v60M35 74V19h22v55M52 47h.5M74 34V24h10v8M79 32h10l3 16H76zM80 48v4h8v-4M70 57l-4 6M84 59v7M98 57l4 6",
    );
    /// An empty letter tray.
    pub const TRAY: Self =
        Self("M20 74h72V48L80 22H32L20 48zM20 48h22l5 9h18l5-9h22M44 34h24M41 41h30");
    /// A cup: all done.
    pub const CUP: Self = Self(
        "M32 34h40v22a14 14 0 0 1-14 14H46a14 14 0 0 1-14-14zM72 40h6a8 8 0 0 1 0 16h-6M24 74h56M44 26c-3-5 3-6 0-12M54 26c-3-5 3-6 0-12M64 26c-3-5 3-6 0-12",
    );
    /// A window of its own.
    pub const WINDOW: Self =
        Self("M18 14h76v56H18zM18 26h76M25 20h.5M31 20h.5M37 20h.5M46 48h20M59 41l7 7-7 7");
    /// A cut line.
    pub const LINE: Self =
        Self("M8 44h30l6-10M104 44H74l-6 10M50 28l-4-8M58 26v-9M62 60l4 8M54 62v9");
    /// A bench with a lamp beside it, and nobody on it.
    pub const NOBODY: Self = Self(
        "M10 74h92M24 74V56M72 74V56M20 56h56M24 56V34M72 56V34M24 36h48M24 45h48M90 74V26M84 26h12M86 26l-2-12h12l-2 12M78 24l-6 3M102 24l6 3M90 8V4",
    );
}

/// What can be done about it.
#[derive(Clone)]
pub enum Action {
    Press {
        label: &'static str,
        on_press: Callback<()>,
    },
    /// Opens elsewhere.
    Follow { label: &'static str, href: String },
}

/// `sentence`: what will be here, or what to do next.
pub fn empty_state(drawing: Drawing, sentence: &str, action: Option<Action>) -> Drawn {
    let sentence = draw("p")
        .class("empty-sentence")
        .set("dir", "auto")
        .text(sentence);
    let empty = draw("div")
        .class("empty")
        .child(strokes("empty-drawing", "0 0 112 80", drawing.0))
        .child(sentence);
    empty.children(action.map(|action| match action {
        Action::Press { label, on_press } => button(label, Weight::Quiet, on_press),
        Action::Follow { label, href } => {
            let link = draw("a")
                .class("button is-quiet")
                .set("href", &href)
                .text(label);
            link.set("target", "_blank").set("rel", "noopener")
        }
    }))
}
