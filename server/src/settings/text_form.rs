//! Settings as an operator types and reads them: `porchlight settings set page_size 50`.
//!
//! The law: there is no second list of settings. Keys and types are those of the struct, through serde.

use serde_json::{Map, Value};
use shared::settings::Settings;
use shared::settings::rules::Fault;

/// Why what was typed changes nothing. Its text is the sentence that the operator reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedFault {
    #[error("There is no such setting. The settings are: {}.", KEYS.join(", "))]
    NoSuchKey,
    /// The setting, and what it takes.
    #[error("{0} is {1}.")]
    NoSuchValue(&'static str, &'static str),
    /// The setting, and what is wrong with the value.
    #[error("{}: {}", key_of(.0), .0)]
    Refused(Fault),
}

/// Every key, in the order of the struct's fields.
pub const KEYS: [&str; 37] = [
    "site_name",
    "support_name",
    "greeting",
    "usual_answer",
    "privacy_url",
    "footer_text",
    "footer_url",
    "accent",
    "corner",
    "logo",
    "chat_icon",
    "notification_sound",
    "open_on_message",
    "language",
    "page_size",
    "user_groups",
    "guest_mode",
    "guest_group_id",
    "allowed_origins",
    "include_urls",
    "exclude_urls",
    "conversion",
    "show_addresses",
    "agents_see_addresses",
    "agents_see_pages",
    "mail_host",
    "mail_port",
    "mail_security",
    "mail_user",
    "mail_from",
    "token_groups",
    "reserved_names",
    "guest_idle_days",
    "guest_absolute_days",
    "keep_guest_conversations_days",
    "keep_ended_conversations_days",
    "keep_audit_days",
];

/// `settings` with one value replaced by what was typed.
///
/// Texts are taken as they are; lists are separated by commas, or JSON; `none` is no group and no logo.
///
/// **Errors**: an unknown key, or what the key takes instead.
pub fn with_value(settings: &Settings, key: &str, text: &str) -> Result<Settings, TypedFault> {
    let Some(key) = KEYS.into_iter().find(|known| *known == key) else {
        return Err(TypedFault::NoSuchKey);
    };
    let takes = || TypedFault::NoSuchValue(key, takes(key));
    let mut members = as_object(settings);
    let value = match (members.get(key), text.trim()) {
        (Some(Value::Array(_)), list) => Value::Array(read_list(list).ok_or_else(takes)?),
        (Some(Value::Number(_)), number) => {
            Value::from(number.parse::<u32>().map_err(|_| takes())?)
        }
        (_, "" | "none") if matches!(key, "guest_group_id" | "logo") => Value::Null,
        (_, choice) if is_choice(key) => choice.to_lowercase().into(),
        _ => text.into(),
    };
    members.insert(key.to_owned(), value);
    serde_json::from_value(Value::Object(members)).map_err(|_| takes())
}

