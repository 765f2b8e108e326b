//! The particulars of a line in the audit log: an object of JSON whose order is kept.
//!
//! The law: what was written first is shown first, and what cannot be read is shown as nothing, never as a failure of
//! the whole page.

use serde::{
    Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::Value;

/// As the log keeps them.
pub fn write(particulars: &[(&'static str, Value)]) -> String {
    let pairs: Vec<String> = particulars
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(*name)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

/// As texts. **Shape**: in the order they were written; what is null is left out.
pub fn read(written: &str) -> Vec<(String, String)> {
    let mut reader = serde_json::Deserializer::from_str(written);
    let pairs = reader.deserialize_map(Pairs).unwrap_or_default();
    let shown = |(name, value)| as_text(&value).map(|text| (name, text));
    pairs.into_iter().filter_map(shown).collect()
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let texts: Vec<String> = values.iter().filter_map(as_text).collect();
            Some(texts.join(", "))
        }
        other => Some(other.to_string()),
    }
}

struct Pairs;

impl<'de> Visitor<'de> for Pairs {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<Self::Value, Map::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_written_first_is_shown_first() {
        let written = write(&[
            ("scope", json!("site")),
            ("keys", json!(["greeting", "accent"])),
            ("about", json!(null)),
            ("by_token", json!(false)),
            ("position", json!(7)),
            ("a\"b", json!("c\"d")),
        ]);
        assert_eq!(
            written,
            r#"{"scope":"site","keys":["greeting","accent"],"about":null,"by_token":false,"position":7,"a\"b":"c\"d"}"#
        );
        let shown = [
            ("scope", "site"),
            ("keys", "greeting, accent"),
            ("by_token", "false"),
            ("position", "7"),
            ("a\"b", "c\"d"),
        ];
        assert_eq!(
            read(&written),
            shown.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        for broken in ["", "[]", "{\"a\":", "7"] {
            assert!(read(broken).is_empty(), "{broken:?}");
        }
    }
}
