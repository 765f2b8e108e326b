//! What a dry run found, in words and as lines of a table.
//!
//! The law: every guest is in exactly one line, so the lines come to the number that the sentence names.

use super::guests;
use crate::admin::sentences::counted;
use shared::conversion::{ConversionPolicy, DryRunOutcome};
use shared::limits;

pub const DRY_RUN: &str = "See what would happen";
pub const DRY_RUN_HELP: &str =
    "Looks at the guests there are, with what is chosen above. Nothing is changed.";
pub const DRY_RUN_RUNNING: &str = "Looking at every guest…";
pub const DRY_RUN_WHAT: &str = "What would happen";
pub const DRY_RUN_GUESTS: &str = "Guests";
pub const DRY_RUN_NOBODY: &str = "No guest has written yet, so nothing would happen.";

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DryRunLine {
    pub words: String,
    pub guests: u64,
    /// A sum of the lines beneath it.
    pub is_sum: bool,
}

/// "If everybody signed in now, somewhere else than where they chatted: …"
pub fn dry_run_words(outcome: &DryRunOutcome) -> String {
    let DryRunOutcome {
        guests: all, users, ..
    } = *outcome;
    let converted = converted(outcome);
    let stay = all.saturating_sub(converted);
    let to = match users {
        1 => "1 user".into(),
        users => format!("{users} users"),
    };
    let what = match (converted, stay) {
        _ if all == 0 => return DRY_RUN_NOBODY.into(),
        (0, _) => format!("{} would stay what they are.", guests(all)),
        (_, 0) => format!("{} would become {to}.", guests(all)),
        (converted, stay) => {
            format!(
                "of {}, {converted} would become {to}, and {stay} would stay guests.",
                guests(all)
            )
        }
    };
    format!("If everybody signed in now, in another browser than they chatted in: {what}")
}

/// **Shape**: two sums, each above its lines; lines without anybody are left out.
pub fn dry_run_lines(policy: ConversionPolicy, outcome: &DryRunOutcome) -> Vec<DryRunLine> {
    let converted = converted(outcome);
    let become_users = [
        (
            outcome.by_mailbox,
            "They proved their mailbox with a code".to_owned(),
        ),
        (outcome.by_address, "The address is the same".into()),
    ];
    let stay = [
        (outcome.by_policy, by_policy(policy).to_owned()),
        (
            outcome.unclaimed,
            "Nobody with a log-in has the address".into(),
        ),
        (
            outcome.unverified,
            "Your site didn't verify the address; a code by mail would do".into(),
        ),
        (
            outcome.ambiguous,
            "Several people share the address; a code by mail would do".into(),
        ),
        (
            outcome.of_staff,
            "Somebody of the guest group, or an admin, has the address".into(),
        ),
        (outcome.blocked, "Blocked or reported".into()),
        (
            outcome.settled,
            "Became somebody's before, or that was undone".into(),
        ),
        (outcome.old, old()),
    ];
    let mut lines = Vec::new();
    add(&mut lines, "Would become users", converted, &become_users);
    add(
        &mut lines,
        "Would stay guests",
        outcome.guests.saturating_sub(converted),
        &stay,
    );
    lines
}

fn converted(outcome: &DryRunOutcome) -> u64 {
    outcome.by_address + outcome.by_mailbox
}

const fn by_policy(policy: ConversionPolicy) -> &'static str {
    match policy {
        ConversionPolicy::Off => "You chose Never",
        ConversionPolicy::SameBrowser => {
            "Only the browser they chatted in, or a code by mail, would do"
        }
        ConversionPolicy::AutoVerified | ConversionPolicy::AutoAny => {
            "What you chose doesn't cover them"
        }
    }
}

fn old() -> String {
    let days = usize::try_from(limits::CONVERTIBLE_DAYS).unwrap_or_default();
    format!(
        "Wrote nothing for {}, or beyond the newest {} of an address",
        counted(days, "day", "days"),
        limits::CONVERTED_AT_ONCE
    )
}

fn add(lines: &mut Vec<DryRunLine>, sum: &str, guests: u64, parts: &[(u64, String)]) {
    if guests == 0 {
        return;
    }
    lines.push(DryRunLine {
        words: sum.into(),
        guests,
        is_sum: true,
    });
    let parts = parts.iter().filter(|(guests, _)| *guests > 0);
    lines.extend(parts.map(|(guests, words)| DryRunLine {
        words: words.clone(),
        guests: *guests,
        is_sum: false,
    }));
}
