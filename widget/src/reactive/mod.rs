//! Signals with one body for all types.
//!
//! The law: these are Leptos's signals (`reactive_graph`), told apart only at the edges. Leptos compiles all of a signal's machinery anew
//! for each type that it holds; in a chat with forty such types that machinery was most of what a visitor downloads
//! (`docs/performance.md`, P2). Here it is compiled once, for a box, and each type pays only for looking into it.
//! Names and methods are Leptos's.

/// Values that are kept, and tell nobody.
mod kept;
/// Lists whose elements stay.
mod list;
/// What can be read: a cell, a memo, or what is worked out from others.
mod signal;

pub use kept::Kept;
pub use list::with_list;
pub use signal::{Effect, Memo, RwSignal, Signal};

pub use reactive_graph::callback::{Callable, Callback};
pub use reactive_graph::graph::untrack;
pub use reactive_graph::signal::Trigger;
pub use reactive_graph::traits::{Notify, Track};
