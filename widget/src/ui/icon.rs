//! Drawings of one line, built as view nodes: no image is ever fetched.
//!
//! The law: a drawing says nothing on its own; whoever shows it gives it a name in words.

use crate::frame::draw::{Drawn, draw_svg};

/// Which drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Towards where one came from; mirrored where lines run from right to left.
    Back,
    Close,
    More,
    Send,
    Reply,
    Down,
    /// On its way.
    Clock,
    /// Stored.
    Check,
    /// Seen.
    Checks,
    Failed,
    /// The host vouched for them.
    Shield,
    /// They confirmed their address.
    Envelope,
    /// They are who they say they are, or not.
    Person,
    /// Leads out of this window.
    Outward,
    Plus,
}

impl Icon {
    /// Strokes on a 24 by 24 grid.
    const fn strokes(self) -> &'static str {
        match self {
            Self::Back => "M15 5l-7 7 7 7",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::More => "M5 12h.01M5 12.5v-1M12 12.5v-1M19 12.5v-1M4.5 12h1M11.5 12h1M18.5 12h1",
            Self::Send => "M12 19V5M5.5 11.5L12 5l6.5 6.5",
            Self::Reply => "M9 7l-5 5 5 5M4 12h9a7 7 0 0 1 7 7",
            Self::Down => "M12 5v14M5.5 12.5L12 19l6.5-6.5",
            Self::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Checks => "M2 12.5L6.5 17 16 7.5M11.5 16l1 1L22 7.5",
            Self::Failed => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5v5.5M12 16.5h.01",
            Self::Shield => {
                "M12 3l7 3v5.5c0 4.5-3 7.8-7 9.5-4-1.7-7-5-7-9.5V6zM8.8 12l2.2 2.2 4.2-4.4"
            }
            Self::Envelope => "M4 6h16v12H4zM4 7l8 6 8-6",
            Self::Person => {
                "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-3.5 4-5 7.5-5s6.5 1.5 7.5 5"
            }
            Self::Outward => "M14 5h5v5M19 5l-8 8M10 6H5v13h13v-5",
            Self::Plus => "M12 5v14M5 12h14",
        }
    }
}

/// A drawing, hidden from those who listen.
pub fn icon(which: Icon) -> Drawn {
    let is_directed = matches!(which, Icon::Back | Icon::Reply | Icon::Outward);
    strokes("icon", "0 0 24 24", which.strokes()).class_if("is-directed", is_directed)
}

/// Lines on a grid, hidden from those who listen.
pub fn strokes(class: &str, grid: &str, lines: &str) -> Drawn {
    let drawing = draw_svg("svg")
        .class(class)
        .set("viewBox", grid)
        .set("aria-hidden", "true");
    drawing.child(draw_svg("path").set("d", lines))
}
