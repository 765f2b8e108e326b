//! What a field shows and changes.
//!
//! The law: a field keeps nothing of its own; it shows what it is handed, and hands back what was typed.

use leptos::prelude::*;

/// Read and write, in one hand.
pub struct Value<Kind: Send + Sync + 'static> {
    read: Signal<Kind>,
    write: Callback<Kind>,
}

impl<Kind: Send + Sync + 'static> Clone for Value<Kind> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Kind: Send + Sync + 'static> Copy for Value<Kind> {}

impl<Kind: Clone + Send + Sync + 'static> Value<Kind> {
    /// A part of something larger.
    pub fn new(
        read: impl Fn() -> Kind + Send + Sync + 'static,
        write: impl Fn(Kind) + Send + Sync + 'static,
    ) -> Self {
        Self {
            read: Signal::derive(read),
            write: Callback::new(write),
        }
    }

    pub fn get(self) -> Kind {
        self.read.get()
    }

    pub fn get_untracked(self) -> Kind {
        self.read.get_untracked()
    }

    pub fn set(self, value: Kind) {
        self.write.run(value);
    }
}

impl<Kind: Clone + Send + Sync + 'static> From<RwSignal<Kind>> for Value<Kind> {
    fn from(signal: RwSignal<Kind>) -> Self {
        Self::new(move || signal.get(), move |value| signal.set(value))
    }
}
