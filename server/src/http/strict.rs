//! JSON read strictly.
//!
//! The laws: a key stands once; an object is an object and never an array; nothing is nested deeper than
//! `limits::JSON_DEPTH`; a field that the type does not have is refused. What is wrong is told apart by kind, never by
//! the words of an error, and the value is never echoed.

use serde::{
    Deserialize,
    de::{
        self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
    },
};
use shared::{limits, problem::ProblemCode};
use std::{collections::HashSet, fmt};

/// Reads `bytes` as a `T` and nothing else.
///
/// **Errors**: `malformed` (not JSON, too deep, a key twice, a field missing), `bad_text` (lone surrogates), `type`,
/// `unknown_field`.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProblemCode> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let json = Nested(limits::JSON_DEPTH)
        .deserialize(&mut reader)
        .and_then(|json| reader.end().map(|()| json))
        .map_err(|_| {
            if has_surrogate_escape(bytes) {
                ProblemCode::BadText
            } else {
                ProblemCode::Malformed
            }
        })?;
    T::deserialize(json).map_err(|flaw| flaw.0)
}

/// Whether an escape names half of a character pair: the one thing that is JSON by its grammar and no text.
fn has_surrogate_escape(bytes: &[u8]) -> bool {
    bytes.windows(4).any(|window| {
        window.starts_with(br"\u")
            && window[2].eq_ignore_ascii_case(&b'd')
            && matches!(window[3].to_ascii_lowercase(), b'8' | b'9' | b'a'..=b'f')
    })
}

/// A JSON value whose keys stand once.
#[derive(Debug)]
enum Json {
    Null,
    Bool(bool),
    Whole(u64),
    Negative(i64),
    Fraction(f64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reads a value that may hold this many levels of arrays and objects.
struct Nested(usize);

impl<'de> DeserializeSeed<'de> for Nested {
    type Value = Json;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Nested {
    fn inside<E: de::Error>(&self) -> Result<usize, E> {
        self.0.checked_sub(1).ok_or_else(|| E::custom("too deep"))
    }
}

impl<'de> Visitor<'de> for Nested {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Negative(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Fraction(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(Nested(inside))? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let inside = self.inside()?;
        let mut fields = Vec::new();
        let mut keys = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if !keys.insert(key.clone()) {
                return Err(de::Error::custom("a key twice"));
            }
            fields.push((key, map.next_value_seed(Nested(inside))?));
        }
        Ok(Json::Object(fields))
    }
}

/// What is wrong, as the caller is told.
#[derive(Debug)]
struct Flaw(ProblemCode);

impl fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl std::error::Error for Flaw {}

impl de::Error for Flaw {
    /// What a type's own parsing refuses: an id that is none.
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(ProblemCode::Malformed)
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self(ProblemCode::Type)
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self(ProblemCode::Type)
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self(ProblemCode::UnknownField)
    }
}

impl<'de> de::Deserializer<'de> for Json {
    type Error = Flaw;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Whole(value) => visitor.visit_u64(value),
            Self::Negative(value) => visitor.visit_i64(value),
            Self::Fraction(value) => visitor.visit_f64(value),
            Self::Text(value) => visitor.visit_string(value),
            Self::Array(items) => {
                visitor.visit_seq(de::value::SeqDeserializer::new(items.into_iter()))
            }
            Self::Object(fields) => {
                visitor.visit_map(de::value::MapDeserializer::new(fields.into_iter()))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Flaw> {
        match self {
            Self::Null => visitor.visit_none(),
            present => visitor.visit_some(present),
        }
    }

    /// Where serde would take an array for a struct, this does not.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        match self {
            Self::Array(_) => Err(Flaw(ProblemCode::Type)),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        visitor.visit_newtype_struct(self)
    }

    /// Externally tagged: a text, or an object with the one key that names the variant.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Flaw> {
        match self {
            Self::Text(variant) => visitor.visit_enum(variant.into_deserializer()),
            Self::Object(fields) if fields.len() == 1 => {
                visitor.visit_enum(de::value::MapAccessDeserializer::new(
                    de::value::MapDeserializer::new(fields.into_iter()),
                ))
            }
            _ => Err(Flaw(ProblemCode::Type)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, Flaw> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Only so that `serde` finds it where a `T` is asked for; commands never hold free JSON.
impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Nested(limits::JSON_DEPTH).deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests;
