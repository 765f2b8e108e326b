//! The site's server: keys with which it calls, and webhooks by which it is told.
//!
//! The law: a secret is shown once, and the page says so; how a delivery stands is said in words, with what happens next.

use super::counted;
use shared::host::{HostScope, WebhookEvent};

/// How a delivery stands.
mod delivery;

pub use delivery::*;

pub const SITE_SERVER: &str = "Your site's server";
pub const SITE_SERVER_HELP: &str = "With a key, your site's server tells the chat who its people are, that it verified an address, and who is to be erased.";
pub const HOST_API: &str = "Every call is described in";
pub const HOST_API_LINK: &str = "openapi.json";
pub const HOST_KEYS: &str = "Keys of your site's server";
pub const NO_HOST_KEYS: &str = "Your site's server has no key yet.";
pub const MAKE_HOST_KEY: &str = "Create a server key";
pub const HOST_KEY_NAME: &str = "Name of the key";
pub const HOST_KEY_NAME_HELP: &str = "For you: where it is used, as in “shop backend”.";
pub const HOST_KEY_NAME_NEEDED: &str = "Please give it a name.";
pub const HOST_KEY_SCOPES: &str = "What it may do";
pub const HOST_KEY_SCOPES_NEEDED: &str = "Tick at least one.";
pub const HOST_KEY_MADE: &str = "Your new server key";
pub const HOST_KEY_SHOWN: &str = "Key";
pub const HOST_KEY_EXAMPLE: &str = "A call with it";
pub const HOST_KEY_NEVER_USED: &str = "never used";
pub const HOST_KEY_USED_NOW: &str = "used within the hour";
pub const HOST_KEY_LAST_USED: &str = "last used";
/// Before a moment, at the beginning of a line.
pub const MADE: &str = "Created";
pub const HOST_KEY_REVOKE_WORDS: &str =
    "Calls with this key are refused at once. What your server did with it stays.";

pub const WEBHOOKS: &str = "Webhooks";
pub const WEBHOOKS_HELP: &str = "The chat calls your site's server when something happens. Each call is signed, and tried again for days until it is taken.";
pub const NO_WEBHOOKS: &str = "No webhook yet.";
pub const ADD_WEBHOOK: &str = "Add a webhook";
pub const WEBHOOK_URL: &str = "Address";
pub const WEBHOOK_URL_HELP: &str =
    "A public https address on your server, as in https://www.example.com/chat-events.";
pub const WEBHOOK_URL_NEEDED: &str = "Please write where to.";
pub const WEBHOOK_EVENTS: &str = "What it is told";
pub const WEBHOOK_EVENTS_NEEDED: &str = "Tick at least one.";
pub const WEBHOOK_MADE: &str = "Your new webhook";
pub const WEBHOOK_SECRET: &str = "Secret";
pub const WEBHOOK_SECRET_WORDS: &str = "Copy it now: it is shown this once and never again. With it your server checks that a call is really ours, as Standard Webhooks describes.";
pub const WEBHOOK_ADD_NOW: &str = "Add";
pub const WEBHOOK_END: &str = "End";
pub const WEBHOOK_END_WORDS: &str =
    "Nothing is sent there any more, and what waits to be tried again is dropped.";
pub const WEBHOOK_ENDED: &str = "The webhook has ended.";
pub const DELIVERIES: &str = "Deliveries";
pub const DELIVERIES_TO: &str = "What was sent to";
pub const DELIVERIES_EMPTY: &str =
    "Nothing has been sent yet. It begins with the next thing that happens.";
pub const DELIVERIES_LIST: &str = "Deliveries, the newest first";
pub const ALL_WEBHOOKS: &str = "All webhooks";
pub const WEBHOOK_GONE: &str = "This webhook isn't there any more.";
pub const REPEAT: &str = "Repeat";
pub const REPEATED: &str = "It is sent again now.";

/// What a key may do.
pub const fn host_scope(scope: HostScope) -> &'static str {
    match scope {
        HostScope::UsersWrite => "Name people",
        HostScope::UsersErase => "Erase people",
        HostScope::UsersExport => "Export people",
    }
}

