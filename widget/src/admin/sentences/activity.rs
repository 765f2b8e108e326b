//! *Activity*: a sentence for everything that leaves a line.
//!
//! The law: one exhaustive match, so nothing can be done that the page has no words for.

use shared::ids::GroupId;
use shared::safety::{Action, ActivityLine};

pub const ACTIVITY: &str = "Activity";
pub const ACTIVITY_LEAD: &str =
    "What admins, agents and the system did. Nobody can change or remove a line.";
pub const ACTIVITY_FILTER: &str = "Show";
pub const ACTIVITY_ALL: &str = "Everything";
pub const ACTIVITY_EMPTY: &str = "Nothing of that kind has happened yet.";
pub const ACTIVITY_LIST: &str = "What happened, the newest first";

/// The command line, or the system itself.
const THE_SERVER: &str = "The server";

const GONE_GROUP: &str = "a group that is gone now";

/// Who did it.
fn actor(line: &ActivityLine) -> &str {
    line.actor.as_deref().unwrap_or(THE_SERVER)
}

/// To whom or what it was done.
fn subject(line: &ActivityLine) -> &str {
    line.subject.as_deref().unwrap_or("somebody")
}

/// A particular of it.
fn part<'a>(line: &'a ActivityLine, name: &str) -> Option<&'a str> {
    let found = line.particulars.iter().find(|(known, _)| known == name);
    found
        .map(|(_, value)| value.as_str())
        .filter(|value| !value.is_empty())
}

/// Codes and keys as people read them: "guest_mode, accent" as "guest mode, accent".
fn spoken(words: &str) -> String {
    words.replace('_', " ")
}

/// What happened, in a sentence.
pub fn activity_words(line: &ActivityLine) -> String {
    let (actor, subject) = (actor(line), subject(line));
    match line.action {
        Action::SignedIn => format!("{subject} signed in."),
        Action::SignedOut => format!("{subject} signed out."),
        Action::SignInRefused => match part(line, "reason") {
            Some(reason) => format!("A sign-in was refused: {}.", spoken(reason)),
            None => "A sign-in was refused.".into(),
        },
        Action::ClaimsIgnored => format!(
            "The host site said more about {subject} than is used{}.",
            listed(line, "claims")
        ),
        Action::SettingsChanged => format!("{actor} changed settings{}.", listed(line, "keys")),
        Action::GroupCreated => format!("{actor} created {}.", the_group(line)),
        Action::GroupRenamed => format!("{actor} renamed {}.", the_group(line)),
        Action::GroupDeleted => format!("{actor} deleted {}.", the_group(line)),
        Action::PermissionChanged => permission(line),
        Action::MemberAdded => format!("{} put {subject} into {}.", by_token(line), group(line)),
        Action::MemberRemoved => {
            format!("{} took {subject} out of {}.", by_token(line), group(line))
        }
        Action::UserAdded => format!("{actor} added {subject}."),
        Action::UserDisabled => format!("{actor} disabled {subject}."),
        Action::UserEnabled => format!("{actor} enabled {subject}."),
        Action::AdminGranted => format!("{actor} made {subject} an admin."),
        Action::AdminRevoked => format!("{actor} took being an admin back from {subject}."),
        Action::PersonBlocked => format!("{actor} blocked {subject}{}.", scope(line)),
        Action::PersonUnblocked => format!("{actor} unblocked {subject}{}.", scope(line)),
        Action::MessageReported => format!("{actor} reported a message of {subject}."),
        Action::ReportDismissed => format!("{actor} dismissed a report about {subject}."),
        Action::ConversationRead => format!("{actor} read along: {subject}."),
    }
}

/// The kind of thing, for the filter.
pub const fn action_name(action: Action) -> &'static str {
    match action {
        Action::SignedIn => "Signed in",
        Action::SignedOut => "Signed out",
        Action::SignInRefused => "Sign-in refused",
        Action::ClaimsIgnored => "Claims not used",
        Action::SettingsChanged => "Settings changed",
        Action::GroupCreated => "Group created",
        Action::GroupRenamed => "Group renamed",
        Action::GroupDeleted => "Group deleted",
        Action::PermissionChanged => "Permission changed",
        Action::MemberAdded => "Put into a group",
        Action::MemberRemoved => "Taken out of a group",
        Action::UserAdded => "Person added",
        Action::UserDisabled => "Person disabled",
        Action::UserEnabled => "Person enabled",
        Action::AdminGranted => "Made an admin",
        Action::AdminRevoked => "No longer an admin",
        Action::PersonBlocked => "Blocked",
        Action::PersonUnblocked => "Unblocked",
        Action::MessageReported => "Message reported",
        Action::ReportDismissed => "Report dismissed",
        Action::ConversationRead => "Read along",
    }
}

