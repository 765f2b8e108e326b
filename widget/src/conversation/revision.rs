//! Which durable changes of a conversation this frame knows (D3).
//!
//! The law: every change is known exactly once, whatever order socket and answers come in; what is missing is fetched.

use shared::ids::Revision;

/// What to do with a change that just arrived.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Step {
    /// It is the next one, or one that came early: apply it.
    Apply,
    /// Known already.
    Ignore,
    /// Apply it, and fetch what lies between.
    Fetch,
}

/// The changes known of one conversation.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub struct KnownRevisions {
    /// Everything up to here.
    upto: Revision,
    /// Known beyond that, ascending: answers to own commands overtake events that are still on the socket.
    early: Vec<Revision>,
}

impl KnownRevisions {
    /// Everything up to here is known without a gap.
    pub fn upto(&self) -> Revision {
        self.upto
    }

    /// A fetched head brings everything up to its revision.
    pub fn fetched(&mut self, head: Revision) {
        self.upto = self.upto.max(head);
        self.close_up();
    }

    /// An event came by socket. The socket keeps order, so a hole before it will not be filled by waiting.
    pub fn event(&mut self, revision: Revision) -> Step {
        match self.note(revision) {
            Step::Apply if self.upto < revision => Step::Fetch,
            step => step,
        }
    }

    /// The answer to an own command. It may overtake events on the socket, so a hole before it is no reason to fetch.
    pub fn answer(&mut self, revision: Revision) -> Step {
        self.note(revision)
    }

    fn note(&mut self, revision: Revision) -> Step {
        if revision <= self.upto {
            return Step::Ignore;
        }
        match self.early.binary_search(&revision) {
            Ok(_) => return Step::Ignore,
            Err(place) => self.early.insert(place, revision),
        }
        self.close_up();
        Step::Apply
    }

    fn close_up(&mut self) {
        while let Some(first) = self.early.first().copied() {
            if first.0 > self.upto.0 + 1 {
                break;
            }
            self.upto = self.upto.max(first);
            self.early.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(upto: u64) -> KnownRevisions {
        let mut known = KnownRevisions::default();
        known.fetched(Revision(upto));
        known
    }

    #[test]
    fn the_next_is_applied_an_old_one_ignored_and_a_gap_fetched() {
        let mut revisions = known(5);
        assert_eq!(revisions.event(Revision(6)), Step::Apply);
        assert_eq!(revisions.event(Revision(6)), Step::Ignore);
        assert_eq!(revisions.event(Revision(2)), Step::Ignore);
        assert_eq!(revisions.event(Revision(9)), Step::Fetch);
        assert_eq!(revisions.upto(), Revision(6));
        revisions.fetched(Revision(9));
        assert_eq!(revisions.upto(), Revision(9));
        assert_eq!(revisions.event(Revision(9)), Step::Ignore);
    }

    #[test]
    fn an_answer_that_overtakes_an_event_fetches_nothing() {
        let mut revisions = known(5);
        assert_eq!(revisions.answer(Revision(7)), Step::Apply);
        assert_eq!(revisions.upto(), Revision(5));
        assert_eq!(revisions.event(Revision(6)), Step::Apply);
        assert_eq!(revisions.upto(), Revision(7));
        assert_eq!(revisions.event(Revision(7)), Step::Ignore);
    }

    #[test]
    fn a_fetch_that_is_older_than_what_is_known_takes_nothing_back() {
        let mut revisions = known(9);
        revisions.fetched(Revision(4));
        assert_eq!(revisions.upto(), Revision(9));
    }

    proptest! {
        #[test]
        fn each_change_is_applied_once_in_any_order(
            order in Just((1..=12u64).collect::<Vec<_>>()).prop_shuffle(),
            doubled in proptest::collection::vec(1..=12u64, 0..8),
        ) {
            let mut revisions = KnownRevisions::default();
            let mut applied = Vec::new();
            for revision in order.into_iter().chain(doubled) {
                if revisions.answer(Revision(revision)) == Step::Apply {
                    applied.push(revision);
                }
            }
            applied.sort_unstable();
            prop_assert_eq!(applied, (1..=12u64).collect::<Vec<_>>());
            prop_assert_eq!(revisions.upto(), Revision(12));
        }

        #[test]
        fn without_a_fetch_an_event_stream_never_claims_more_than_it_brought(
            arrived in proptest::collection::vec(1..=20u64, 1..30),
        ) {
            let mut revisions = KnownRevisions::default();
            let mut seen = std::collections::BTreeSet::new();
            for revision in arrived {
                let step = revisions.event(Revision(revision));
                prop_assert_eq!(step == Step::Ignore, !seen.insert(revision) );
                let whole = (1..).take_while(|number| seen.contains(number)).count() as u64;
                prop_assert_eq!(revisions.upto(), Revision(whole));
                prop_assert_eq!(step == Step::Fetch, step != Step::Ignore && whole < revision);
            }
        }
    }
}
