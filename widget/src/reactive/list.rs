//! A list whose elements stay while what they show changes.
//!
//! The law: an element is made when its key comes and goes when its key goes. A bubble that is sent, then seen, keeps
//! its element, so nothing flickers, focus stays, and those who listen to the log are not told the same message twice.

use super::signal::{ArcCell, Memo, Signal};
use crate::frame::draw::Drawn;

/// Keys, and what is shown of each.
#[derive(Clone, PartialEq)]
struct Rows(Vec<(String, ArcCell)>);

/// Adds a list to an element, and gives every key a signal of its own: the list changes when keys do, a signal when
/// its value does.
pub fn with_list<T: Clone + PartialEq + Send + Sync + 'static>(
    element: Drawn,
    items: Signal<Vec<(String, T)>>,
    draw_row: impl Fn(String, Signal<T>) -> Drawn + 'static,
) -> Drawn {
    let rows = keyed(items);
    let keys = move || rows.with(|rows| rows.0.iter().map(|(key, _)| key.clone()).collect());
    element.each(
        Box::new(keys),
        Box::new(move |key| {
            let cell = rows.with_untracked(|rows| {
                rows.0
                    .iter()
                    .find(|(known, _)| known == key)
                    .map(|(_, cell)| cell.clone())
            });
            draw_row(
                key.into(),
                cell.expect("a key that is listed has its cell")
                    .into_signal(),
            )
        }),
    )
}

fn keyed<T: Clone + PartialEq + Send + Sync + 'static>(
    items: Signal<Vec<(String, T)>>,
) -> Memo<Rows> {
    Memo::new(move |before: Option<&Rows>| {
        let mut matching = Matching {
            before: before.map_or(&[], |rows| &rows.0),
            next: 0,
        };
        let kept = |(key, value): &(String, T)| {
            let cell = matching.find(key).cloned();
            if let Some(cell) = &cell {
                cell.show(value);
            }
            (
                key.clone(),
                cell.unwrap_or_else(|| ArcCell::new(value.clone())),
            )
        };
        Rows(items.with(|items| items.iter().map(kept).collect()))
    })
}

/// Finds what keys had before. Most keep their order, so the next is nearly always where the last one was found.
struct Matching<'a> {
    before: &'a [(String, ArcCell)],
    next: usize,
}

impl Matching<'_> {
    fn find(&mut self, key: &str) -> Option<&ArcCell> {
        let is_it = |place: &usize| {
            self.before
                .get(*place)
                .is_some_and(|(known, _)| known == key)
        };
        let place = Some(self.next)
            .filter(is_it)
            .or_else(|| (0..self.before.len()).find(is_it))?;
        self.next = place + 1;
        Some(&self.before[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactive::RwSignal;
    use reactive_graph::owner::Owner;

    fn rows(items: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
        items
            .iter()
            .map(|(key, value)| ((*key).into(), *value))
            .collect()
    }

    #[test]
    fn a_row_that_changes_keeps_its_signal() {
        Owner::new().with(|| {
            let items = RwSignal::new(rows(&[("1", "sending"), ("2", "seen")]));
            let list = keyed(items.into());
            let before = list.get().0;
            items.set(rows(&[
                ("0", "older"),
                ("1", "sent"),
                ("2", "seen"),
                ("3", "new"),
            ]));
            let after = list.get().0;
            assert!(
                before[0].1 == after[1].1 && before[1].1 == after[2].1,
                "an element was made anew"
            );
            let shown = |(key, cell): &(String, ArcCell)| {
                (key.clone(), cell.clone().into_signal::<&str>().get())
            };
            assert_eq!(
                after.iter().map(shown).collect::<Vec<_>>(),
                rows(&[("0", "older"), ("1", "sent"), ("2", "seen"), ("3", "new")])
            );
            items.set(rows(&[("3", "new")]));
            assert_eq!(list.get().0.len(), 1);
            assert!(list.get().0[0].1 == after[3].1);
        });
    }

    #[test]
    fn rows_in_another_order_keep_their_signals() {
        Owner::new().with(|| {
            let items = RwSignal::new(rows(&[("1", "a"), ("2", "b"), ("3", "c")]));
            let list = keyed(items.into());
            let before = list.get().0;
            items.set(rows(&[("3", "c"), ("1", "a"), ("2", "b")]));
            let after = list.get().0;
            for (place, was) in [(0, 2), (1, 0), (2, 1)] {
                assert!(after[place].1 == before[was].1);
            }
        });
    }
}
