//! Colours, sizes and the accent.
//!
//! The law: `tokens.css` is the only style file with raw colours and sizes, and `accent.rs` the only code that makes a
//! colour. Whatever accent a site chooses, what is written on it or in it can be read (at least 4.5 : 1).

/// The site's one colour, and what can be read on it and beside it.
mod accent;
/// The element that carries the accent, the language and its direction.
mod themed;

pub use accent::Accent;
pub use themed::themed;
