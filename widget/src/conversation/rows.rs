//! The thread as it is shown, from top to bottom: day lines, the "new messages" marker, notices, bubbles.
//!
//! The law: plain values, made by `message_log.rs` and the labels of `frame`; a view adds nothing but looks.

use shared::identity::Face;
use shared::ids::Position;
use shared::problem::ProblemCode;

/// One line of the thread. Each has a key that stays the same from pending to seen, so that its element stays too.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Row {
    /// "Today", "Yesterday", "Friday 20 November".
    Day(String),
    /// Everything below was unread when the thread was opened.
    NewMessages,
    /// A line of nobody's.
    Notice(Line),
    Bubble(Bubble),
}

/// A line of nobody's, and what can be done about what it says.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Line {
    pub text: String,
    pub offer: Option<Offer>,
}

impl Line {
    /// That can be read, and nothing else.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            offer: None,
        }
    }
}

/// What can be done about a conversion.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Offer {
    /// The user says that the guest was somebody else.
    NotMe,
    /// Admins take it back, on the admin page.
    Undo,
}

/// What is to be known of a message's words.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Mark {
    #[default]
    None,
    /// Sent before sign-in, by somebody who proved no address (C4).
    Unproven,
    /// They were erased; the text says so.
    Erased,
}

/// One message.
#[derive(Clone, PartialEq, Eq)]
pub struct Bubble {
    pub whose: Whose,
    /// `None` for the viewer's own.
    pub author: Option<Face>,
    pub text: String,
    /// "14:05".
    pub time: String,
    pub tick: Tick,
    pub place: Place,
    /// `None` while it is pending.
    pub position: Option<Position>,
    /// The message that it answers.
    pub quote: Option<Quote>,
    pub mark: Mark,
}

/// A quoted message, above the answer to it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct Quote {
    pub position: Position,
    /// `None`: the viewer's own words.
    pub name: Option<String>,
    /// Cut to one line. Empty while the quoted message is not on this screen.
    pub text: String,
}

/// Where a bubble stands and what it wears.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Whose {
    /// The viewer's.
    Own,
    /// A colleague's of the viewer's: the same side, with a name.
    Colleague,
    /// The other side's.
    Other,
}

/// How far an own message has come.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Tick {
    /// Not the viewer's side: no tick.
    None,
    /// On its way.
    Pending,
    /// Stored.
    Sent,
    /// The other side had it on screen.
    Seen,
    /// Refused, and why; *Retry* sends the same message again.
    Failed(ProblemCode),
}

/// A bubble's place among neighbours of the same person within two minutes: face first, time last.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Place {
    Alone,
    First,
    Middle,
    Last,
}

impl Place {
    /// The first of its group shows the face and the name.
    pub const fn opens(self) -> bool {
        matches!(self, Self::Alone | Self::First)
    }

    /// The last of its group shows the time.
    pub const fn closes(self) -> bool {
        matches!(self, Self::Alone | Self::Last)
    }
}

#[cfg(any(debug_assertions, not(target_arch = "wasm32")))]
impl core::fmt::Debug for Bubble {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            formatter,
            "{:?} {:?} {:?} {:?} {:?} {}",
            self.whose, self.place, self.tick, self.mark, self.time, self.text
        )
    }
}