/// One value as an operator reads it: a text without quotes, a list with commas. `None`: there is no such key.
pub fn value_of(settings: &Settings, key: &str) -> Option<String> {
    let value = as_object(settings).remove(key)?;
    Some(match value {
        Value::String(text) => text,
        Value::Null => "none".to_owned(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    })
}

/// The keys whose values differ.
pub fn changed_keys(former: &Settings, next: &Settings) -> Vec<String> {
    let (former, next) = (as_object(former), as_object(next));
    KEYS.into_iter()
        .filter(|key| former.get(*key) != next.get(*key))
        .map(str::to_owned)
        .collect()
}

fn as_object(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn read_list(text: &str) -> Option<Vec<Value>> {
    if text.starts_with('[') {
        return serde_json::from_str::<Vec<String>>(text)
            .ok()
            .map(|items| items.into_iter().map(Value::from).collect());
    }
    Some(
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(Value::from)
            .collect(),
    )
}

/// Whether the value is one of a few words.
fn is_choice(key: &str) -> bool {
    matches!(key, "corner" | "chat_icon" | "mail_security" | "conversion") || is_switch(key)
}

fn is_switch(key: &str) -> bool {
    matches!(
        key,
        "notification_sound"
            | "open_on_message"
            | "user_groups"
            | "guest_mode"
            | "show_addresses"
            | "agents_see_addresses"
            | "agents_see_pages"
            | "token_groups"
    )
}

fn takes(key: &str) -> &'static str {
    match key {
        _ if is_switch(key) => "on or off",
        "corner" => "right or left",
        "chat_icon" => "speech, question, lifebuoy or lantern",
        "conversion" => "off, same_browser, auto_verified or auto_any",
        "mail_security" => "start_tls, tls or, for a mail server on this very machine, none",
        "page_size" | "mail_port" | "guest_idle_days" | "guest_absolute_days" => "a whole number",
        "keep_guest_conversations_days" | "keep_ended_conversations_days" | "keep_audit_days" => {
            "a whole number of days; 0 keeps everything"
        }
        "guest_group_id" => {
            "the id or the name of a group, or none; `porchlight group list` shows them"
        }
        "logo" => "uploaded on the admin page; none takes it away",
        "include_urls" | "exclude_urls" => {
            "a list of paths separated by commas, as in /shop/*, /help"
        }
        "allowed_origins" | "reserved_names" => "a list separated by commas",
        _ => "a text",
    }
}

/// A field of the settings has the name of its key.
fn key_of(fault: &Fault) -> String {
    match serde_json::to_value(fault.field) {
        Ok(Value::String(key)) => key,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::problem::{Field, ProblemCode};
    use shared::samples;
    use shared::settings::{Corner, Switch};

    fn set(key: &str, text: &str) -> Result<Settings, TypedFault> {
        with_value(&Settings::default(), key, text)
    }

    #[test]
    fn the_keys_are_those_of_the_struct() {
        let mut keys: Vec<String> = as_object(&Settings::default()).keys().cloned().collect();
        let mut listed = KEYS.map(str::to_owned);
        keys.sort();
        listed.sort();
        assert_eq!(keys, listed);
        for key in KEYS {
            assert!(value_of(&Settings::default(), key).is_some(), "{key}");
        }
    }

    #[test]
    fn what_is_typed_becomes_a_value_of_its_type() {
        assert_eq!(set("site_name", "true").unwrap().site_name, "true");
        assert_eq!(set("page_size", " 50 ").unwrap().page_size, 50);
        assert_eq!(set("user_groups", "ON").unwrap().user_groups, Switch::On);
        assert_eq!(set("corner", "left").unwrap().corner, Corner::Left);
        assert_eq!(
            set("guest_group_id", samples::group_id(1).as_str())
                .unwrap()
                .guest_group_id,
            Some(samples::group_id(1))
        );
        assert_eq!(set("guest_group_id", "none").unwrap().guest_group_id, None);
        for list in [
            "https://a.example, https://b.example",
            r#"["https://a.example","https://b.example"]"#,
        ] {
            assert_eq!(
                set("allowed_origins", list).unwrap().allowed_origins,
                ["https://a.example", "https://b.example"]
            );
        }
        assert!(
            set("allowed_origins", "")
                .unwrap()
                .allowed_origins
                .is_empty()
        );
    }

    #[test]
    fn what_does_not_fit_is_answered_with_what_would() {
        for (key, text, says) in [
            ("page_size", "0x10", "whole number"),
            ("page_size", "-1", "whole number"),
            ("guest_mode", "yes", "on or off"),
            ("corner", "top", "right or left"),
            ("guest_group_id", "Nobody", "group list"),
            ("allowed_origins", "[1]", "commas"),
            ("include_urls", "[1]", "/shop/*, /help"),
            ("chat_icon", "bell", "lantern"),
            ("mail_security", "ssl", "start_tls"),
            ("mail_port", "65536.5", "whole number"),
            ("agents_see_pages", "1", "on or off"),
            ("logo", "logo.png", "admin page"),
            ("pagesize", "10", "no such setting"),
        ] {
            let fault = set(key, text).unwrap_err().to_string();
            assert!(fault.contains(says), "{key}: {fault}");
        }
    }

    #[test]
    fn every_word_of_a_choice_can_be_typed() {
        for (key, words) in [
            (
                "chat_icon",
                &["speech", "question", "lifebuoy", "Lantern"][..],
            ),
            ("mail_security", &["start_tls", "TLS", "none"]),
            ("corner", &["right", "left"]),
            ("show_addresses", &["on", "OFF"]),
        ] {
            for word in words {
                let settings = set(key, word).unwrap();
                assert_eq!(
                    value_of(&settings, key).unwrap(),
                    word.to_lowercase(),
                    "{key}"
                );
            }
        }
        for key in KEYS {
            let is_word = as_object(&Settings::default())[key] == "on"
                || as_object(&Settings::default())[key] == "off";
            assert_eq!(is_switch(key), is_word, "{key}");
        }
    }

    #[test]
    fn a_refusal_names_the_setting() {
        let fault = Fault::of(Field::PageSize, ProblemCode::OutOfRange);
        assert_eq!(
            TypedFault::Refused(fault).to_string(),
            "page_size: Choose a number from 1 to 100."
        );
    }

    #[test]
    fn only_what_differs_is_named() {
        let next = set("accent", "#112233").unwrap();
        assert_eq!(changed_keys(&Settings::default(), &next), ["accent"]);
        assert!(changed_keys(&next, &next).is_empty());
    }
}
