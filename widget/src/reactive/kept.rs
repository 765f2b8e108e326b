//! Values that are kept, and tell nobody.
//!
//! The law: for what lives as long as the frame: such a value is made once and never given back.

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::traits::WithValue;
use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

/// A kept value.
pub struct Kept<T> {
    stored: StoredValue<Rc<dyn Any>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

#[inline(never)]
fn store(value: Rc<dyn Any>) -> StoredValue<Rc<dyn Any>, LocalStorage> {
    StoredValue::new_local(value)
}

#[inline(never)]
fn stored(stored: StoredValue<Rc<dyn Any>, LocalStorage>) -> Rc<dyn Any> {
    stored.with_value(Rc::clone)
}

impl<T: 'static> Kept<T> {
    pub fn new(value: T) -> Self {
        Self {
            stored: store(Rc::new(RefCell::new(value))),
            of: PhantomData,
        }
    }

    pub fn with_value<Seen>(self, look: impl FnOnce(&T) -> Seen) -> Seen {
        let any = stored(self.stored);
        look(&cell(&*any).borrow())
    }

    pub fn update_value<Done>(self, change: impl FnOnce(&mut T) -> Done) -> Done {
        let any = stored(self.stored);
        change(&mut cell(&*any).borrow_mut())
    }

    pub fn set_value(self, value: T) {
        // What was there is dropped after the cell is free again: dropping it may look into the cell.
        let before = self.update_value(|kept| core::mem::replace(kept, value));
        drop(before);
    }
}

impl<T: Clone + 'static> Kept<T> {
    pub fn get_value(self) -> T {
        self.with_value(T::clone)
    }
}

fn cell<T: 'static>(any: &dyn Any) -> &RefCell<T> {
    any.downcast_ref()
        .expect("a kept value has the type of its handle")
}
