//! A value inside an identity token.
//!
//! The law: read through `http::strict`, so a member named twice is an error. Readers that keep the first and readers
//! that keep the last of two `sub` members must never see different people in one token.

use crate::http::strict::from_json;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// A JSON value, with integers told apart from all other numbers.
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

/// The bytes are not one strict JSON object.
#[derive(Debug, PartialEq, Eq)]
pub struct NotAnObject;

/// Reads an object that fills all of `bytes`.
///
/// **Errors**: [`NotAnObject`], for whatever `http::strict` refuses and for any other value.
pub fn read_object(bytes: &[u8]) -> Result<BTreeMap<String, Value>, NotAnObject> {
    match from_json(bytes) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(NotAnObject),
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
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
        let mut array = Vec::new();
        while let Some(value) = items.next_element()? {
            array.push(value);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = BTreeMap::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Value {
        let mut members = read_object(format!("{{\"n\":{text}}}").as_bytes()).unwrap();
        members.remove("n").unwrap()
    }

    #[test]
    fn a_member_named_twice_is_an_error_at_any_depth() {
        for bad in [
            r#"{"sub":"a","sub":"b"}"#,
            r#"{"a":{"b":1,"b":1}}"#,
            r#"{"a":[{"a":1,"\u0061":2}]}"#,
        ] {
            assert_eq!(read_object(bad.as_bytes()), Err(NotAnObject), "{bad}");
        }
        assert!(read_object(br#"{"a":{"a":1}}"#).is_ok());
    }

    #[test]
    fn only_whole_numbers_are_integers() {
        assert_eq!(number("7"), Value::Integer(7));
        assert_eq!(number("-7"), Value::Integer(-7));
        for other in ["7.0", "7e0", "18446744073709551615"] {
            assert_eq!(number(other), Value::OtherNumber, "{other}");
        }
    }

    #[test]
    fn what_is_not_an_object_is_an_error() {
        let bad: [&[u8]; 9] = [
            b"",
            b"{",
            b"{}x",
            b"{} {}",
            b"\xff\xfe",
            b"\"x\"",
            b"[]",
            b"null",
            b"{\"a\":\"\\ud800\"}",
        ];
        for bytes in bad {
            assert_eq!(read_object(bytes), Err(NotAnObject), "{bytes:?}");
        }
    }
}
