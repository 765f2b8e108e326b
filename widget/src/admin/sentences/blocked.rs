//! *Blocked & Reported*: who reported what, who blocked whom.
//!
//! The law: unblocking is asked about first, and the question says whose messages come through again.

use shared::safety::BlockScope;

pub const BLOCKED_AND_REPORTED: &str = "Blocked & Reported";
pub const BLOCKED_LEAD: &str = "Messages that somebody found wrong, and people whose messages somebody stopped. Whoever is blocked or reported isn't told.";
pub const REPORTS: &str = "Reports";
pub const REPORTS_OPEN: &str = "Open";
pub const REPORTS_DISMISSED: &str = "Dismissed";
pub const REPORTS_WHICH: &str = "Parts of this page";
pub const REPORTS_EMPTY: &str = "No report is waiting. All is calm.";
pub const DISMISSED_EMPTY: &str = "No report has been dismissed yet.";
pub const DISMISS: &str = "Dismiss";
pub const READ_CONVERSATION: &str = "Read the conversation";
pub const REPORTED_MESSAGE: &str = "The message";
pub const REPORT_REASON: &str = "The reason";
pub const NO_REASON: &str = "No reason was given.";
pub const REPORT_DISMISSED: &str = "The report is dismissed.";

pub const BLOCKS: &str = "Blocked people";
pub const BLOCKS_EMPTY: &str = "Nobody is blocked.";
pub const UNBLOCK: &str = "Unblock";
pub const SCOPE_SITE: &str = "for the whole site";

/// "Mina Okafor blocked Cora Lindqvist", and for whom.
pub fn who_blocked(blocker: &str, blocked: &str, scope: BlockScope) -> String {
    match scope {
        BlockScope::Site => format!("{blocker} blocked {blocked} {SCOPE_SITE}"),
        BlockScope::Person => format!("{blocker} blocked {blocked}"),
    }
}

pub fn unblock_question(blocked: &str) -> String {
    ["Unblock ", blocked, "?"].concat()
}

/// Whose messages come through again.
pub fn unblock_words(blocker: &str, blocked: &str, scope: BlockScope) -> String {
    let whom = match scope {
        BlockScope::Site => "the guest group",
        BlockScope::Person => blocker,
    };
    format!(
        "New messages of {blocked} reach {whom} again. What they wrote meanwhile doesn't come back."
    )
}

/// "Unblock Cora Lindqvist": several buttons say *Unblock*.
pub fn unblock_whom(blocked: &str, blocker: &str) -> String {
    format!("{UNBLOCK} {blocked}, blocked by {blocker}")
}

pub fn unblocked(blocked: &str) -> String {
    [blocked, " is unblocked."].concat()
}

/// "Cora Lindqvist reported Teo Marchetti".
pub fn who_reported(reporter: &str, reported: &str) -> String {
    format!("{reporter} reported {reported}")
}

/// "Dismiss the report about Teo Marchetti".
pub fn dismiss_whom(reported: &str) -> String {
    format!("{DISMISS} the report about {reported}")
}

pub fn read_whose(reported: &str) -> String {
    format!("{READ_CONVERSATION} with {reported}")
}

/// "Dismissed by Ada Brandt".
pub fn dismissed_by(name: &str) -> String {
    ["Dismissed by ", name].concat()
}