/// ": greeting, accent", or nothing.
fn listed(line: &ActivityLine, name: &str) -> String {
    part(line, name).map_or_else(String::new, |words| [": ", &spoken(words)].concat())
}

/// A group that has no name any more is only an id.
fn group_name(words: Option<&str>) -> Option<&str> {
    words.filter(|words| GroupId::parse(words).is_none())
}

fn the_group(line: &ActivityLine) -> String {
    match group_name(line.subject.as_deref()) {
        Some(name) => ["the group ", name].concat(),
        None => GONE_GROUP.into(),
    }
}

fn permission(line: &ActivityLine) -> String {
    let one = group_name(line.subject.as_deref()).unwrap_or(GONE_GROUP);
    let other = group_name(part(line, "other")).unwrap_or(GONE_GROUP);
    let actor = actor(line);
    match part(line, "allowed") {
        Some("off") => format!("{actor} took the tick {one} × {other} away."),
        _ => format!("{actor} ticked {one} × {other}."),
    }
}

fn by_token(line: &ActivityLine) -> &str {
    match part(line, "by_token") {
        Some("true") => "The host site's token",
        _ => actor(line),
    }
}

fn group(line: &ActivityLine) -> &str {
    group_name(part(line, "group")).unwrap_or(GONE_GROUP)
}

fn scope(line: &ActivityLine) -> &'static str {
    match part(line, "scope") {
        Some("site") => " for the whole site",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::ids::Time;

    fn line(
        action: Action,
        actor: Option<&str>,
        subject: Option<&str>,
        particulars: &[(&str, &str)],
    ) -> ActivityLine {
        let owned = |(name, value): &(&str, &str)| ((*name).into(), (*value).into());
        ActivityLine {
            at: Time(0),
            actor: actor.map(Into::into),
            action,
            subject: subject.map(Into::into),
            particulars: particulars.iter().map(owned).collect(),
        }
    }

    #[test]
    fn a_line_says_who_did_what_to_whom() {
        let (ada, noor) = (Some("Ada Brandt"), Some("Noor Haddad"));
        for (line, expected) in [
            (
                line(
                    Action::SettingsChanged,
                    ada,
                    None,
                    &[("keys", "greeting, accent, guest_mode")],
                ),
                "Ada Brandt changed settings: greeting, accent, guest mode.",
            ),
            (
                line(Action::SettingsChanged, None, None, &[("keys", "greeting")]),
                "The server changed settings: greeting.",
            ),
            (
                line(Action::SettingsChanged, ada, None, &[]),
                "Ada Brandt changed settings.",
            ),
            (
                line(
                    Action::MemberAdded,
                    ada,
                    noor,
                    &[("group", "Trial"), ("by_token", "false")],
                ),
                "Ada Brandt put Noor Haddad into Trial.",
            ),
            (
                line(
                    Action::MemberRemoved,
                    noor,
                    noor,
                    &[("group", "Trial"), ("by_token", "true")],
                ),
                "The host site's token took Noor Haddad out of Trial.",
            ),
            (
                line(Action::MemberAdded, ada, noor, &[]),
                "Ada Brandt put Noor Haddad into a group that is gone now.",
            ),
            (
                line(Action::SignedIn, noor, noor, &[]),
                "Noor Haddad signed in.",
            ),
            (
                line(
                    Action::SignInRefused,
                    None,
                    None,
                    &[("reason", "wrong_audience")],
                ),
                "A sign-in was refused: wrong audience.",
            ),
            (
                line(
                    Action::PersonBlocked,
                    ada,
                    Some("Cora Lindqvist"),
                    &[("scope", "site")],
                ),
                "Ada Brandt blocked Cora Lindqvist for the whole site.",
            ),
            (
                line(
                    Action::PersonUnblocked,
                    ada,
                    Some("Cora Lindqvist"),
                    &[("scope", "person")],
                ),
                "Ada Brandt unblocked Cora Lindqvist.",
            ),
            (
                line(Action::GroupDeleted, ada, None, &[]),
                "Ada Brandt deleted a group that is gone now.",
            ),
        ] {
            assert_eq!(activity_words(&line), expected);
        }
    }

    #[test]
    fn every_action_has_a_sentence_and_a_name_of_its_own() {
        let mut names: Vec<&str> = Action::ALL
            .iter()
            .map(|action| action_name(*action))
            .collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Action::ALL.len());
        for action in Action::ALL {
            let words = activity_words(&line(*action, Some("Ada"), Some("Noor"), &[]));
            assert!(words.ends_with('.') && !words.contains('_'), "{words}");
        }
    }
}
