//! What of the log stands in somebody's export.
//!
//! The law: what they did stands there, and what was done with them, but for what the product tells nobody: that they
//! were blocked or reported (decision 0025).

use super::document::Doer;
use shared::safety::Action;

/// Whether a line is theirs to read.
pub const fn may_tell(action: Action, doer: Doer) -> bool {
    matches!(doer, Doer::They)
        || !matches!(
            action,
            Action::PersonBlocked
                | Action::PersonUnblocked
                | Action::MessageReported
                | Action::ReportDismissed
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_learns_that_they_were_blocked_or_reported() {
        let secret = |action: &&Action| {
            let word = action.word();
            word.contains("block") || word.contains("report")
        };
        assert_eq!(Action::ALL.iter().filter(secret).count(), 4);
        for action in Action::ALL {
            assert!(may_tell(*action, Doer::They));
            for doer in [Doer::Another, Doer::Nobody] {
                assert_eq!(may_tell(*action, doer), !secret(&action), "{action:?}");
            }
        }
    }
}
