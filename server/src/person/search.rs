//! Looking for people by a few letters.
//!
//! The laws: what was typed is text and never a pattern; a search that would list everybody is refused; NUL and its kin
//! never reach a database.

use shared::{
    limits,
    problem::{Field, Problem, ProblemCode},
};
use unicode_normalization::UnicodeNormalization;

/// A few letters to look for, folded like the names they are compared with.
#[derive(Clone, PartialEq, Eq)]
pub struct Search(String);

impl Search {
    /// Reads a query's `search`. `None`: everybody is meant.
    ///
    /// **Errors**: `out_of_range` below 2 characters and above 200 bytes; `bad_text`.
    pub fn parse(asked: Option<&str>) -> Result<Option<Self>, Problem> {
        let Some(text) = asked else { return Ok(None) };
        let text = text.trim();
        let about = |code| Err(Problem::about(code, Field::Search));
        if text.chars().any(char::is_control) {
            return about(ProblemCode::BadText);
        }
        let folded = folded(text);
        let is_long_enough = folded.chars().count() >= limits::SEARCH_CHARACTERS;
        if !is_long_enough || text.len() > limits::SEARCH_BYTES {
            return about(ProblemCode::OutOfRange);
        }
        Ok(Some(Self(folded)))
    }

    /// For `like … escape '!'`: whatever holds these letters.
    fn pattern(&self) -> String {
        let mut pattern = String::from("%");
        for character in self.0.chars() {
            if matches!(character, '!' | '%' | '_') {
                pattern.push('!');
            }
            pattern.push(character);
        }
        pattern + "%"
    }
}

/// The pattern of a search; without one, everything matches.
pub fn pattern(search: Option<&Search>) -> String {
    search.map_or_else(|| "%".to_owned(), Search::pattern)
}

/// A name as searches see it: small letters, in one way of writing them.
pub fn folded(name: &str) -> String {
    name.nfkc()
        .collect::<String>()
        .to_lowercase()
        .nfkc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<ProblemCode> {
        let parsed = Search::parse(Some(text)).map(|_| ());
        parsed.err().map(|problem| problem.code)
    }

    #[test]
    fn a_search_has_two_characters_and_is_text() {
        assert!(Search::parse(None).unwrap().is_none());
        for text in ["", " ", "a", " a ", "ü"] {
            assert_eq!(code(text), Some(ProblemCode::OutOfRange), "{text:?}");
        }
        for text in ["a\0b", "\u{7}ab", "a\nb"] {
            assert_eq!(code(text), Some(ProblemCode::BadText), "{text:?}");
        }
        assert_eq!(code(&"a".repeat(200)), None);
        assert_eq!(code(&"a".repeat(201)), Some(ProblemCode::OutOfRange));
        assert_eq!(code("%%"), None, "two letters like others");
    }

    #[test]
    fn nothing_that_is_typed_is_a_pattern() {
        for (typed, expected) in [
            ("Mina", "%mina%"),
            ("50%", "%50!%%"),
            ("a_b", "%a!_b%"),
            ("wow!!", "%wow!!!!%"),
            ("a\\b", "%a\\b%"),
            ("' or 1=1 --", "%' or 1=1 --%"),
            ("ÉLODIE", "%élodie%"),
            ("e\u{301}lodie", "%élodie%"),
            ("Ｍｉｎａ", "%mina%"),
        ] {
            let search = Search::parse(Some(typed)).unwrap();
            assert_eq!(pattern(search.as_ref()), expected, "{typed:?}");
        }
        assert_eq!(pattern(None), "%");
    }
}
