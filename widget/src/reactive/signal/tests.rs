//! What a signal promises, whatever it holds.

use super::*;
use reactive_graph::owner::Owner;
use std::sync::atomic::{AtomicU32, Ordering};

fn owned<Done>(test: impl FnOnce() -> Done) -> Done {
    Owner::new().with(test)
}

#[test]
fn what_is_put_in_is_what_is_found() {
    owned(|| {
        let name = RwSignal::new(String::from("Cora"));
        name.update(|name| name.push('!'));
        assert_eq!(name.get(), "Cora!");
        name.set("Idris".into());
        assert_eq!(name.with(String::len), 5);
        let signal: Signal<String> = name.into();
        assert_eq!(signal.get_untracked(), "Idris");
        assert_eq!(Signal::<String>::from("Mina").get(), "Mina");
        assert_eq!(Signal::<u32>::default().get(), 0);
    });
}

#[test]
fn a_memo_works_out_only_what_changed() {
    owned(|| {
        let runs = Arc::new(AtomicU32::new(0));
        let number = RwSignal::new(1u32);
        let counted = runs.clone();
        let is_even = Memo::new(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
            number.get().is_multiple_of(2)
        });
        let after = Arc::new(AtomicU32::new(0));
        let told = after.clone();
        let reader = Memo::new(move |_| {
            told.fetch_add(1, Ordering::Relaxed);
            is_even.get()
        });
        assert!(!reader.get());
        number.set(3);
        assert!(!reader.get());
        assert_eq!(
            (runs.load(Ordering::Relaxed), after.load(Ordering::Relaxed)),
            (2, 1)
        );
        number.set(4);
        assert!(reader.get());
        assert_eq!(after.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn a_memo_is_handed_what_it_answered_before() {
    owned(|| {
        let added = RwSignal::new(5u32);
        let sum = Memo::new(move |before: Option<&u32>| {
            before.copied().unwrap_or_default() + added.get()
        });
        assert_eq!(sum.get(), 5);
        added.set(7);
        assert_eq!(sum.get(), 12);
    });
}