pub const fn host_scope_help(scope: HostScope) -> &'static str {
    match scope {
        HostScope::UsersWrite => {
            "Say who its people are, and that an address was verified. Guests' chats become theirs as you chose under “Guests who become users”."
        }
        HostScope::UsersErase => "Erase somebody with everything they wrote. This can't be undone.",
        HostScope::UsersExport => {
            "Be handed everything that is held about somebody, with every message of their conversations."
        }
    }
}

/// "Name people, erase people".
pub fn host_scopes(scopes: &[HostScope]) -> String {
    listed(scopes.iter().map(|scope| host_scope(*scope)))
}

pub const fn webhook_event(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::GuestStarted => "A guest started a conversation",
        WebhookEvent::MessageSent => "A message was sent",
        WebhookEvent::ConversionDone => "A guest became a user",
        WebhookEvent::ConversionUndone => "A guest is a guest again",
    }
}

/// With the word that stands in the call.
pub const fn webhook_event_help(event: WebhookEvent) -> &'static str {
    match event {
        WebhookEvent::GuestStarted => "guest.started",
        WebhookEvent::MessageSent => "message.sent, with what was written",
        WebhookEvent::ConversionDone => "conversion.done",
        WebhookEvent::ConversionUndone => "conversion.undone, after “Undo” or “Not me”",
    }
}

/// "A guest started a conversation, a message was sent".
pub fn webhook_events(events: &[WebhookEvent]) -> String {
    listed(events.iter().map(|event| webhook_event(*event)))
}

/// The first as it is, the others within the sentence.
fn listed(words: impl Iterator<Item = &'static str>) -> String {
    let mut whole = String::new();
    for words in words {
        let mut letters = words.chars();
        match (whole.is_empty(), letters.next()) {
            (false, Some(first)) => {
                whole.push_str(", ");
                whole.extend(first.to_lowercase());
                whole.push_str(letters.as_str());
            }
            _ => whole.push_str(words),
        }
    }
    whole
}

/// "Revoke the key shop backend": several buttons say *Revoke*.
pub fn revoke_key(name: &str) -> String {
    ["Revoke the key ", name].concat()
}

pub fn revoke_key_question(name: &str) -> String {
    [&revoke_key(name), "?"].concat()
}

pub fn host_key_revoked(name: &str) -> String {
    ["The key ", name, " doesn't work any more."].concat()
}

/// "End the webhook to https://…".
pub fn end_webhook(url: &str) -> String {
    ["End the webhook to ", url].concat()
}

pub fn end_webhook_question(url: &str) -> String {
    [&end_webhook(url), "?"].concat()
}

/// "Deliveries to https://…": several links say *Deliveries*.
pub fn deliveries_to(url: &str) -> String {
    [DELIVERIES, " to ", url].concat()
}

/// "3 wait to be tried again, 1 was given up". `None`: all is well.
pub fn webhook_trouble(waiting: u64, given_up: u64) -> Option<String> {
    let waits = (waiting > 0).then(|| match waiting {
        1 => "1 waits to be tried again".to_owned(),
        waiting => format!("{waiting} wait to be tried again"),
    });
    let gone = (given_up > 0).then(|| match given_up {
        1 => "1 was given up".to_owned(),
        given_up => format!("{given_up} were given up"),
    });
    match (waits, gone) {
        (Some(waits), Some(gone)) => Some([&waits, ", ", &gone].concat()),
        (waits, gone) => waits.or(gone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_key_may_do_and_what_a_webhook_is_told_are_read_as_a_sentence() {
        let scopes = [HostScope::UsersWrite, HostScope::UsersErase];
        assert_eq!(host_scopes(&scopes), "Name people, erase people");
        assert_eq!(host_scopes(&scopes[1..]), "Erase people");
        assert_eq!(
            webhook_events(&WebhookEvent::ALL[..2]),
            "A guest started a conversation, a message was sent"
        );
    }

    #[test]
    fn every_event_names_its_word() {
        for event in WebhookEvent::ALL {
            assert!(
                webhook_event_help(event).starts_with(event.word()),
                "{}",
                event.word()
            );
        }
    }

    #[test]
    fn trouble_is_said_only_where_there_is_some() {
        assert_eq!(webhook_trouble(0, 0), None);
        assert_eq!(webhook_trouble(1, 0).unwrap(), "1 waits to be tried again");
        assert_eq!(
            webhook_trouble(3, 2).unwrap(),
            "3 wait to be tried again, 2 were given up"
        );
    }
}
