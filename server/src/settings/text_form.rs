//! Settings as an operator types and reads them: `porchlight settings set page_size 50`.
//!
//! The law: there is no second list of settings. Keys and types are those of the struct, through serde.

use super::rules::Fault;
use serde_json::{Map, Value};
use shared::settings::Settings;

/// Every key, in the order of the struct's fields.
pub const KEYS: [&str; 33] = [
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
];

/// `settings` with one value replaced by what was typed.
///
/// Texts are taken as they are; lists are separated by commas, or JSON; `none` is no group.
///
/// **Errors**: an unknown key, or what the key takes instead.
pub fn with_value(settings: &Settings, key: &str, text: &str) -> Result<Settings, Fault> {
    let Some(key) = KEYS.into_iter().find(|known| *known == key) else {
        return Err(Fault {
            key: "",
            sentence: format!(
                "There is no such setting. The settings are: {}.",
                KEYS.join(", ")
            ),
        });
    };
    let mut members = as_object(settings);
    let value = match (members.get(key), text.trim()) {
        (Some(Value::Array(_)), list) => Value::Array(read_list(list).ok_or_else(|| takes(key))?),
        (Some(Value::Number(_)), number) => {
            Value::from(number.parse::<u32>().map_err(|_| takes(key))?)
        }
        (_, "" | "none") if key == "guest_group_id" => Value::Null,
        (_, choice)
            if matches!(
                key,
                "corner" | "user_groups" | "guest_mode" | "token_groups"
            ) =>
        {
            choice.to_lowercase().into()
        }
        _ => text.into(),
    };
    members.insert(key.to_owned(), value);
    serde_json::from_value(Value::Object(members)).map_err(|_| takes(key))
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

fn takes(key: &'static str) -> Fault {
    let what = match key {
        "corner" => "right or left",
        "user_groups" | "guest_mode" | "token_groups" => "on or off",
        "page_size" | "guest_idle_days" | "guest_absolute_days" => "a whole number",
        "guest_group_id" => {
            "the id or the name of a group, or none; `porchlight group list` shows them"
        }
        "allowed_origins" | "reserved_names" => "a list separated by commas",
        _ => "a text",
    };
    Fault {
        key,
        sentence: format!("{key} is {what}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;
    use shared::settings::{Corner, Switch};

    fn set(key: &str, text: &str) -> Result<Settings, Fault> {
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
            ("pagesize", "10", "no such setting"),
        ] {
            let fault = set(key, text).unwrap_err();
            assert!(fault.sentence.contains(says), "{key}: {fault}");
        }
    }

    #[test]
    fn only_what_differs_is_named() {
        let next = set("accent", "#112233").unwrap();
        assert_eq!(changed_keys(&Settings::default(), &next), ["accent"]);
        assert!(changed_keys(&next, &next).is_empty());
    }
}
