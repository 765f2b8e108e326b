//! A list whose elements stay while what they show changes.
//!
//! The law: an element is made when its key comes and goes when its key goes. A bubble that is sent, then seen, keeps
//! its element, so nothing flickers, focus stays, and those who listen to the log are not told the same message twice.

use leptos::prelude::*;
use std::collections::HashMap;
use std::hash::Hash;

/// Gives every key a signal of its own, for `<For>`: the list changes when keys do, a signal when its value does.
pub fn keyed<K, T>(source: Signal<Vec<(K, T)>>) -> Memo<Vec<(K, ArcRwSignal<T>)>>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |previous: Option<&Vec<(K, ArcRwSignal<T>)>>| {
        let known: HashMap<&K, &ArcRwSignal<T>> = previous
            .into_iter()
            .flatten()
            .map(|(key, signal)| (key, signal))
            .collect();
        source.with(|source| {
            source
                .iter()
                .map(|(key, value)| (key.clone(), kept(&known, key, value)))
                .collect()
        })
    })
}

/// The signal that the key has had, showing the new value, or a new one.
fn kept<K: Eq + Hash, T: Clone + PartialEq + Send + Sync + 'static>(
    known: &HashMap<&K, &ArcRwSignal<T>>,
    key: &K,
    value: &T,
) -> ArcRwSignal<T> {
    match known.get(key) {
        Some(signal) => {
            if signal.with_untracked(|shown| shown != value) {
                signal.set(value.clone());
            }
            (*signal).clone()
        }
        None => ArcRwSignal::new(value.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_changes_keeps_its_signal() {
        let owner = Owner::new();
        owner.set();
        let source = RwSignal::new(vec![(1, "sending"), (2, "seen")]);
        let list = keyed(source.into());
        let before = list.get();
        source.set(vec![(1, "sent"), (2, "seen"), (3, "new")]);
        let after = list.get();
        assert!(
            before[0].1 == after[0].1 && before[1].1 == after[1].1,
            "an element was made anew"
        );
        assert_eq!(
            after
                .iter()
                .map(|(key, signal)| (*key, signal.get()))
                .collect::<Vec<_>>(),
            [(1, "sent"), (2, "seen"), (3, "new")]
        );
        source.set(vec![(3, "new")]);
        assert_eq!(list.get().len(), 1);
        assert!(list.get()[0].1 == after[2].1);
    }
}
