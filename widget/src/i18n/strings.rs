//! The sentences of one language.
//!
//! The law: a sentence that a language file lacks is said in English, so nobody ever meets an empty button; a key that
//! English lacks is refused.

use super::digits::digits;
use super::english::{self, Text};
use super::english_users::{self, UserText};
use super::key::{Key, key_of};
use super::plural::plural_form;
use std::sync::OnceLock;

/// What names a sentence.
pub trait Sentence: Copy {
    /// Its place among all sentences of a language.
    fn place(self) -> usize;
    fn english(self) -> &'static str;
}

impl Sentence for Text {
    fn place(self) -> usize {
        self as usize
    }

    fn english(self) -> &'static str {
        line(english::ENGLISH, self as usize)
    }
}

/// Behind those that everybody may meet.
impl Sentence for UserText {
    fn place(self) -> usize {
        english::KEYS.len() + self as usize
    }

    fn english(self) -> &'static str {
        line(english_users::ENGLISH, self as usize)
    }
}

fn line(lines: &'static str, place: usize) -> &'static str {
    lines.split('\n').nth(place).unwrap_or_default()
}

/// Keys that only the program of users and staff knows.
static MORE_KEYS: OnceLock<&[Key]> = OnceLock::new();

/// This program also says what these keys name. Once, before a language is learned.
pub fn also_knows(keys: &'static [Key]) {
    // Whoever comes second brings the same keys.
    let _ = MORE_KEYS.set(keys);
}

/// Where a key's sentence stands.
fn place_of(key: &str) -> Option<usize> {
    let key = key_of(key);
    let more = MORE_KEYS.get().copied().unwrap_or_default();
    let mut keys = english::KEYS.iter().chain(more);
    keys.position(|known| *known == key)
}

/// Which way a language is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// As the `dir` attribute wants it.
    pub const fn as_attribute(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Every sentence, in one language.
pub struct Strings {
    /// As in settings: `en`, `de`, `ar`.
    language: String,
    /// One place for each [`Sentence`] put in so far; `None`, and what lies behind the last, is said in English.
    sentences: Vec<Option<String>>,
}

impl Strings {
    pub fn english() -> Self {
        Self {
            language: "en".into(),
            sentences: Vec::new(),
        }
    }

    /// A language whose sentences are put in one by one.
    pub fn new(language: &str) -> Self {
        Self {
            language: language.into(),
            ..Self::english()
        }
    }

    /// Puts in one sentence of a language file.
    ///
    /// **Errors**: `false` for a key that this program lacks; it is left out.
    pub fn put(&mut self, key: &str, sentence: String) -> bool {
        let Some(place) = place_of(key) else {
            return false;
        };
        while self.sentences.len() <= place {
            self.sentences.push(None);
        }
        self.sentences[place] = Some(sentence);
        true
    }

    pub fn language(&self) -> &str {
        &self.language
    }

    /// Right to left for the languages written so; the list is Unicode's, as far as anybody has asked.
    pub fn direction(&self) -> Direction {
        match self.language.split('-').next().unwrap_or_default() {
            "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "dv" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }

    pub fn say(&self, text: impl Sentence) -> &str {
        self.translated(text.place()).unwrap_or(text.english())
    }

    /// A sentence whose form depends on a number; `{count}` is its place.
    pub fn count(&self, text: impl Sentence, count: u32) -> String {
        self.count_as(text, count, &digits(u64::from(count)))
    }

    /// The same, where the number is shown as something else.
    pub fn count_as(&self, text: impl Sentence, count: u32, shown: &str) -> String {
        match self.translated(text.place()) {
            Some(forms) => counted(forms, &self.language, count, shown),
            None => counted(text.english(), "en", count, shown),
        }
    }

    /// A sentence with places: `[("name", "Mina")]` fills `{name}`.
    pub fn fill(&self, text: impl Sentence, particulars: &[(&str, &str)]) -> String {
        filled(self.say(text), particulars)
    }

    fn translated(&self, place: usize) -> Option<&str> {
        self.sentences.get(place)?.as_deref()
    }
}

/// The form that belongs to a number, filled.
fn counted(forms: &str, language: &str, count: u32, shown: &str) -> String {
    let form = forms
        .split('|')
        .nth(plural_form(language, count))
        .or_else(|| forms.split('|').next_back());
    filled(form.unwrap_or_default(), &[("count", shown)])
}

/// Fills places from left to right in one pass, so a particular that reads `{other}` stays what it is.
fn filled(sentence: &str, particulars: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((place, behind)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, particular)) = particulars.iter().find(|(name, _)| *name == place) {
            filled.push_str(particular);
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::super::plural::plural_forms;
    use super::*;
    use std::collections::BTreeMap;

    /// The language files, by language.
    const LOCALES: [(&str, &str); 2] = [
        ("de", include_str!("../../locales/de.json")),
        ("ar", include_str!("../../locales/ar.json")),
    ];

    /// Every key with its English sentence.
    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        let everybodys = english::ALL
            .iter()
            .map(|(text, key)| (*key, text.english()));
        let users = english_users::ALL
            .iter()
            .map(|(text, key)| (*key, text.english()));
        everybodys.chain(users)
    }

    fn read(json: &str) -> BTreeMap<String, String> {
        serde_json::from_str(json).unwrap()
    }

    fn places(sentence: &str) -> Vec<&str> {
        let mut places: Vec<&str> = sentence
            .split('{')
            .skip(1)
            .map(|part| part.split('}').next().unwrap())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    #[test]
    fn every_language_has_exactly_the_keys_of_english() {
        let mut english: Vec<&str> = all().map(|(key, _)| key).collect();
        english.sort_unstable();
        for (language, json) in LOCALES {
            let sentences = read(json);
            let keys: Vec<&str> = sentences.keys().map(String::as_str).collect();
            assert_eq!(keys, english, "{language}");
        }
    }

    #[test]
    fn every_translation_keeps_the_places_and_has_all_its_forms() {
        for (language, json) in LOCALES {
            let sentences = read(json);
            for (key, english) in all() {
                let sentence = &sentences[key];
                assert!(!sentence.trim().is_empty(), "{language}: {key} is empty");
                if english.contains('|') {
                    assert_eq!(
                        sentence.split('|').count(),
                        plural_forms(language),
                        "{language}: forms of {key}"
                    );
                }
                let kept = places(sentence)
                    .iter()
                    .all(|place| places(english).contains(place));
                let lost = places(english)
                    .iter()
                    .any(|place| !places(sentence).contains(place));
                assert!(kept && !lost, "{language}: places of {key}");
            }
        }
    }

    #[test]
    fn english_speaks_as_the_house_speaks() {
        for (key, sentence) in all() {
            let lower = sentence.to_lowercase();
            for never in ["!", "oops", "invalid", "user", "error", "client"] {
                assert!(!lower.contains(never), "{key} says {never:?}");
            }
        }
    }

    #[test]
    fn keys_are_in_step_with_their_names() {
        also_knows(english_users::KEYS);
        let everybodys = english::ALL.iter().map(|(text, _)| text.place());
        let users = english_users::ALL.iter().map(|(text, _)| text.place());
        for ((key, _), place) in all().zip(everybodys.chain(users)) {
            assert_eq!(
                place_of(key),
                Some(place),
                "{key} stands twice, or is short for another"
            );
        }
    }

    #[test]
    fn what_a_language_lacks_is_said_in_english() {
        let mut arabic = Strings::new("ar");
        assert_eq!(arabic.say(Text::Send), "Send");
        assert_eq!(arabic.count(Text::CharactersLeft, 2), "2 characters left");
        assert!(arabic.put("send", "إرسال".into()));
        assert!(!arabic.put("sned", "؟".into()));
        assert_eq!(arabic.say(Text::Send), "إرسال");
        assert_eq!(arabic.direction(), Direction::RightToLeft);
        also_knows(english_users::KEYS);
        assert_eq!(arabic.say(UserText::Groups), "Groups");
        assert!(arabic.put("groups", "المجموعات".into()));
        assert_eq!(arabic.say(UserText::Groups), "المجموعات");
        assert_eq!(arabic.say(UserText::Chats), "Chats");
    }

    #[test]
    fn a_particular_is_never_read_as_a_place() {
        let strings = Strings::english();
        let said = strings.fill(Text::BothTyping, &[("name", "{other}"), ("other", "Teo")]);
        assert_eq!(said, "{other} and Teo are typing");
    }

    #[test]
    fn numbers_choose_their_form() {
        let strings = Strings::english();
        assert_eq!(strings.count(Text::CharactersLeft, 1), "1 character left");
        assert_eq!(
            strings.count(Text::CharactersLeft, 499),
            "499 characters left"
        );
    }
}
