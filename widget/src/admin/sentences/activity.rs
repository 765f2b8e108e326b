//! *Activity*: a sentence for everything that leaves a line.
//!
//! The law: one exhaustive match, so nothing can be done that the page has no words for.

use super::{host_scope, proof_in_line};
use shared::conversion::Proof;
use shared::host::HostScope;
use shared::ids::GroupId;
use shared::safety::{Action, ActivityLine};

/// The kinds of lines, for the filter.
mod names;

pub use names::action_name;

pub const ACTIVITY: &str = "Activity";
pub const ACTIVITY_LEAD: &str = "What admins, agents and the system did. Nobody can change or remove a line; it goes with its age, if Settings say so.";
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
        Action::SignedIn => match part(line, "acted_by") {
            Some(who) => format!("{who} of your site signed in as {subject}."),
            None => format!("{subject} signed in."),
        },
        Action::SignedOut => format!("{subject} signed out."),
        Action::SignInRefused => match part(line, "reason") {
            Some(reason) => format!("A sign-in was refused: {}.", spoken(reason)),
            None => "A sign-in was refused.".into(),
        },
        Action::ClaimsIgnored => format!(
            "The host site said more about {subject} than is used{}.",
            listed(line, "claims")
        ),
        Action::SignedInAtAdmin => format!("{subject} signed in at the admin page."),
        Action::PasswordRefused => match &line.subject {
            Some(whose) => format!("Somebody tried a wrong password for {whose}."),
            None => "Somebody tried to sign in without an account.".into(),
        },
        Action::PasswordChanged => format!("{subject} changed their password."),
        Action::SessionEnded => format!("{subject} ended a session of theirs."),
        Action::SessionsEnded => format!("{actor} signed {subject} out everywhere."),
        Action::SetUp => format!("{subject} set the site up."),
        Action::SetupLinkMade => "The server made a link to set the site up.".into(),
        Action::InvitationMade => match part(line, "admin") {
            Some("true") => format!("{actor} invited somebody to be an admin."),
            _ => format!("{actor} invited somebody{}.", into_group(line)),
        },
        Action::InvitationRevoked => format!("{actor} revoked an invitation."),
        Action::InvitationTaken => format!("{subject} followed an invitation."),
        Action::PasswordLinkMade => format!("{actor} made a password link for {subject}."),
        Action::PasswordLinkTaken => format!("{subject} chose a password by a link."),
        Action::KeyMade => format!("{actor} added the identity key{}.", key(line)),
        Action::KeyRetired => format!("{actor} retired the identity key{}.", key(line)),
        Action::KeyDeleted => format!("{actor} deleted the identity key{}.", key(line)),
        Action::KeySessionsEnded => {
            format!(
                "{actor} ended the sessions of the identity key{}.",
                key(line)
            )
        }
        Action::MailPasswordKept => format!("{actor} changed the mail server's password."),
        Action::MailTested => format!("{actor} sent a mail to try the mail server."),
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
        Action::ConversionDone => {
            format!("A guest's conversation became {subject}'s{}.", proof(line))
        }
        Action::ConversionUndone => conversion_undone(line),
        Action::CodeMailed => {
            format!("A code to continue an earlier conversation was mailed to {subject}'s address.")
        }
        Action::CodeNotMailed => format!(
            "A code for {subject}'s address could not be mailed: the mail server did not take it."
        ),
        Action::CodeEntered => format!("{subject} entered a mailed code."),
        Action::CodeBurned => "A mailed code was used up by wrong tries.".into(),
        Action::HostKeyMade => format!(
            "{actor} made {} for the site's server{}.",
            name_of(line.subject.as_deref())
                .map_or("a key".into(), |name| format!("the key {name}")),
            scopes(line)
        ),
        Action::HostKeyRevoked => format!("{actor} revoked a key of the site's server."),
        Action::HostUserPut => match part(line, "new") {
            Some("true") => format!("The site's server added {subject}{}.", with_key(line)),
            _ => format!(
                "The site's server changed {subject}'s name or address{}.",
                with_key(line)
            ),
        },
        Action::HostEmailVerified => format!(
            "The site's server said that {subject}'s address is verified{}.",
            with_key(line)
        ),
        // Whoever was erased has no name any more.
        Action::PersonErased => match part(line, "key") {
            Some(_) => format!("The site's server erased somebody{}.", with_key(line)),
            None => format!("{actor} erased somebody."),
        },
        Action::PersonExported => match part(line, "key") {
            Some(_) => format!(
                "The site's server exported everything about {subject}{}.",
                with_key(line)
            ),
            None => format!("{actor} exported everything about {subject}."),
        },
        Action::GuestsErased => guests_erased(line),
        Action::ActivityDeleted => match part(line, "lines") {
            Some("1") => "The server deleted 1 line from here: it was old enough.".into(),
            lines => format!(
                "The server deleted {} lines from here: they were old enough.",
                lines.unwrap_or("some")
            ),
        },
        Action::WebhookMade => format!("{actor} added a webhook{}.", listed(line, "events")),
        Action::WebhookEnded => match part(line, "by_receiver") {
            Some("true") => {
                "A webhook ended: your server answered that it wants nothing more.".into()
            }
            _ => format!("{actor} ended a webhook."),
        },
        Action::DeliveryRepeated => format!("{actor} repeated a webhook's delivery."),
    }
}

