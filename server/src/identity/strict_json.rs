//! JSON that can be read in one way only.
//!
//! The law: a member named twice, too deep a nest, or bytes after the end are an error. Readers that keep the first and
//! readers that keep the last of two `sub` members must never see different people in one token.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use shared::limits;
use std::collections::BTreeMap;
use std::fmt;

/// A value, with integers told apart from all other numbers.
#[derive(Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    /// A fraction, an exponent, or more than 64 bits.
    OtherNumber,
    Text(String),
    Array(Vec<Value>),
    Object(BTreeMap<String, Value>),
}

/// The bytes are not strict JSON.
#[derive(Debug, PartialEq, Eq)]
pub struct NotStrict;

/// Reads one value that fills all of `bytes`.
///
/// **Errors**: [`NotStrict`] for anything but UTF-8 JSON, for a member named twice, and for a nest deeper than
/// [`limits::JSON_DEPTH`].
pub fn parse(bytes: &[u8]) -> Result<Value, NotStrict> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Nest {
        left: limits::JSON_DEPTH,
    }
    .deserialize(&mut deserializer)
    .map_err(|_| NotStrict)?;
    deserializer.end().map_err(|_| NotStrict)?;
    Ok(value)
}

/// How much deeper a value may go.
#[derive(Clone, Copy)]
struct Nest {
    left: usize,
}

impl<'de> DeserializeSeed<'de> for Nest {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Nest {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        self.left
            .checked_sub(1)
            .map(|left| Self { left })
            .ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> Visitor<'de> for Nest {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::OtherNumber, Value::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::OtherNumber)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut array = Vec::new();
        while let Some(value) = items.next_element_seed(inner)? {
            array.push(value);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = BTreeMap::new();
        while let Some(Member(name)) = members.next_key()? {
            let value = members.next_value_seed(inner)?;
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a member named twice"));
            }
        }
        Ok(Value::Object(object))
    }
}

/// A member's name.
struct Member(String);

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_named_twice_is_an_error_at_any_depth() {
        for bad in [
            r#"{"sub":"a","sub":"b"}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"[{"a":1,"\u0061":2}]"#,
        ] {
            assert_eq!(parse(bad.as_bytes()), Err(NotStrict), "{bad}");
        }
        assert!(parse(br#"{"a":{"a":1}}"#).is_ok());
    }

    #[test]
    fn a_deep_nest_is_an_error() {
        let nest = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nest(limits::JSON_DEPTH).as_bytes()).is_ok());
        assert_eq!(
            parse(nest(limits::JSON_DEPTH + 1).as_bytes()),
            Err(NotStrict)
        );
        assert_eq!(parse(nest(50).as_bytes()), Err(NotStrict));
    }

    #[test]
    fn only_whole_numbers_are_integers() {
        assert_eq!(parse(b"7"), Ok(Value::Integer(7)));
        assert_eq!(parse(b"-7"), Ok(Value::Integer(-7)));
        for other in ["7.0", "7e0", "18446744073709551615", "1e400"] {
            assert_ne!(parse(other.as_bytes()), Ok(Value::Integer(7)), "{other}");
            assert!(
                !matches!(parse(other.as_bytes()), Ok(Value::Integer(_))),
                "{other}"
            );
        }
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        let bad: [&[u8]; 9] = [
            b"",
            b"{",
            b"{}x",
            b"{} {}",
            b"\xff\xfe",
            b"\"\xff\"",
            b"\"\\ud800\"",
            b"{a:1}",
            b"'a'",
        ];
        for bytes in bad {
            assert_eq!(parse(bytes), Err(NotStrict), "{bytes:?}");
        }
    }
}
