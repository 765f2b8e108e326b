//! What can be read: a cell, a memo, or what is worked out from others.
//!
//! The law: a box holds what its handle says, because only its handle puts anything in.

use reactive_graph::computed::Memo as GraphMemo;
use reactive_graph::effect::Effect as GraphEffect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::StoredValue;
use reactive_graph::signal::{ArcRwSignal, RwSignal as GraphSignal};
use reactive_graph::traits::{GetValue, Read, ReadUntracked, Write};
use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

/// Anything.
type Boxed = Box<dyn Any + Send + Sync>;
type Cell = GraphSignal<Boxed>;
type Derived = Arc<dyn Fn() -> Boxed + Send + Sync>;
type WorkOut = Box<dyn Fn(Option<&Compared>) -> Compared + Send + Sync>;

/// Why looking into a box finds what is looked for.
const LAW: &str = "a box holds what its handle says";

/// Something whose readers are told when it becomes different.
trait Comparable: Any + Send + Sync {
    fn is_same(&self, other: &dyn Comparable) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PartialEq + Send + Sync + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Comparable) -> bool {
        other
            .as_any()
            .downcast_ref::<T>()
            .is_some_and(|other| self == other)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone)]
struct Compared(Arc<dyn Comparable>);

impl PartialEq for Compared {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

/// Where a value comes from.
#[derive(Clone, Copy)]
enum Source {
    Cell(Cell),
    Memo(GraphMemo<Compared>),
    Derived(StoredValue<Derived>),
}

/// Holds a value still while somebody looks.
enum Held {
    Cell(<Cell as Read>::Value),
    Memo(<GraphMemo<Compared> as Read>::Value),
    Derived(Boxed),
}

impl Held {
    #[inline(never)]
    fn any(&self) -> &dyn Any {
        match self {
            Self::Cell(guard) => &***guard,
            Self::Memo(guard) => guard.0.as_any(),
            Self::Derived(boxed) => &**boxed,
        }
    }
}

/// Whether whoever looks wants to be told of changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Tracked,
    Once,
}

/// Takes hold of what is there. The one place where all types' reading happens.
#[inline(never)]
fn hold(source: Source, wish: Wish) -> Held {
    match (source, wish) {
        (Source::Cell(cell), Wish::Tracked) => Held::Cell(cell.read()),
        (Source::Cell(cell), Wish::Once) => Held::Cell(cell.read_untracked()),
        (Source::Memo(memo), Wish::Tracked) => Held::Memo(memo.read()),
        (Source::Memo(memo), Wish::Once) => Held::Memo(memo.read_untracked()),
        (Source::Derived(derived), Wish::Tracked) => Held::Derived(derived.get_value()()),
        (Source::Derived(derived), Wish::Once) => Held::Derived(untrack(|| derived.get_value()())),
    }
}

#[inline(never)]
fn let_go(held: Held) {
    drop(held);
}

/// Compiled once for each type, not once for each look.
#[inline(never)]
fn value_in<T: 'static>(held: &Held) -> &T {
    held.any().downcast_ref().expect(LAW)
}

fn look<T: 'static, Seen>(source: Source, wish: Wish, look: impl FnOnce(&T) -> Seen) -> Seen {
    let held = hold(source, wish);
    let seen = look(value_in(&held));
    let_go(held);
    seen
}

/// Changes what is there, and tells its readers. The one place where all types' writing happens.
#[inline(never)]
fn change(cell: Cell, change: &mut dyn FnMut(&mut Boxed)) {
    change(&mut cell.write());
}

#[inline(never)]
fn put(cell: Cell, boxed: Boxed) {
    let before = core::mem::replace(&mut *cell.write(), boxed);
    // Dropped after the cell is free again.
    drop(before);
}

#[inline(never)]
fn new_cell(boxed: Boxed) -> Cell {
    Cell::new(boxed)
}

#[inline(never)]
fn new_memo(work_out: WorkOut) -> GraphMemo<Compared> {
    GraphMemo::new(move |before: Option<&Compared>| work_out(before))
}

#[inline(never)]
fn new_derived(derived: Derived) -> Source {
    Source::Derived(StoredValue::new(derived))
}

