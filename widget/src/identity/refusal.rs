//! Why the server said no, for as long as it holds.
//!
//! The law: a wait that the server asks for is counted down, and then it is gone by itself.

use crate::frame::clock;
use crate::net::Failure;
use crate::reactive::RwSignal;
use shared::problem::Problem;

/// Says why not.
pub fn refuse(refused: RwSignal<Option<Problem>>, failure: Failure) {
    let problem = failure.problem();
    refused.set(Some(problem));
    if problem.retry_after_s.is_some() {
        clock::after(1_000, move || count_down(refused, problem));
    }
}

/// A second of a wait has passed. `before`: as it was said; whatever is said by now is another answer's.
fn count_down(refused: RwSignal<Option<Problem>>, before: Problem) {
    if refused.with_untracked(|now| *now != Some(before)) {
        return;
    }
    let left = before.retry_after_s.unwrap_or_default().saturating_sub(1);
    if left == 0 {
        refused.set(None);
        return;
    }
    let problem = Problem {
        retry_after_s: Some(left),
        ..before
    };
    refused.set(Some(problem));
    clock::after(1_000, move || count_down(refused, problem));
}