/// Who went for their age, by which rule.
fn guests_erased(line: &ActivityLine) -> String {
    let count = |name| part(line, name).filter(|count| *count != "0");
    let guests = |count: &str| match count {
        "1" => "1 guest".to_owned(),
        count => format!("{count} guests"),
    };
    let who = match (count("ended"), count("idle")) {
        (Some(ended), Some(idle)) => {
            format!(
                "{} who couldn't come back any more, and {} who had been idle",
                guests(ended),
                guests(idle)
            )
        }
        (Some(ended), None) => format!("{} who couldn't come back any more", guests(ended)),
        (None, Some(idle)) => format!("{} who had been idle", guests(idle)),
        (None, None) => "guests".into(),
    };
    format!("The server erased {who}: what was said with them was old enough.")
}

/// ": greeting, accent", or nothing.
fn listed(line: &ActivityLine, name: &str) -> String {
    part(line, name).map_or_else(String::new, |words| [": ", &spoken(words)].concat())
}

/// What has no name any more is only an id.
fn name_of(words: Option<&str>) -> Option<&str> {
    words.filter(|words| GroupId::parse(words).is_none())
}

fn the_group(line: &ActivityLine) -> String {
    match name_of(line.subject.as_deref()) {
        Some(name) => ["the group ", name].concat(),
        None => GONE_GROUP.into(),
    }
}

fn permission(line: &ActivityLine) -> String {
    let one = name_of(line.subject.as_deref()).unwrap_or(GONE_GROUP);
    let other = name_of(part(line, "other")).unwrap_or(GONE_GROUP);
    let actor = actor(line);
    match part(line, "allowed") {
        Some("off") => format!("{actor} took the tick {one} × {other} away."),
        _ => format!("{actor} ticked {one} × {other}."),
    }
}

/// " into Trial", where a group was named.
fn into_group(line: &ActivityLine) -> String {
    match part(line, "group") {
        Some(_) => [" into ", group(line)].concat(),
        None => String::new(),
    }
}

/// " main", the name of an identity key.
fn key(line: &ActivityLine) -> String {
    part(line, "key").map_or_else(String::new, |key| [" ", key].concat())
}

/// ": they signed in where they had chatted".
fn proof(line: &ActivityLine) -> String {
    match part(line, "proof").and_then(Proof::parse) {
        Some(proof) => [": ", proof_in_line(proof)].concat(),
        None => String::new(),
    }
}

/// An admin, or the user themselves.
fn conversion_undone(line: &ActivityLine) -> String {
    let (actor, subject) = (actor(line), subject(line));
    match part(line, "how") {
        Some("not_me") => format!("{subject} said that a guest's conversation isn't theirs."),
        _ => format!("{actor} gave a conversation of {subject} back to its guest."),
    }
}

/// ", with the key shop backend", while there is such a key.
fn with_key(line: &ActivityLine) -> String {
    let name = name_of(part(line, "key"));
    name.map_or_else(String::new, |name| [", with the key ", name].concat())
}

/// ": name people, erase people", what a key may do.
fn scopes(line: &ActivityLine) -> String {
    let scopes = [
        HostScope::UsersWrite,
        HostScope::UsersErase,
        HostScope::UsersExport,
    ];
    let words = ["users_write", "users_erase", "users_export"];
    let Some(held) = part(line, "scopes") else {
        return String::new();
    };
    let is_held = |word: &&str| held.split(", ").any(|other| other == *word);
    let held = words.iter().zip(scopes).filter(|(word, _)| is_held(word));
    let held: Vec<String> = held
        .map(|(_, scope)| host_scope(scope).to_lowercase())
        .collect();
    match held.is_empty() {
        true => String::new(),
        false => [": ", &held.join(", ")].concat(),
    }
}

fn by_token(line: &ActivityLine) -> &str {
    match part(line, "by_token") {
        Some("true") => "The host site's token",
        _ => actor(line),
    }
}

fn group(line: &ActivityLine) -> &str {
    name_of(part(line, "group")).unwrap_or(GONE_GROUP)
}

fn scope(line: &ActivityLine) -> &'static str {
    match part(line, "scope") {
        Some("site") => " for the whole site",
        _ => "",
    }
}

#[cfg(test)]
mod tests;