macro_rules! readable {
    ($name:ident) => {
        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T: 'static> $name<T> {
            /// Looks, and is told of changes.
            pub fn with<Seen>(self, seen: impl FnOnce(&T) -> Seen) -> Seen {
                look(self.source(), Wish::Tracked, seen)
            }

            /// Looks once.
            pub fn with_untracked<Seen>(self, seen: impl FnOnce(&T) -> Seen) -> Seen {
                look(self.source(), Wish::Once, seen)
            }

            /// Is told of changes.
            pub fn track(self) {
                let_go(hold(self.source(), Wish::Tracked));
            }
        }

        impl<T: Clone + 'static> $name<T> {
            pub fn get(self) -> T {
                self.with(T::clone)
            }

            pub fn get_untracked(self) -> T {
                self.with_untracked(T::clone)
            }
        }
    };
}

/// A value that changes by being set.
pub struct RwSignal<T> {
    cell: Cell,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self {
            cell: new_cell(Box::new(value)),
            of: PhantomData,
        }
    }

    pub fn set(self, value: T) {
        put(self.cell, Box::new(value));
    }

    /// Changes it, and tells its readers.
    pub fn update(self, update: impl FnOnce(&mut T)) {
        let mut update = Some(update);
        change(self.cell, &mut |boxed| {
            if let Some(update) = update.take() {
                update(boxed.downcast_mut().expect(LAW));
            }
        });
    }
}

impl<T> RwSignal<T> {
    fn source(self) -> Source {
        Source::Cell(self.cell)
    }
}

readable!(RwSignal);

/// A value that is counted, not owned: for lists, whose rows outlive the reading that made them.
#[derive(Clone)]
pub(super) struct ArcCell(ArcRwSignal<Boxed>);

impl PartialEq for ArcCell {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl ArcCell {
    pub fn new<T: Send + Sync + 'static>(value: T) -> Self {
        Self(ArcRwSignal::new(Box::new(value)))
    }

    /// Shows this value, if it is another one.
    pub fn show<T: Clone + PartialEq + Send + Sync + 'static>(&self, value: &T) {
        let is_same = self.0.read_untracked().downcast_ref::<T>() == Some(value);
        if !is_same {
            *self.0.write() = Box::new(value.clone());
        }
    }

    /// A handle that lives as long as whoever asks.
    pub fn into_signal<T>(self) -> Signal<T> {
        Signal {
            source: Source::Cell(self.0.into()),
            of: PhantomData,
        }
    }
}

/// A value worked out from others, whose readers are told only when it becomes different.
pub struct Memo<T> {
    memo: GraphMemo<Compared>,
    of: PhantomData<fn() -> T>,
}

impl<T: PartialEq + Send + Sync + 'static> Memo<T> {
    pub fn new(work_out: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let memo = new_memo(Box::new(move |before| {
            let before = before.and_then(|before| before.0.as_any().downcast_ref());
            Compared(Arc::new(work_out(before)))
        }));
        Self {
            memo,
            of: PhantomData,
        }
    }
}

impl<T> Memo<T> {
    fn source(self) -> Source {
        Source::Memo(self.memo)
    }
}

readable!(Memo);

/// A value to read, wherever it comes from.
pub struct Signal<T> {
    source: Source,
    of: PhantomData<fn() -> T>,
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// Worked out anew for each reader.
    pub fn derive(work_out: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self {
            source: new_derived(Arc::new(move || Box::new(work_out()) as Boxed)),
            of: PhantomData,
        }
    }
}

impl<T> Signal<T> {
    fn source(self) -> Source {
        self.source
    }
}

readable!(Signal);

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self {
            source: signal.source(),
            of: PhantomData,
        }
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self {
            source: memo.source(),
            of: PhantomData,
        }
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        RwSignal::new(value).into()
    }
}

impl From<&str> for Signal<String> {
    fn from(value: &str) -> Self {
        String::from(value).into()
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        T::default().into()
    }
}

/// Something done again whenever what it reads changes.
pub struct Effect;

impl Effect {
    /// Does it now, and again; each time it is handed what it answered before.
    #[expect(
        clippy::new_ret_no_self,
        reason = "an effect lives with its owner and has no handle, as Leptos's"
    )]
    pub fn new<Kept: 'static>(mut act: impl FnMut(Option<Kept>) -> Kept + 'static) {
        let mut kept = None;
        run(Box::new(move || kept = Some(act(kept.take()))));
    }
}

#[inline(never)]
fn run(mut act: Box<dyn FnMut()>) {
    GraphEffect::new(move |_: Option<()>| act());
}

#[cfg(test)]
mod tests;
