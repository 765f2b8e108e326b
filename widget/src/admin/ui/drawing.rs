//! Drawings of one line, built as view nodes: no image is ever fetched.
//!
//! The law: a drawing says nothing on its own; words stand beside it.

use leptos::prelude::*;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    Menu,
    Speech,
    Lantern,
    Flag,
    People,
    Person,
    Sliders,
    Lines,
    Leave,
    Warning,
    Close,
    Plus,
    Check,
    Copy,
}

impl Drawing {
    /// Strokes on a 24 by 24 grid.
    const fn strokes(self) -> &'static str {
        match self {
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Speech => "M5 5h14v11h-8l-4 3.5V16H5z",
            Self::Lantern => "M9 4h6M12 4V2M8 8l1-4h6l1 4M8 8h8l1 10H7zM7 18h10M9 21h6M12 11v4",
            Self::Flag => "M6 21V4M6 4h11l-2 4 2 4H6",
            Self::People => {
                "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.8-3.5 3.2-5 6.500-5s5.700 1.500 6.500 5M16 4.500a3.500 3.500 0 0 1 0 6.500M18 15.500c1.800.7 3 2.200 3.500 4.500"
            }
            Self::Person => {
                "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c1-3.5 4-5 7.5-5s6.5 1.5 7.5 5"
            }
            Self::Sliders => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
            Self::Lines => "M4 6h.01M8 6h12M4 12h.01M8 12h12M4 18h.01M8 18h12",
            Self::Leave => "M10 5H5v14h5M14 8l4 4-4 4M18 12H9",
            Self::Warning => "M12 4l9 16H3zM12 10v4.500M12 17.500h.01",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
        }
    }
}

/// Hidden from those who listen.
pub fn drawing(which: Drawing) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=which.strokes()></path>
        </svg>
    }
}
